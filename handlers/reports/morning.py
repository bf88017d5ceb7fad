"""The morning digest: in the last week of a period the operators read how far all schools have come."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from functools import partial
from typing import Any, Final

from bot.alerts import to_people
from bot.messages import Reply
from bot.turn import House
from bot.working_days import WorkingDays
from handlers.declarations.periods import Period, period_of
from handlers.reports.digest import operators_digest
from handlers.reports.report import Terms
from handlers.reports.views import Reach, View, views_of
from storage import outbox, people, roles
from storage.database import Database, Transaction
from storage.states import Role

BEGINS, ENDS = time(8), time(12)
"""Local time: what could not be sent in the morning is not sent later."""
LAST_WEEK: Final = 6
"""Days before the deadline, that day included."""


def round_at(now: datetime) -> datetime | None:
    """Each working morning of the last week of a period, at eight."""
    left = (period_of(now.date()).deadline - now.date()).days
    is_due = now.date() in WorkingDays() and left <= LAST_WEEK and BEGINS <= now.time() < ENDS
    return datetime.combine(now.date(), BEGINS, now.tzinfo) if is_due else None


async def send(house: House, database: Database, began: datetime) -> None:
    """Writes to every operator; done twice it changes nothing. No reminder: neither their limits nor hours hold."""
    if not house.settings.reminders:
        return
    terms = Terms(began.date(), house.settings.zone, house.settings.grace_days)
    period = period_of(began.date())
    for view, operators in (await database.read(_readers)).items():
        data = await database.read(partial(operators_digest, view=view, period=period, terms=terms))
        await database.write(partial(_write, operators, house=house, data=data, began=began))


def _readers(tx: Transaction) -> dict[View, list[int]]:
    """The operators, by how they see all: who is responsible of a school too sees that one from inside."""
    found: dict[View, list[int]] = defaultdict(list)
    for person_id in roles.holders(tx, Role.OPERATOR):
        operator = people.by_id(tx, person_id)
        views = views_of(tx, operator) if operator else ()
        for everything in (view for view in views if view.reach is Reach.ALL):
            found[everything].append(person_id)
    return found


def _write(
    operators: list[int], tx: Transaction, house: House, data: dict[str, Any], began: datetime
) -> None:
    period: Period = data["period"]
    key = f"morning:{period.key}:{began.date()}"
    letters = to_people(tx, house.wording, operators, Reply("morning/letter", data), key=key)
    outbox.put(tx, letters, began)
