"""`declic invite`: mails invitations to those of the roster who are not on Telegram yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.cli.bot_name import with_bot_name
from bot.cli.person.whom import Unclear, roster_of, the_person, the_school
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.messages import Lane
from bot.settings import Settings
from bot.turn import House
from handlers import ABILITIES
from handlers.roster.invitations import letter_for
from storage import invitations, outbox
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Guests:
    """Whom the operator wants to invite: exactly one of these."""

    person: str | None = None
    school: str | None = None
    everybody: bool = False

    @property
    def is_clear(self) -> bool:
        return (self.person is not None) + (self.school is not None) + self.everybody == 1


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
            ids = await database.read(lambda tx: _ids(tx, wording, guests))
        except Unclear as unclear:
            return unclear.told
        link = settings.telegram_token is not None and bool(house.settings.telegram_name)
        question = wording.told("cli/invite-ask", {"count": len(ids), "link": link}).text
        count = await database.write(lambda tx: _put(tx, house, ids)) if ids and agree(question) else 0
    return wording.told("cli/invited", {"count": count})


def _ids(tx: Transaction, wording: OperatorsWording, guests: Guests) -> tuple[int, ...]:
    if guests.person is not None:
        return invitations.still_to_come(tx, person_id=the_person(tx, wording, guests.person).id)
    if guests.school is not None:
        return invitations.still_to_come(tx, school_id=the_school(tx, wording, guests.school).id)
    return invitations.still_to_come(tx)


def _put(tx: Transaction, house: House, ids: tuple[int, ...]) -> int:
    now = SystemClock().now()
    made = (letter_for(tx, house, one, now) for one in ids)
    return outbox.put(tx, [replace(letter, lane=Lane.CAMPAIGN) for letter in made if letter], now).new
