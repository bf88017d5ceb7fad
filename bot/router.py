"""What a message is for: one ordered table, the first rule that knows what to say wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import dialogue
from bot.addressed import in_hand, is_over, talk_of
from bot.by_letter import unsigned, with_attachments
from bot.messages import Call, Kind, Pick, Press, Reply, read_press
from bot.naming import button_meant, command_named, command_nearly, is_choice, place_meant
from bot.question import Unreadable
from bot.reading.texts import is_quoted
from bot.several import several_in
from bot.taking import begun, filled_in, take, take_all
from bot.talk import Finished, Waiting, fingerprint
from bot.turn import Ability, Command, Conversation, Said, Turn, refusal, say
from faq.matcher import confident
from faq.text import looks_like_question
from handlers import corrections
from handlers.foreign import pass_on
from handlers.questions import answering
from handlers.questions.found import recalled
from handlers.questions.holding import hold
from handlers.questions.small_talk import bid_goodbye, hear_out, is_worth_a_word
from handlers.teaching import replying
from storage import talks
from storage.states import TalkState
from storage.talks import KeptTalk

Rule = Callable[[Turn, KeptTalk | None], Said | None]
"""What to say to the message, given the talk in the foreground; None leaves it to the next rule."""

LONGEST_COMMAND = 6
"""Words: a longer message is not a command followed by a name."""


def route(turn: Turn) -> Said:
    """What to say to this message; a letter that goes on with no talk is not asked another's question."""
    turn = unsigned(in_hand(turn))
    kept = talk_of(turn)
    said = next(said for rule in RULES if (said := rule(turn, kept)) is not None)
    in_passing = turn.heard.envelope is not None and kept is None
    return with_attachments(turn, said if in_passing else _with_question(turn, said))


def _with_question(turn: Turn, said: Said) -> Said:
    """Whatever else was said, the question that waits is put again: "2" means the second button on the page."""
    kept = None if said.talk or turn.heard.kind in ASIDE else dialogue.current(turn)
    if kept is None:
        return said
    return replace(dialogue.go_on(turn, kept, *said.replies), stale=said.stale, language=said.language)


