"""`declic invite`: mails invitations to those of the roster who are not on Telegram yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from bot.cli.bot_name import with_bot_name
from bot.cli.person.whom import Unclear, roster_of, the_person, the_school
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.messages import Lane
from bot.schedule import daily
from bot.settings import Settings
from bot.turn import House
from handlers import ABILITIES
from handlers.roster.invitations import letter_for
from storage import invitations, outbox, reminders
from storage.database import Database, Transaction
from storage.reminders import CAP_WINDOW

AT_ONCE: Final = 50
"""Letters that one transaction puts into the outbox."""


@dataclass(frozen=True, slots=True)
class Guests:
    """Whom the operator wants to invite: exactly one of these."""

    person: str | None = None
    school: str | None = None
    everybody: bool = False

    @property
    def is_clear(self) -> bool:
        return (self.person is not None) + (self.school is not None) + self.everybody == 1

    @property
    def lane(self) -> Lane:
        """One person waits for it now; what goes to many leaves in the sending hours, after all answers."""
        return Lane.ANSWER if self.person is not None else Lane.CAMPAIGN


async def invite(settings: Settings, guests: Guests, agree: Callable[[str], bool]) -> Told:
    """Counts them, asks, and puts the letters into the outbox; whatever runs sends them."""
    wording = operators_wording()
    if not guests.is_clear:
        return wording.told("cli/invite-whom", {}, ok=False)
    if settings.mailing is None:
        return wording.told("cli/invite-no-mail", {}, ok=False)
    house = furnish(await with_bot_name(settings), ABILITIES)
    async with roster_of(settings) as database:
        try:
            week = daily(SystemClock().now().astimezone(settings.zone)) - CAP_WINDOW
            most = settings.unasked_a_week
            ids = await database.read(lambda tx: _ids(tx, wording, guests, week, most))
        except Unclear as unclear:
            return unclear.told
        link = settings.telegram_token is not None and bool(house.settings.telegram_name)
        question = wording.told("cli/invite-ask", {"count": len(ids), "link": link}).text
        count = await _put_all(database, house, ids, guests.lane) if ids and agree(question) else 0
    hours = ", ".join(map(str, settings.sending_hours)) if guests.lane is Lane.CAMPAIGN else None
    return wording.told("cli/invited", {"count": count, "hours": hours})


def _ids(
    tx: Transaction, wording: OperatorsWording, guests: Guests, since: datetime, most: int
) -> tuple[int, ...]:
    """One person is invited as often as the operator likes; of many, who has not been since then, nor had enough."""
    if guests.person is not None:
        return invitations.still_to_come(tx, person_id=the_person(tx, wording, guests.person).id)
    school_id = the_school(tx, wording, guests.school).id if guests.school is not None else None
    not_now = invitations.made_since(tx, since) | reminders.had_enough(tx, since, most)
    return tuple(one for one in invitations.still_to_come(tx, school_id=school_id) if one not in not_now)


async def _put_all(database: Database, house: House, ids: tuple[int, ...], lane: Lane) -> int:
    """In batches, so that nobody who writes meanwhile waits for long; broken off, the rest is for the next time."""
    batches = (ids[begin : begin + AT_ONCE] for begin in range(0, len(ids), AT_ONCE))
    return sum([await database.write(partial(_put, house=house, ids=batch, lane=lane)) for batch in batches])


def _put(tx: Transaction, house: House, ids: tuple[int, ...], lane: Lane) -> int:
    now = SystemClock().now()
    today = now.astimezone(house.settings.zone).date()
    letters = []
    for one in ids:
        if letter := letter_for(tx, house, one, now):
            letters.append(replace(letter, key=letter.key or f"invite:{one}:{today}", lane=lane))
            if letter.key is None:
                # It brings no link, and counts as one that was sent unasked all the same.
                invitations.make(tx, one, now)
    return outbox.put(tx, letters, now).new
