"""The morning digest: in the last week of a period the operators read how far all schools have come."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any, Final

from bot.alerts import to_operators
from bot.messages import Reply
from bot.turn import House
from bot.working_days import WorkingDays
from handlers.declarations.periods import Period, period_of
from handlers.reports.digest import operators_digest
from handlers.reports.report import Terms
from storage import outbox, people
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
    if not house.settings.reminders or not await database.read(_has_readers):
        return
    terms = Terms(began.date(), house.settings.zone, house.settings.grace_days)
    data = await database.read(partial(operators_digest, period=period_of(began.date()), terms=terms))
    await database.write(partial(_write, house=house, data=data, began=began))


def _has_readers(tx: Transaction) -> bool:
    return bool(people.in_role(tx, Role.OPERATOR))


def _write(tx: Transaction, house: House, data: dict[str, Any], began: datetime) -> None:
    period: Period = data["period"]
    letters = to_operators(
        tx, house.wording, Reply("morning/letter", data), key=f"morning:{period.key}:{began.date()}"
    )
    outbox.put(tx, letters, began)
