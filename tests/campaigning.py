"""What tests of campaigns do on the stage: let a day begin, make a campaign by hand, and read the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from bot.settings.team import Hours as Span
from bot.settings.team import hours_of
from bot.working_days import SendingHours, WorkingDays
from handlers.reminders.beginning import begin_and_fill, fill
from storage import campaigns
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.states import Audience, CampaignState
from storage.tables import campaign, declaration, letter, person, reminder
from tests.stage import Stage

MONTREAL = ZoneInfo("America/Toronto")
PERIOD = "2026-1"


def local(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in Montreal."""
    return datetime(2026, month, day, hour, minute, tzinfo=MONTREAL)


def hours(*spans: str) -> SendingHours:
    """Reminders leave at these hours, such as `16:00-20:00`."""
    made = tuple(span for given in spans if isinstance(span := hours_of(given), Span))
    return SendingHours(made, WorkingDays(), MONTREAL)


async def at(stage: Stage, moment: datetime) -> None:
    """It is now that moment, and the chore has been done."""
    stage.clock.at = moment
    await begin_and_fill(stage.house, stage.database, moment)


async def by_hand(stage: Stage, audience: Audience = Audience.STAFF, called: str = "one", **aim: Any) -> int:
    """A campaign made by hand now, and filled."""
    now = stage.clock.now().astimezone(MONTREAL)
    until = now + timedelta(days=3)
    new = NewCampaign(f"hand:{called}", "hand", Aim(audience, PERIOD, **aim), now.date(), until)
    made = await stage.database.write(lambda tx: campaigns.begin(tx, new, now))
    assert made is not None
    while await stage.database.write(lambda tx: fill(tx, now)):
        pass
    return made


async def act(stage: Stage, work: Callable[[Transaction], object]) -> None:
    """Something that happens meanwhile."""
    await stage.database.write(work)


async def ledger(stage: Stage, name: str = "") -> list[tuple[str, str, str, str | None]]:
    """Whom each campaign reached or not: campaign, person, outcome and reason, in this order."""
    found = (
        select(campaign.c.key, person.c.name, reminder.c.outcome, reminder.c.reason)
        .join_from(reminder, campaign)
        .join(person, person.c.id == reminder.c.person_id)
        .order_by(campaign.c.id, person.c.id)
    )
    rows = await stage.database.read(lambda tx: tx.execute(found).all())
    return [
        (row.key, row.name.split()[0].lower(), row.outcome, row.reason)
        for row in rows
        if row.name.lower().startswith(name)
    ]


async def states(stage: Stage) -> dict[str, CampaignState]:
    """Where each campaign stands."""
    rows = await stage.database.read(lambda tx: tx.execute(select(campaign.c.key, campaign.c.state)).all())
    return {row.key: CampaignState(row.state) for row in rows}


async def letters(stage: Stage) -> list[tuple[str, str]]:
    """The letters of campaigns, by key: where each stands."""
    found = select(letter.c.key, letter.c.state).where(letter.c.campaign_id.is_not(None))
    rows = await stage.database.read(lambda tx: tx.execute(found.order_by(letter.c.key)).all())
    return [(row.key, row.state) for row in rows]


def id_of(tx: Transaction, name: str) -> int:
    """The person of the cast whose name begins so."""
    found = select(person.c.id).where(person.c.name.ilike(f"{name}%"))
    return int(tx.execute(found).scalar_one())


def declares(tx: Transaction, name: str) -> None:
    """A declaration of theirs is sent for the period."""
    tx.execute(
        insert(declaration).values(
            person_id=id_of(tx, name),
            period=PERIOD,
            kind="book",
            title="Le renard bleu",
            copied="1-2",
            medium="paper",
            pupils=20,
            used_on=local(10).date(),
            work_key="renard",
            late=False,
            destination="collector",
            sent_at=local(17),
        )
    )
