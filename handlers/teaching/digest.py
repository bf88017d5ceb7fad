"""Digest: once a week, the operators get the questions that could not be answered, the most frequent first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Final

from bot.alerts import to_operators
from bot.messages import Reply, number_in
from bot.turn import Command, House, Said, Turn, say
from faq.edition import Edition
from faq.entry import Entry
from faq.sense import Sense, alike
from handlers.support import OPERATORS
from handlers.teaching.choices import nearest
from storage import enquiries, outbox
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


async def send(house: House, database: Database, edition: Edition, until: datetime) -> None:
    """Writes to every operator about the week before; done twice it changes nothing, and without cause it is silent."""
    asked = await database.read(lambda tx: enquiries.unanswered(tx, until - WEEK, until))
    puzzles = await asyncio.to_thread(puzzling, asked, edition)
    if puzzles:
        await database.write(partial(_write, house=house, puzzles=puzzles, until=until))


def puzzling(asked: Sequence[Enquiry], edition: Edition) -> tuple[Puzzle, ...]:
    """Those that still could not be answered, questions of one sense together, most people first."""
    groups = sorted(_groups(asked), key=_people, reverse=True)
    return tuple(
        islice((_puzzle(one, edition) for one in groups if not _is_known_now(one[-1], edition)), MOST)
    )


def study(turn: Turn, number: str) -> Said:
    """Shows one of these questions, with the entries that may answer it."""
    enquiry_id = number_in(number)
    asked = enquiries.by_id(turn.tx, enquiry_id) if enquiry_id is not None else None
    if asked is None:
        return say("support/gone")
    return say("study/question", text=asked.text, enquiry=asked.id, nearest=nearest(turn, asked))


def _write(tx: Transaction, house: House, puzzles: Sequence[Puzzle], until: datetime) -> None:
    year, week, _ = until.isocalendar()
    reply = Reply("digest/letter", {"puzzles": puzzles})
    letters = to_operators(tx, house.wording, reply, key=f"digest:{year}-W{week:02}")
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


def _is_known_now(one: Enquiry, edition: Edition) -> bool:
    """Whether it would be answered today, by something else than what did not help."""
    match = edition.read(one.text).match
    return match.outcome == "answer" and match.candidates[0].id != one.entry


def _puzzle(group: Sequence[Enquiry], edition: Edition) -> Puzzle:
    last = group[-1]
    near = (edition.entries[entry] for entry in last.nearest if entry in edition.entries)
    return Puzzle(last, _people(group), next(near, None))


STUDY = Command("study", study, OPERATORS, listed=False)
