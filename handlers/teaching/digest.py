"""Digest: once a week, the operators get the questions that could not be answered, the most frequent first.

What only one person asked, and did not hand to the team, is counted and not shown: it was not written to humans.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.alerts import to_operators
from bot.messages import Reply, number_in
from bot.turn import Command, House, Said, Turn, say
from faq.edition import Edition
from faq.entry import Entry
from faq.sense import Sense, alike
from handlers.support import OPERATORS
from handlers.teaching.askers import unnamed
from handlers.teaching.choices import nearest
from storage import enquiries, outbox, tickets
from storage.database import Database, Transaction
from storage.enquiries import Enquiry

MOST: Final = 5
"""Questions in a digest."""
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A question that could not be answered, in the words of whoever asked it last."""

    enquiry: Enquiry
    people: int
    """How many asked it."""
    nearest: Entry | None


@dataclass(frozen=True, slots=True)
class Week:
    """What could not be answered within a week."""

    puzzles: tuple[Puzzle, ...]
    """Those that may be shown, most people first."""
    others: int
    """Questions that one person asked, and kept to the assistant."""


async def send(house: House, database: Database, edition: Edition, until: datetime) -> None:
    """Writes to every operator about the week before; done twice it changes nothing, and without cause it is silent."""
    asked = await database.read(partial(_waiting, until=until))
    week = await asyncio.to_thread(puzzling, asked, edition)
    if week.puzzles:
        await database.write(partial(_write, house=house, week=week, until=until))


def puzzling(asked: Sequence[Enquiry], edition: Edition) -> Week:
    """Those that still could not be answered, questions of one sense together."""
    groups = [one for one in _groups(asked) if not _is_known_now(one[-1], edition)]
    shown = sorted(filter(_may_be_shown, groups), key=_people, reverse=True)
    return Week(tuple(_puzzle(one, edition) for one in shown[:MOST]), len(groups) - len(shown))


def study(turn: Turn, number: str) -> Said:
    """Shows one of these questions, with the entries that may answer it."""
    enquiry_id = number_in(number)
    asked = enquiries.by_id(turn.tx, enquiry_id) if enquiry_id is not None else None
    if asked is None:
        return say("support/gone")
    return say(
        "study/question", text=unnamed(turn.tx, asked), enquiry=asked.id, nearest=nearest(turn.entries, asked)
    )


def _waiting(tx: Transaction, until: datetime) -> tuple[Enquiry, ...]:
    """Those of the week that neither the assistant nor a human has answered."""
    asked = enquiries.unanswered(tx, until - WEEK, until)
    done = tickets.taken_up(tx, {one.ticket_id for one in asked if one.ticket_id})
    return tuple(one for one in asked if one.ticket_id not in done)


def _write(tx: Transaction, house: House, week: Week, until: datetime) -> None:
    year, number, _ = until.isocalendar()
    puzzles = [
        replace(one, enquiry=replace(one.enquiry, text=unnamed(tx, one.enquiry))) for one in week.puzzles
    ]
    reply = Reply("digest/letter", {"puzzles": puzzles, "others": week.others})
    letters = to_operators(tx, house.wording, reply, key=f"digest:{year}-W{number:02}")
    outbox.put(tx, letters, until)


def _groups(asked: Sequence[Enquiry]) -> list[list[Enquiry]]:
    groups: list[list[Enquiry]] = []
    for one in asked:
        same = next((group for group in groups if alike(_sense(group[0]), _sense(one))), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return groups


def _sense(one: Enquiry) -> Sense:
    return Sense(one.text, one.sense)


def _people(group: Sequence[Enquiry]) -> int:
    return len({one.person_id for one in group})


def _may_be_shown(group: Sequence[Enquiry]) -> bool:
    return _people(group) > 1 or any(one.ticket_id for one in group)


def _is_known_now(one: Enquiry, edition: Edition) -> bool:
    """Whether it would be answered today, by something else than what did not help."""
    match = edition.read(one.text).match
    return match.outcome == "answer" and match.candidates[0].id != one.entry


def _puzzle(group: Sequence[Enquiry], edition: Edition) -> Puzzle:
    last = group[-1]
    return Puzzle(last, _people(group), next(iter(nearest(edition.entries, last)), None))


STUDY = Command("study", study, OPERATORS, listed=False)
