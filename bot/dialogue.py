"""Takes a talk one message further: reads answers, puts the next question, keeps the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from bot.by_letter import PLACE, above, is_laid_out
from bot.messages import Button, Pick, Reply, read_press
from bot.question import Answer, Question, Unreadable
from bot.reading.choices import confirmed_by, named_among
from bot.reading.words import choose
from bot.render import LANGUAGES, NO_CHOICES
from bot.talk import NOTHING, Finished, Progress, Waiting, run
from bot.turn import Conversation, Said, Turn, label_of, refusal, say
from storage import talks
from storage.states import TalkState
from storage.talks import KeptTalk

Options = list[tuple[str, tuple[str, ...]]]
"""Choices, each with all that may be typed for it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A talk that has taken an answer, and where it then stands."""

    kept: KeptTalk
    outcome: Waiting | Finished[Any]


def current(turn: Turn) -> KeptTalk | None:
    """The talk that the person is in; none where it is not theirs to go on with."""
    kept = talks.foreground(turn.tx, turn.person.id)
    return kept if kept and is_open(turn, kept) else None


def is_open(turn: Turn, kept: KeptTalk) -> bool:
    """Whether the sender may go on with it: nobody who may only claim to be the person, nor once it is dropped."""
    ability = turn.house.abilities.get(kept.conversation)
    return isinstance(ability, Conversation) and refusal(turn, ability) is None


def ahead(turn: Turn, conversation: Conversation) -> Waiting | None:
    """What a talk of this kind would ask first, with all the questions it knows ahead; nothing is begun."""
    outcome = look(turn, KeptTalk("", turn.person.id, conversation.name, TalkState.ASIDE))
    return outcome if isinstance(outcome, Waiting) else None


def begin(
    turn: Turn, conversation: Conversation, seed: Mapping[str, str], answers: Mapping[str, Answer] = NOTHING
) -> Said:
    """A new talk in the foreground, and its first question; what was begun before is kept.

    `answers`: what the message that begins it answers already.
    """
    before = _drop_empty(turn)
    lead = (Reply("corrections/set-aside"),) if before and before.answers else ()
    begun = talks.start(turn.tx, turn.person.id, conversation.name, seed, turn.now)
    if answers:
        begun = with_progress(begun, progress_of(turn, begun).answered(answers))
    return go_on(turn, begun, *lead, *conversation.opening(turn, seed))


def return_to(turn: Turn, kept: KeptTalk, *lead: Reply) -> Said:
    """Brings a talk back to the foreground and puts its question again."""
    if kept.state is not TalkState.FOREGROUND:
        _drop_empty(turn)
        talks.set_aside(turn.tx, turn.person.id, turn.now)
    return go_on(turn, replace(kept, state=TalkState.FOREGROUND), *lead)


def to_front(turn: Turn, kept: KeptTalk) -> KeptTalk:
    """The talk in the foreground, once it is saved; what was there is set aside."""
    if kept.state is TalkState.FOREGROUND:
        return kept
    talks.set_aside(turn.tx, turn.person.id, turn.now)
    return replace(kept, state=TalkState.FOREGROUND)


def _drop_empty(turn: Turn) -> KeptTalk | None:
    """The talk in the foreground, dropped if nothing was answered in it: nobody wants to return to that."""
    before = talks.foreground(turn.tx, turn.person.id)
    if before and not before.answers:
        talks.save(turn.tx, replace(before, state=TalkState.CANCELLED), turn.now)
    return before


def go_on(turn: Turn, kept: KeptTalk, *lead: Reply, problem: Unreadable | None = None) -> Said:
    """Replays the talk and puts the question it waits at, or finishes it; `problem`: why the last try was no answer."""
    outcome = look(turn, kept)
    if isinstance(outcome, Waiting) and problem:
        outcome = replace(outcome, problem=problem)
    return go_on_from(turn, kept, outcome, *lead)


def go_on_from(turn: Turn, kept: KeptTalk, outcome: Waiting | Finished[Any], *lead: Reply) -> Said:
    """The same where it is known already how the talk stands."""
    if isinstance(outcome, Waiting):
        return put(turn, kept, outcome, *lead)
    return _finish(turn, kept, outcome, *lead)


def look(turn: Turn, kept: KeptTalk) -> Waiting | Finished[Any]:
    """Where the talk stands: the question it waits at, or its result."""
    conversation = conversation_of(turn, kept)
    return run(lambda talk: conversation.converse(talk, turn), progress_of(turn, kept), kept.seed)


def conversation_of(turn: Turn, kept: KeptTalk) -> Conversation:
    """The ability that this talk belongs to."""
    ability = turn.house.abilities[kept.conversation]
    return cast(Conversation, ability)


def progress_of(turn: Turn, kept: KeptTalk) -> Progress:
    """The kept answers as values, their times in the organisation's zone."""
    zone = turn.now.tzinfo
    answers = {
        name: Answer(**{**raw, "at": datetime.fromisoformat(raw["at"]).astimezone(zone)})
        for name, raw in kept.answers.items()
    }
    return Progress(answers, kept.editing)


def with_progress(kept: KeptTalk, progress: Progress) -> KeptTalk:
    """The talk with these answers; what was held back is settled."""
    answers = {name: _written(answer) for name, answer in progress.answers.items()}
    return replace(kept, answers=answers, editing=progress.editing, held=None)


def _written(answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "at": answer.at.isoformat(),
        "value": answer.value,
        "asked": answer.asked,
        "turn": answer.turn,
    }


