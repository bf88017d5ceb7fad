"""Choices: the entries that an operator may pick for a question, the nearest first, then all by title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.messages import Button, Call, number_in
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from faq.entry import Entry
from handlers.support import OPERATORS
from handlers.teaching.askers import unnamed
from storage import enquiries, tickets
from storage.enquiries import Enquiry

A_PAGE: Final = 8
"""Titles shown at a time."""


def nearest(entries: Mapping[str, Entry], asked: Enquiry) -> list[Entry]:
    """The entries that came nearest, without the one that was given as an answer."""
    return [entries[one] for one in asked.nearest if one in entries and one != asked.entry]


def titles(turn: Turn, argument: str) -> Said:
    """A page of all titles, `COMMAND-NUMBER-PAGE`: each is a choice for that command and number."""
    command, number, page = _place(argument)
    reads = ASKED.get(command)
    text = reads(turn, number) if reads and number is not None else None
    sheets = _sheets(turn)
    if text is None or page is None or page >= len(sheets):
        return say("support/gone")
    buttons = (Button(title, str(Call(command, f"{number}-{entry}"))) for title, entry in sheets[page])
    facts = {"command": command, "number": number, "page": page, "pages": len(sheets), "text": text}
    return say("titles/page", *buttons, **facts)


def picked(turn: Turn, argument: str) -> tuple[int | None, Entry | None]:
    """The number and the entry that a choice names, `NUMBER-ENTRY`."""
    number, _, entry = argument.partition("-")
    return number_in(number), turn.entries.get(entry)


def _place(argument: str) -> tuple[str, int | None, int | None]:
    command, number, page, *_ = (*argument.split("-"), "", "")
    return command, number_in(number), number_in(page)


def _sheets(turn: Turn) -> list[list[tuple[str, str]]]:
    """Every title with its entry, in the order of the alphabet, a page at a time."""
    named = [(entry.answer(turn.language).title, entry.id) for entry in turn.entries.values()]
    in_order = sorted(named, key=lambda one: fold(one[0]))
    return [in_order[begin : begin + A_PAGE] for begin in range(0, len(in_order), A_PAGE)]


def _of_ticket(turn: Turn, number: int) -> str | None:
    ticket = tickets.by_id(turn.tx, number)
    return ticket.text if ticket else None


def _of_enquiry(turn: Turn, number: int) -> str | None:
    asked = enquiries.by_id(turn.tx, number)
    return unnamed(turn.tx, asked) if asked else None


ASKED: Final[Mapping[str, Callable[[Turn, int], str | None]]] = {"teach": _of_ticket, "lesson": _of_enquiry}
"""The commands that take an entry, and the text that it is picked for."""
TITLES = Command("titles", titles, OPERATORS, listed=False)
