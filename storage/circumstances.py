"""What the records tell of somebody, with since when, as far as reminders go by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.sql.functions import coalesce

from storage import reminders
from storage.campaign_letters import key_of
from storage.database import Transaction
from storage.order import is_state
from storage.reminders import SENT_UNASKED_LATELY
from storage.states import COUNTING, UNSENT, ReminderKind, Role
from storage.tables import (
    address,
    campaign,
    declaration,
    hold,
    invitation,
    letter,
    no_use,
    person,
    reminder,
    role,
    school,
)
from storage.telegram_off import reached_there


@dataclass(frozen=True, slots=True)
class Job:
    """A role that somebody has or had."""

    role: Role
    school_id: int | None
    centre_id: int | None
    """The school's, or their own."""
    takes_part: bool
    """Whether the school participates; a service centre always does."""
    until: datetime | None
    """When it was closed."""

    def held_at(self, moment: datetime) -> bool:
        """Whether they had it then; since when is not recorded."""
        return self.until is None or self.until > moment


@dataclass(frozen=True, slots=True)
class Way:
    """An address at which somebody is or was reached."""

    channel: str
    since: datetime
    until: datetime | None
    """When it was found dead."""

    def open_at(self, moment: datetime) -> bool:
        """Whether they were reached there then."""
        return self.since <= moment and (self.until is None or self.until > moment)


@dataclass(frozen=True, slots=True)
class Reached:
    """That a reminder was sent to them, unasked."""

    campaign_id: int
    day: date
    """Of the campaign."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """When nothing left."""

    since: datetime
    until: datetime | None

    def at(self, moment: datetime) -> bool:
        """Whether it was so then."""
        return self.since <= moment and (self.until is None or self.until > moment)


@dataclass(frozen=True, slots=True)
class Records:
    """All of it but what they have done for a period."""

    person_id: int
    came_at: datetime
    reminders: bool
    jobs: tuple[Job, ...]
    ways: tuple[Way, ...]
    unwanted: frozenset[ReminderKind]
    reached: tuple[Reached, ...]
    held: tuple[Held, ...]
    invited: tuple[datetime, ...] = ()
    """When invitations were made out to them, which count as unasked."""


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody has done for a period, and when."""

    declared_at: datetime | None
    said_nothing_at: datetime | None


def of_person(tx: Transaction, person_id: int, since: datetime) -> Records:
    """Of somebody who is known; `since`: what was sent to them before is left out."""
    who = tx.execute(select(person).where(person.c.id == person_id)).one()
    reached = _reached(tx, person_id, since)
    unwanted = reminders.unwanted_by(tx, person_id)
    ways, jobs = _ways(tx, person_id), _jobs(tx, person_id)
    invited = select(invitation.c.made_at).where(
        invitation.c.person_id == person_id, invitation.c.made_at >= since
    )
    told = (_held(tx), tuple(tx.scalars(invited)))
    return Records(person_id, who.created_at, who.reminders, jobs, ways, unwanted, reached, *told)


def done(tx: Transaction, person_id: int, period: str) -> Done:
    """For a period; what does not count is left out."""
    declared = select(func.min(declaration.c.sent_at)).where(
        declaration.c.person_id == person_id,
        declaration.c.period == period,
        declaration.c.state.in_(COUNTING),
    )
    said = select(no_use.c.said_at).where(no_use.c.person_id == person_id, no_use.c.period == period)
    return Done(tx.execute(declared).scalar(), tx.execute(said).scalar())


def campaigns_untold(tx: Transaction, person_id: int, since: date) -> tuple[int, ...]:
    """The ids of the campaigns from that day on of which the ledger says nothing about somebody, newest first."""
    told = select(reminder.c.campaign_id).where(reminder.c.person_id == person_id)
    found = select(campaign.c.id).where(campaign.c.day >= since, campaign.c.id.not_in(told))
    return tuple(tx.scalars(found.order_by(campaign.c.day.desc(), campaign.c.id.desc())))


def waits(tx: Transaction, person_id: int, campaign_id: int) -> bool:
    """Whether a letter of that campaign to them is still to leave."""
    theirs = select(letter.c.id).where(letter.c.key == key_of(campaign_id, person_id))
    return tx.execute(theirs.where(is_state(letter, *UNSENT))).first() is not None


def _jobs(tx: Transaction, person_id: int) -> tuple[Job, ...]:
    found = (
        select(
            role.c.role,
            role.c.school_id,
            coalesce(role.c.centre_id, school.c.centre_id).label("centre_id"),
            school.c.participating,
            role.c.closed_at,
        )
        .outerjoin(school, school.c.id == role.c.school_id)
        .where(role.c.person_id == person_id)
        .order_by(role.c.id)
    )
    return tuple(
        Job(Role(row.role), row.school_id, row.centre_id, row.participating is not False, row.closed_at)
        for row in tx.execute(found)
    )


def _ways(tx: Transaction, person_id: int) -> tuple[Way, ...]:
    """The newest first; none on channels that are closed to them."""
    linked = and_(address.c.person_id == person_id, address.c.linked_at.is_not(None))
    found = select(address).where(linked, reached_there(address.c.person_id))
    rows = tx.execute(found.order_by(address.c.linked_at.desc(), address.c.channel))
    return tuple(Way(row.channel, row.linked_at, row.dead_at) for row in rows)


def _reached(tx: Transaction, person_id: int, since: datetime) -> tuple[Reached, ...]:
    found = (
        select(reminder.c.campaign_id, campaign.c.day, reminder.c.unasked_at)
        .join_from(reminder, campaign)
        .where(reminder.c.person_id == person_id, SENT_UNASKED_LATELY)
        .order_by(reminder.c.unasked_at)
    )
    rows = tx.execute(found, {"since": since})
    return tuple(Reached(row.campaign_id, row.day, row.unasked_at) for row in rows)


def _held(tx: Transaction) -> tuple[Held, ...]:
    rows = tx.execute(select(hold.c.since, hold.c.released_at).order_by(hold.c.since))
    return tuple(Held(row.since, row.released_at) for row in rows)