def unreadable(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A group, an edited message, a sticker or a voice message: says what can be read."""
    says_nothing = turn.heard.kind is Kind.TEXT and not turn.heard.text.strip() and kept is None
    template = UNREADABLE.get(Kind.UNREADABLE if says_nothing else turn.heard.kind)
    if template is None:
        return None
    if kept is None or turn.heard.kind is Kind.GROUP:
        return say(template)
    return dialogue.go_on(turn, kept, Reply(template))


def foreign(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody answers a letter that was written to somebody else."""
    return pass_on(turn) if turn.heard.kind is Kind.FOREIGN else None


def reply_to_alert(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody of the support team answers an alert: their words go to the person it is about."""
    return replying.reply(turn) if turn.heard.kind is Kind.TEXT else None


def press(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A button, or the number or words of one that was just shown."""
    found = read_press(turn.heard.press) if turn.heard.kind is Kind.PRESS else button_meant(turn, kept)
    if found is None:
        return _stale(turn, kept, "corrections/stale") if turn.heard.kind is Kind.PRESS else None
    return _pressed(turn, kept, found)


def _pressed(turn: Turn, kept: KeptTalk | None, found: Press) -> Said:
    return _call(turn, kept, found) if isinstance(found, Call) else _pick(turn, kept, found)


def command(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A stop word, a command or a correction, by its slash name or its words."""
    text = turn.heard.text.strip()
    if is_quoted(text):
        return None
    name = command_named(turn, text) or (None if kept else command_nearly(turn, text))
    if name:
        ability = turn.house.abilities[name]
        answers = isinstance(ability, Conversation) and kept is not None and is_choice(kept, text)
        return None if answers else use(turn, ability, "")
    return _command_with_words(turn, text)


def pending(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to the question that waits."""
    if kept is None:
        return None
    chosen = corrections.field_chosen(turn, kept)
    if chosen:
        return chosen
    waiting = dialogue.look(turn, kept)
    if isinstance(waiting, Finished):
        return dialogue.go_on(turn, kept)
    explained = None if is_quoted(turn.heard.text) else corrections.explain(turn, waiting)
    if explained:
        return dialogue.go_on(turn, kept, explained)
    several = several_in(turn, kept, waiting)
    if several.answers:
        return take_all(turn, kept, several)
    return (_free_text if waiting.question.reader.reads_anything else _strict)(turn, kept, waiting)


def over(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to a letter whose talk has come to its end: nothing of it is taken for another talk."""
    return None if kept or not is_over(turn) or _asks(turn) else say("corrections/finished")


def knowledge(turn: Turn, _kept: KeptTalk | None) -> Said:
    """Everything else is a question, even one that the knowledge base cannot answer."""
    return answering.answer(turn)


RULES: tuple[Rule, ...] = (
    foreign,
    unreadable,
    reply_to_alert,
    command,
    filled_in,
    press,
    hear_out,
    bid_goodbye,
    pending,
    begun,
    over,
    knowledge,
)
ASIDE = (Kind.GROUP, Kind.FOREIGN)
"""Messages that no question of the sender's is put again after."""
UNREADABLE: Mapping[Kind, str] = {
    Kind.GROUP: "welcome/group",
    Kind.EDITED: "welcome/edited",
    Kind.UNREADABLE: "welcome/unreadable",
}


def use(turn: Turn, ability: Ability, argument: str) -> Said:
    """Starts an ability for the person, when they may use it."""
    refused = refusal(turn, ability)
    if refused:
        return refused
    if isinstance(ability, Command):
        return ability.answer(turn, argument)
    return dialogue.begin(turn, ability, ability.seed(turn, argument))


def _call(turn: Turn, kept: KeptTalk | None, call: Call) -> Said:
    """A command called by a button; one on a question's page counts only while that question waits."""
    if call.talk and not _waits(turn, kept, call):
        return _stale(turn, kept, "corrections/stale")
    if call.command == "held":
        return _settle(turn, call.argument)
    ability = turn.house.abilities.get(call.command)
    said = use(turn, ability, call.argument) if ability else None
    return said if said and said.replies else _stale(turn, kept, "corrections/stale")


def _waits(turn: Turn, kept: KeptTalk | None, call: Call) -> bool:
    if kept is None or kept.id != call.talk:
        return False
    waiting = dialogue.look(turn, kept) if call.question else None
    return waiting is None or (isinstance(waiting, Waiting) and waiting.question.name == call.question)


def _pick(turn: Turn, kept: KeptTalk | None, pick: Pick) -> Said:
    """A choice counts only while its own question waits; otherwise it says what stands."""
    addressed = talks.by_id(turn.tx, pick.talk)
    if addressed is None or addressed.person_id != turn.person.id or not dialogue.is_open(turn, addressed):
        return _stale(turn, kept, "corrections/stale")
    if addressed.state is TalkState.FINISHED:
        return _stale(turn, kept, "corrections/finished")
    waiting = dialogue.look(turn, addressed)
    if isinstance(waiting, Finished) or waiting.question.name != pick.question:
        return _stale(turn, addressed, "corrections/stale")
    if addressed.state is TalkState.CANCELLED and waiting.question.confirms:
        return dialogue.return_to(turn, addressed, Reply("corrections/stale"))
    answer = dialogue.pressed(turn, waiting, pick)
    to_front = dialogue.to_front(turn, addressed)
    return take(turn, to_front, dialogue.accept(turn, to_front, waiting, answer))


def _stale(turn: Turn, kept: KeptTalk | None, template: str) -> Said:
    if kept is None or kept.state is not TalkState.FOREGROUND:
        return replace(say(template), stale=True)
    return replace(dialogue.go_on(turn, kept, Reply(template)), stale=True)


def _strict(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Said:
    """What does not read as an answer is tried as a question of the person's own."""
    outcome = dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, turn.heard.text))
    placed = place_meant(kept.offered, turn.heard.text) if isinstance(outcome, Unreadable) else None
    if placed:
        return _pressed(turn, kept, placed)
    if isinstance(outcome, Unreadable) and _asks(turn):
        return answering.answer_in_passing(turn) or corrections.help_(turn, "")
    return take(turn, kept, outcome)


def _asks(turn: Turn) -> bool:
    """Whether the text is a question of the person's own, or small talk, and not an answer that was not understood."""
    known = turn.match is not None and confident(turn.match)
    return known or is_worth_a_word(turn.match) or looks_like_question(turn.heard.text)


def _free_text(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Said:
    """Anything could be an answer here, so only a sure question is taken for one; a doubtful one is asked about."""
    text = turn.heard.text
    if looks_like_question(text) and not is_quoted(text):
        answered = answering.answer_in_passing(turn) if turn.match and confident(turn.match) else None
        return answered or hold(turn, kept, "corrections/answer-or-question")
    return take(turn, kept, dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, text)))


def _settle(turn: Turn, argument: str) -> Said:
    """The person has said whether the text held back was an answer or a question."""
    kept = dialogue.current(turn)
    meaning, _, asked = argument.partition("-")
    if kept is None or kept.held is None or asked != fingerprint(kept.held):
        return _stale(turn, kept, "corrections/stale")
    text = kept.held["text"]
    if meaning == "question":
        talks.save(turn.tx, replace(kept, held=None), turn.now)
        return answering.say_found(turn, recalled(kept.held))
    waiting = dialogue.look(turn, kept)
    if isinstance(waiting, Finished):
        return dialogue.go_on(turn, kept)
    return take(turn, kept, dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, text)))


def _command_with_words(turn: Turn, text: str) -> Said | None:
    """A command and what it is about: "modifier le titre", "/start abc"."""
    words = text.split()
    for length in range(min(len(words), LONGEST_COMMAND) - 1, 0, -1):
        name = command_named(turn, " ".join(words[:length]))
        ability = turn.house.abilities[name] if name else None
        if ability and ability.takes_words and len(words) <= LONGEST_COMMAND:
            said = use(turn, ability, " ".join(words[length:]))
            if said.replies:
                return said
    return None
