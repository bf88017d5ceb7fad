"""The bar code of a book in a picture: it answers the question of its number, or offers what a book is good for."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.attachments import BarcodeSeen
from bot.filling import Lines
from bot.messages import Kind, Reply
from bot.naming import command_named
from bot.question import Answer
from bot.several import several_in
from bot.taking import begun, take_all
from bot.talk import Waiting
from bot.turn import Said, Turn, refusal, say
from bot.using import use
from faq.text import looks_like_question
from handlers.declarations.numbers import NUMBER, said_back
from handlers.receiving import unused
from storage.talks import KeptTalk

TAKES_NUMBER = {"limits": "title"}
"""The question that a book's number answers, where it is not that of the number."""
BEGUN_WITH_NUMBER = ("declare", "limits")
"""The conversations that a book's number may begin."""


def photographed(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """What a picture is good for; None where the words beside it count alone."""
    pictures = [one for one in turn.seen if isinstance(one, BarcodeSeen)]
    if not pictures or turn.heard.kind is not Kind.TEXT:
        return None
    number = number_shown(turn)
    waiting = _waiting(turn, kept)
    if number is None:
        return None if turn.heard.text.strip() else say(_why_nothing(kept, waiting))
    if kept and waiting and _has_number(kept, waiting):
        return _answered(turn, kept, waiting, number)
    return _begun(turn, kept, number)


def number_shown(turn: Turn) -> str | None:
    """The number that the first picture with a bar code shows."""
    return next((one.isbn for one in turn.seen if isinstance(one, BarcodeSeen) and one.isbn), None)


def with_unused(turn: Turn, said: Said) -> Said:
    """Beside what is said to the words: what a picture offers, and what was of no use."""
    if not said.replies or not turn.seen:
        return said
    number = number_shown(turn)
    picture, names = unused(turn)
    left = (Reply("files/left", {"picture": picture, "names": names}),) if picture or names else ()
    return replace(said, replies=(*left, *said.replies, *(_offer(turn, number) if number else ())))


def _offer(turn: Turn, number: str) -> tuple[Reply, Reply]:
    """What was read, and what can be done with it; whoever is not known learns when they try how to become so."""
    named = ((name, turn.house.abilities[name]) for name in BEGUN_WITH_NUMBER)
    may = [name for name, ability in named if not turn.known or refusal(turn, ability) is None]
    return said_back(number), Reply("files/offer", {"number": number, "may": may})


def _waiting(turn: Turn, kept: KeptTalk | None) -> Waiting | None:
    outcome = dialogue.look(turn, kept) if kept else None
    return outcome if isinstance(outcome, Waiting) else None


def _question_in(kept: KeptTalk) -> str:
    return TAKES_NUMBER.get(kept.conversation, NUMBER)


def _has_number(kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether the talk asks for it at all, now, before or later."""
    filling, name = waiting.filling(), _question_in(kept)
    asked = {waiting.question.name, *(one.question.name for one in filling.blanks)}
    return name in asked or any(line.name == name for line in filling.lines)


def _answered(turn: Turn, kept: KeptTalk, waiting: Waiting, number: str) -> Said | None:
    """The number is an answer like others, beside those that the words give."""
    if turn.heard.text.strip() and command_named(turn, turn.heard.text):
        return None
    told = several_in(turn, kept, waiting) if turn.heard.text.strip() else Lines()
    answer = Answer(number, turn.written, turn=turn.heard.name)
    remark = told.remark if told.answers else turn.heard.text
    lines = replace(told, answers={**told.answers, _question_in(kept): answer}, remark=remark)
    return take_all(turn, kept, lines, said_back(number))


def _begun(turn: Turn, kept: KeptTalk | None, number: str) -> Said | None:
    text = turn.heard.text.strip()
    name = command_named(turn, text) if text else None
    if name in BEGUN_WITH_NUMBER:
        return use(turn, turn.house.abilities[name], f"{NUMBER}-{number}")
    if name or looks_like_question(text):
        return None
    told = turn.saying(f"{text}\nISBN {number}") if text else None
    return (begun(told, kept) if told else None) or Said(_offer(turn, number))


def _why_nothing(kept: KeptTalk | None, waiting: Waiting | None) -> str:
    at_number = kept is None or waiting is None or waiting.question.name == _question_in(kept)
    return "files/retake" if at_number else "files/no-code"
