"""What a button does, pressed or named: a choice for its question, or a command."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.heads import signed_heads_of
from bot.messages import Call, Pick, Press, Reply
from bot.naming import button_meant
from bot.taking import take
from bot.talk import Finished, Waiting
from bot.turn import Said, Turn, say
from bot.using import use
from handlers.questions import answering
from handlers.questions.found import recalled
from handlers.way_out import held_mark, tries
from storage import talks
from storage.states import TalkState
from storage.talks import KeptTalk


def pressed(turn: Turn, kept: KeptTalk | None, found: Press) -> Said:
    """What the choice or the command does, when it still counts."""
    return _call(turn, kept, found) if isinstance(found, Call) else _pick(turn, kept, found)


def _call(turn: Turn, kept: KeptTalk | None, call: Call) -> Said:
    """A command called by a button; one on a question's page counts only while that question waits."""
    if call.talk and not _waits(turn, kept, call):
        return stale(turn, kept, "corrections/stale")
    if call.command == "held":
        return _settle(turn, call.argument)
    ability = turn.house.abilities.get(call.command)
    said = use(turn, ability, call.argument) if ability else None
    return said if said and said.replies else stale(turn, kept, "corrections/stale")


def _waits(turn: Turn, kept: KeptTalk | None, call: Call) -> bool:
    if kept is None or kept.id != call.talk:
        return False
    waiting = dialogue.look(turn, kept) if call.question else None
    return waiting is None or (isinstance(waiting, Waiting) and waiting.question.name == call.question)


def _pick(turn: Turn, kept: KeptTalk | None, pick: Pick) -> Said:
    """A choice counts only while its own question waits; otherwise it says what stands."""
    addressed = talks.by_id(turn.tx, pick.talk)
    if addressed is None or addressed.person_id != turn.person.id or not dialogue.is_open(turn, addressed):
        return stale(turn, kept, "corrections/stale")
    if addressed.state is TalkState.FINISHED:
        return stale(turn, kept, "corrections/finished")
    waiting = dialogue.look(turn, addressed)
    if isinstance(waiting, Finished) or waiting.question.name != pick.question:
        return stale(turn, addressed, "corrections/stale")
    if addressed.state is TalkState.CANCELLED and waiting.question.confirms:
        return dialogue.return_to(turn, addressed, Reply("corrections/stale"))
    answer = dialogue.pressed(turn, waiting, pick)
    to_front = dialogue.to_front(turn, addressed)
    return take(turn, to_front, dialogue.accept(turn, to_front, waiting, answer))


def stale(turn: Turn, kept: KeptTalk | None, template: str) -> Said:
    """Says that a button counts no more, and puts the question that waits."""
    if kept is None or kept.state is not TalkState.FOREGROUND:
        return replace(say(template), stale=True)
    return replace(dialogue.go_on(turn, kept, Reply(template)), stale=True)


def _settle(turn: Turn, argument: str) -> Said:
    """The person has said whether the text held back was an answer or a question."""
    kept = dialogue.current(turn)
    meaning, _, asked = argument.partition("-")
    if kept is None or kept.held is None or asked != held_mark(kept.held):
        return stale(turn, kept, "corrections/stale")
    text = kept.held["text"]
    if meaning == "question":
        talks.save(turn.tx, replace(kept, held=tries(kept)), turn.now)
        return answering.say_found(turn, recalled(kept.held))
    waiting = dialogue.look(turn, kept)
    if isinstance(waiting, Finished):
        return dialogue.go_on(turn, kept)
    return take(turn, kept, dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, text)))


def button_named(turn: Turn, kept: KeptTalk | None) -> Press | None:
    """The button that the text names, or the first line of a letter above a signature."""
    heads = signed_heads_of(turn.heard.text) if turn.heard.envelope else ()
    texts = (turn, *(turn.saying(head) for head in heads))
    return next((found for one in texts if (found := button_meant(one, kept))), None)
