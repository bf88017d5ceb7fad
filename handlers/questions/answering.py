"""Answers from the knowledge base, asks back when in doubt, and owns up when it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.messages import Button, Call, Reply
from bot.turn import Command, Said, Turn
from faq.entry import Entry
from faq.matcher import Outcome
from handlers.corrections import meanwhile
from handlers.questions import memory, replies, small_talk
from handlers.questions.found import Found, found_in
from handlers.wishes import heeding
from storage import enquiries


def answer(turn: Turn) -> Said:
    """What the knowledge base has to say to this message."""
    return say_found(turn, found_in(turn))


def answer_in_passing(turn: Turn) -> Said | None:
    """The answer alone, or a word to small talk, for somebody in the middle of a talk; None unless it is known."""
    found = found_in(turn)
    if small_talk.is_worth_a_word(turn):
        return _meet(turn, found)
    if found.outcome == "wish":
        return heeding.heed(turn, found.ids[0])
    entries = _answering(turn, found)
    if found.outcome != "answer" or not entries:
        return None
    _keep_answered(turn, found, entries)
    return Said((*_partly(found), *replies.in_passing(turn, entries)))


def own_up(turn: Turn) -> Said:
    """That it is not known, and the human who may."""
    return _own_up(turn, found_in(turn))


def say_found(turn: Turn, found: Found) -> Said:
    """Says what was found: an answer or several, a choice of entries, a word to small talk, or that it is unknown."""
    return SAYING[found.outcome](turn, found)


def entry(turn: Turn, argument: str) -> Said:
    """The entry that the person chose, `ENQUIRY.ENTRY`; the enquiry is left out where nothing is remembered."""
    number, _, entry_id = argument.rpartition(".")
    asked, chosen = memory.own(turn, number), turn.entries.get(entry_id)
    if chosen is None:
        return unknown(turn, number)
    if asked:
        enquiries.answered_with(turn.tx, asked.id, chosen.id, turn.language)
    return Said(replies.answers(turn, [chosen], asked.id if asked else None))


def unknown(turn: Turn, number: str) -> Said:
    """None of what was asked back is meant."""
    asked = memory.own(turn, number)
    if asked and asked.entry:
        enquiries.judge(turn.tx, asked.id, helped=False)
    return Said((replies.unknown(turn, asked.id if asked else None),))


def _answer(turn: Turn, found: Found) -> Said:
    entries = _answering(turn, found)
    return (
        Said((*_partly(found), *replies.answers(turn, entries, _keep_answered(turn, found, entries))))
        if entries
        else _own_up(turn, found)
    )


def _partly(found: Found) -> tuple[Reply, ...]:
    """That some of what was asked is not known."""
    return (Reply("questions/partly"),) if found.partly else ()


def _ask_back(turn: Turn, found: Found) -> Said:
    choices = [one for one in found.ids if one in turn.entries or heeding.offered(turn, one)]
    if not choices:
        return _own_up(turn, found)
    enquiry = memory.keep(turn, found) or ""
    buttons = tuple(filter(None, (_choice(turn, one, enquiry) for one in choices)))
    return meanwhile(turn, Said((Reply("questions/which", {"enquiry": enquiry}, buttons),)))


def _choice(turn: Turn, named: str, enquiry: int | str) -> Button | None:
    """The button of an entry or of a wish."""
    entry = turn.entries.get(named)
    if entry is None:
        return heeding.offered(turn, named)
    return Button(
        entry.answer(turn.language).title, str(Call("entry", f"{enquiry}.{named}" if enquiry else named))
    )


def _meet(turn: Turn, found: Found) -> Said:
    return small_talk.meet(turn, next(iter(found.ids), "")) or _own_up(turn, found)


def _heed(turn: Turn, found: Found) -> Said:
    return heeding.heed(turn, next(iter(found.ids), "")) or _own_up(turn, found)


def _own_up(turn: Turn, found: Found) -> Said:
    return Said((replies.unknown(turn, memory.keep(turn, found)),))


def _answering(turn: Turn, found: Found) -> list[Entry]:
    """The entries that answer it, in the order of what is asked."""
    return _known(turn, found.several or found.ids[:1])


def _known(turn: Turn, ids: Iterable[str]) -> list[Entry]:
    return [turn.entries[one] for one in dict.fromkeys(ids) if one in turn.entries]


def _keep_answered(turn: Turn, found: Found, entries: list[Entry]) -> int | None:
    """Keeps the enquiry; after several answers there is no one next step to try, and the human comes next."""
    enquiry = memory.keep(turn, found, [one.id for one in entries])
    if enquiry and len(entries) > 1:
        enquiries.next_said(turn.tx, enquiry)
    return enquiry


SAYING: Final[Mapping[Outcome, Callable[[Turn, Found], Said]]] = {
    "answer": _answer,
    "wish": _heed,
    "ask_back": _ask_back,
    "small_talk": _meet,
    "unknown": _own_up,
}
ENTRY = Command("entry", entry, listed=False)
UNKNOWN_TO_US = Command("unknown", unknown, listed=False)
