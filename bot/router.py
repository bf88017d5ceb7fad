"""What a message is for: one ordered table, the first rule that knows what to say wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bot import dialogue
from bot.addressed import in_hand, is_over, talk_of
from bot.by_letter import unsigned, with_attachments
from bot.commands import command
from bot.dialogue import Accepted
from bot.heads import heads_of, said_and_asked, short_answer, signed_heads_of
from bot.masking import with_notice
from bot.messages import Kind, Reply, read_press
from bot.naming import place_meant
from bot.photographed import photographed, with_unused
from bot.pressing import button_named, pressed, stale
from bot.question import Unreadable
from bot.reading.texts import is_quoted
from bot.reading.words import choose
from bot.several import several_in
from bot.taking import answer_beside, begun, changed, filled_in, take, take_all
from bot.talk import Finished, Waiting
from bot.turn import Said, Turn, say
from faq.matcher import confident
from faq.text import looks_like_question
from handlers import corrections
from handlers.declarations.amending import amended, another
from handlers.declarations.asked_on import asked_on
from handlers.declarations.in_words import in_words
from handlers.declarations.left import left
from handlers.foreign import pass_on
from handlers.misread import is_a_try
from handlers.overtaken import overtaken
from handlers.questions import answering
from handlers.questions.holding import asked_again, hold
from handlers.questions.small_talk import bid_goodbye, hear_out, is_worth_a_word, nod, wants_human
from handlers.questions.terms import defined
from handlers.receiving import received
from handlers.reminders.answers import reported
from handlers.reminders.replied import replied
from handlers.reminders.wishes import wished
from handlers.returning import returned
from handlers.roster.answering_lists import about_list, put_again
from handlers.roster.awaiting import about_codes
from handlers.roster.switch import switched_off
from handlers.support.afterthoughts import offer_to_add
from handlers.support.discussing import keep_silent
from handlers.support.speaking import speak_on
from handlers.teaching import replying
from storage.talks import KeptTalk

Rule = Callable[[Turn, KeptTalk | None], Said | None]
"""What to say to the message, given the talk in the foreground; None leaves it to the next rule."""


def route(turn: Turn) -> Said:
    """What to say to this message; a letter that goes on with no talk is not asked another's question."""
    turn = unsigned(in_hand(turn))
    kept = talk_of(turn)
    rule, said = next((rule, said) for rule in RULES if (said := rule(turn, kept)) is not None)
    if said.silent:
        return said
    said = said if rule in FOR_FILES else with_unused(turn, said)
    said = put_again(turn, said) if rule in (knowledge, defined) or said.language else said
    in_passing = turn.heard.envelope is not None and kept is None
    said = said if in_passing else _with_question(turn, said)
    return with_notice(turn, kept, with_attachments(turn, said))


def _with_question(turn: Turn, said: Said) -> Said:
    """Whatever else was said, the question that waits is put again: "2" means the second button on the page."""
    whole = said.talk or said.alone or turn.heard.kind in ASIDE
    kept = None if whole else dialogue.current(turn)
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