def put(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    """The question it waits at, after what else there is to say."""
    question, asked = waiting.question, waiting.asked if waiting.question.confirms else ""
    problem = (Reply(waiting.problem.reason, waiting.problem.data),) if waiting.problem else ()
    buttons = tuple(
        Button(choice.label, str(Pick(kept.id, question.name, choice.value, asked)))
        for choice in waiting.choices
    )
    before = above(turn, kept, waiting)
    laid_out = is_laid_out(before)
    data = {name: value for name, value in waiting.data.items() if not laid_out or name not in PLACE}
    if question.confirms and not turn.heard.envelope:  # who has just read it need not read it all once more
        data["again"] = bool(lead or problem) and _shown(kept, question) == asked
    reply = Reply(question.template, data, buttons, kept.id, question.name, asked)
    if laid_out:  # the lines tell what is wrong with answers that were kept
        told = () if question.name in kept.answers else problem
        return Said((*lead, *told, *before, reply), kept, question.reader.numbered)
    return Said((*lead, *before, *problem, *_standing(kept, question), reply), kept, question.reader.numbered)


def _standing(kept: KeptTalk, question: Question[object]) -> tuple[Reply, ...]:
    """What the answer being edited is now."""
    answer = kept.answers.get(question.name) if kept.editing == question.name else None
    return (Reply("corrections/standing", {"text": answer["text"]}),) if answer and answer["text"] else ()


def accept(turn: Turn, kept: KeptTalk, waiting: Waiting, answer: Answer) -> Accepted | Unreadable:
    """The talk with this answer to its question, or why it does not answer it."""
    accepted = accept_all(turn, kept, {waiting.question.name: answer})
    further = accepted.outcome
    if not isinstance(further, Waiting) or further.question.name != waiting.question.name:
        return accepted
    if answer.value and further.question.confirms and answer.asked not in ("", further.asked):
        return Unreadable("corrections/outdated")
    return further.problem or accepted


def accept_all(turn: Turn, kept: KeptTalk, new: Mapping[str, Answer]) -> Accepted:
    """The talk with these answers; one that does not read is asked again when its turn comes, and the rest stay."""
    further = with_progress(kept, progress_of(turn, kept).answered(new))
    return Accepted(further, look(turn, further))


def pressed(turn: Turn, waiting: Waiting, pick: Pick) -> Answer:
    """The answer that a button stands for, with its label as its text; none where the list has lost it."""
    text = next(iter(dict(_options(turn, waiting)).get(pick.value, ())), "")
    return Answer(text, turn.written, pick.value, pick.asked, turn.heard.name)


def typed(turn: Turn, kept: KeptTalk, waiting: Waiting, text: str) -> Answer:
    """The answer that a text stands for: one of the choices when it names one."""
    exactly = waiting.question.reader.reads_anything
    options = _options(turn, waiting)
    value = choose(text, options, exactly=exactly) or _meant(waiting, options, text)
    return Answer(text, turn.written, value, _shown(kept, waiting.question), turn.heard.name)


def _meant(waiting: Waiting, options: Options, text: str) -> str | None:
    """The one choice that a yes takes where nothing else is offered, or that is named among other words."""
    confirmed = None if waiting.choices else confirmed_by(waiting.question, options, text)
    return confirmed or named_among(waiting.question, options, text)


def _options(turn: Turn, waiting: Waiting) -> Options:
    """Every choice of the question with all that may be typed for it, in both languages."""
    template = waiting.question.template
    written = [
        (label.key, label.words)
        for language in LANGUAGES
        for label in turn.house.wording.labels(template, language, waiting.data)
        if label.key not in NO_CHOICES and not label.key.startswith("!")
    ]
    merged: dict[str, tuple[str, ...]] = {choice.value: (choice.label,) for choice in waiting.choices}
    for key, words in written:
        merged[key] = (*merged.get(key, ()), *words)
    return list(merged.items())


def _shown(kept: KeptTalk, question: Question[object]) -> str:
    """The fingerprint that the question was last shown with, which the buttons carry."""
    presses = (read_press(button["press"]) for button in kept.offered)
    return next((p.asked for p in presses if isinstance(p, Pick) and p.question == question.name), "")


def _finish(turn: Turn, kept: KeptTalk, outcome: Finished[Any], *lead: Reply) -> Said:
    talks.save(turn.tx, replace(kept, state=TalkState.FINISHED, offered=()), turn.now)
    said = conversation_of(turn, kept).finish(turn, kept, outcome.result)  # it may begin the next talk
    waiting = None if said.talk else talks.resumable(turn.tx, turn.person.id)
    return replace(said, replies=(*lead, *said.replies, *_offer_to_return(turn, waiting)))


def _offer_to_return(turn: Turn, waiting: KeptTalk | None) -> tuple[Reply, ...]:
    if waiting is None or waiting.state is not TalkState.ASIDE or not is_open(turn, waiting):
        return ()
    return (Reply("corrections/return-offer", described(turn, waiting)),)


def described(turn: Turn, kept: KeptTalk) -> dict[str, object]:
    """How an unfinished talk is spoken of: its id, the name it goes by if any, and what is left undone."""
    named = kept.answers.get(conversation_of(turn, kept).named_by, {}).get("text")
    return {"talk": kept.id, "named": named, "left": label_of(turn, kept.conversation, "left")}


def nothing_waits(turn: Turn) -> Said:
    """There is no talk to go on with."""
    return say("corrections/nothing-waits")