def decided(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody in charge of a school answers, in words, whether they accept a declaration past the limit."""
    return in_words(turn)


def reply_to_alert(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody of the support team answers an alert: their words go to the person it is about."""
    said_something = turn.heard.kind is Kind.TEXT and turn.heard.text.strip()
    return replying.reply(turn) if said_something else None


def press(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A button, or the number or words of one that was just shown."""
    found = read_press(turn.heard.press) if turn.heard.kind is Kind.PRESS else button_named(turn, kept)
    if found is None:
        return stale(turn, kept, "corrections/stale") if turn.heard.kind is Kind.PRESS else None
    return pressed(turn, kept, found)


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
    if _asked_which(kept) and not is_quoted(turn.heard.text):
        return _told_which(turn, kept)
    return _answer(turn, kept, waiting) if turn.heard.envelope is None else _by_letter(turn, kept, waiting)


def _asked_which(kept: KeptTalk) -> bool:
    """Whether the last page asked what a text was, an answer or a question."""
    return "text" in (kept.held or {}) and any(
        one["press"].startswith("!held:answer") for one in kept.offered
    )


def _told_which(turn: Turn, kept: KeptTalk) -> Said:
    """What the text that is held was, in other words; anything else does not take its place."""
    shown = [(one["press"], (one["label"], *one.get("also", ()))) for one in kept.offered]
    meant = read_press(choose(turn.heard.text, shown) or "")
    return pressed(turn, kept, meant) if meant else asked_again(turn, kept)


def _answer(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    several = several_in(turn, kept, waiting)
    if several.answers:
        return take_all(turn, kept, several, *lead)
    return (_free_text if waiting.question.reader.reads_anything else _strict)(turn, kept, waiting, *lead)


def _by_letter(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Said:
    """An answer with a question in the same letter: the one is answered above where the other leads."""
    said, asked = said_and_asked(turn.heard.text)
    apart = replace(turn, heard=replace(turn.heard, text=said))
    if not said or not asked or is_quoted(turn.heard.text) or not _answers(apart, kept, waiting):
        return _answer(turn, kept, waiting)
    return _answer(apart, kept, waiting, *answer_beside(turn, waiting, asked))


def _answers(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether what a letter says beside what it asks surely answers the question; any title could be a sentence."""
    surely = bool(several_in(turn, kept, waiting).answers)
    if surely or waiting.question.reader.reads_anything or waiting.question.confirms:
        return surely
    return isinstance(_read_from(turn, kept, waiting, turn.heard.text), Accepted)


def reply_to_nothing(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Words that somebody of the support team meant for a person, in answer to something that is no request."""
    return replying.reply_to_nothing(turn) if turn.heard.kind is Kind.TEXT else None


def over(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to a letter whose talk has come to its end: nothing of it is taken for another talk."""
    return None if kept or not is_over(turn) or _asks(turn) else say("corrections/finished")


def knowledge(turn: Turn, _kept: KeptTalk | None) -> Said:
    """Everything else is a question, even one that the knowledge base cannot answer."""
    return answering.answer(turn)


RULES: tuple[Rule, ...] = (
    foreign,
    switched_off,
    about_codes,
    keep_silent,
    decided,
    reply_to_alert,
    speak_on,
    received,
    photographed,
    replied,
    unreadable,
    another,
    changed,
    about_list,
    command,
    filled_in,
    overtaken,
    press,
    hear_out,
    bid_goodbye,
    defined,
    left,
    returned,
    reported,
    wished,
    pending,
    amended,
    asked_on,
    begun,
    over,
    reply_to_nothing,
    nod,
    offer_to_add,
    knowledge,
)
FOR_FILES: tuple[Rule, ...] = (received, photographed)
"""What makes use of files; beside anything else that is said, what came with the words is named."""
ASIDE = (Kind.GROUP, Kind.FOREIGN)
"""Messages that no question of the sender's is put again after."""
UNREADABLE: Mapping[Kind, str] = {
    Kind.GROUP: "welcome/group",
    Kind.EDITED: "welcome/edited",
    Kind.UNREADABLE: "welcome/unreadable",
}


def _strict(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    """What does not read as an answer is tried as a question of the person's own."""
    outcome = _read_from(turn, kept, waiting, turn.heard.text)
    placed = place_meant(kept.offered, turn.heard.text) if isinstance(outcome, Unreadable) else None
    if placed:
        return pressed(turn, kept, placed)
    if isinstance(outcome, Unreadable):
        outcome = next(_from_heads(turn, kept, waiting), outcome)
    if isinstance(outcome, Unreadable) and _asks(turn) and not is_a_try(turn.heard.text, outcome):
        return answering.answer_in_passing(turn) or corrections.help_(turn, "")
    return take(turn, kept, outcome, *lead)


def _from_heads(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Iterator[Accepted]:
    """The answers that the beginning of a letter gives; a confirmation only above a mere signature."""
    text = turn.heard.text if turn.heard.envelope else ""
    heads = signed_heads_of(text) if waiting.question.confirms else (head for head, _ in heads_of(text))
    read = (_read_from(turn, kept, waiting, head) for head in heads)
    return (one for one in read if isinstance(one, Accepted))


def _read_from(turn: Turn, kept: KeptTalk, waiting: Waiting, text: str) -> Accepted | Unreadable:
    return dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, text))


def _asks(turn: Turn) -> bool:
    """Whether the text is a question of the person's own, or small talk, and not an answer that was not understood."""
    known = turn.match is not None and confident(turn.match)
    return known or is_worth_a_word(turn) or looks_like_question(turn.heard.text)


def _free_text(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    """Anything could be an answer here, so only a sure question is taken for one; a doubtful one is asked about."""
    text = turn.heard.text
    asks = looks_like_question(text) and not is_quoted(text)
    if asks and turn.match and (confident(turn.match) or wants_human(turn.match)):
        answered = answering.answer_in_passing(turn)
        if answered:
            return answered
    short = text if turn.heard.envelope is None or waiting.question.reader.prose else short_answer(text)
    if short is None:
        about = answering.own_up(turn).replies if asks else ()
        return take(turn, kept, Unreadable("read/one-line"), *lead, *about)
    if asks:
        return hold(turn, kept, "corrections/answer-or-question")
    return take(turn, kept, _read_from(turn, kept, waiting, short), *lead)
