"""The ledger of reminders: whom each campaign reached or not, why, and what people want to be sent unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import BindParameter, Select, and_, bindparam, func, not_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Letter
from storage.columns import Instant
from storage.database import Transaction
from storage.states import Audience, LetterState, ReminderKind, ReminderOutcome, Standing
from storage.tables import campaign, letter, person, reminder, reminder_choice
from storage.taking_part import any_of

CAP_WINDOW: Final = timedelta(days=6)
"""Before a day: what was sent unasked since then counts on it."""
REACHED = (ReminderOutcome.LEFT, ReminderOutcome.TOMORROW)
"""What somebody has been sent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was decided about one person in one campaign."""

    campaign_id: int
    person_id: int
    outcome: ReminderOutcome
    at: datetime
    standing: Standing | None = None
    """Of staff, what they had done for the period by then."""
    reason: str | None = None
    """Why it was skipped; of what has left, `returned` where it came back from an address."""
    channel: str | None = None
    letter_id: int | None = None
    asked: bool = False
    """Whether it left because they had asked for it once more."""


@dataclass(frozen=True, slots=True)
class Past:
    """An entry as it is told afterwards: what it was about, and whether it arrived."""

    campaign_id: int
    rule: str
    audience: Audience
    period: str
    offset: int | None
    """Days before the deadline, negative after it; None: made by hand."""
    day: date
    made_by: int | None
    outcome: ReminderOutcome
    standing: Standing | None
    reason: str | None
    channel: str | None
    at: datetime
    letter: LetterState | None
    """Where its letter stands; None: there was none, or it is forgotten."""
    letter_reason: str | None
    """What went wrong with the letter."""


def note(tx: Transaction, entries: Iterable[Entry]) -> None:
    """Writes them into the ledger; of one person in one campaign, the newest stands."""
    if rows := [_row(entry) for entry in entries]:
        tx.execute(_NOTE, rows)


def skipped(letter: Letter, reason: str, at: datetime) -> Entry:
    """The entry of a letter of a campaign that does not leave."""
    assert letter.campaign_id is not None and letter.person_id is not None  # noqa: PT018, S101 - it is one
    return Entry(
        letter.campaign_id,
        letter.person_id,
        ReminderOutcome.SKIPPED,
        at,
        reason=reason,
        letter_id=letter.id,
    )


def of_person(tx: Transaction, person_id: int, limit: int = 20) -> tuple[Past, ...]:
    """What was decided about somebody, the newest first."""
    newest = _PAST.where(reminder.c.person_id == person_id).order_by(reminder.c.at.desc()).limit(limit)
    return _told(tx, newest)


def of_campaign(tx: Transaction, campaign_id: int, person_id: int) -> Past | None:
    """What one campaign decided about somebody."""
    wanted = _PAST.where(reminder.c.person_id == person_id, reminder.c.campaign_id == campaign_id)
    return next(iter(_told(tx, wanted)), None)


def unasked_since(
    tx: Transaction, person_ids: Collection[int], since: datetime
) -> Mapping[int, frozenset[int]]:
    """The campaigns by which each of these people was sent something unasked from that moment on."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in tx.execute(_UNASKED, {"ids": list(person_ids), "since": since}):
        found[row.person_id].add(row.campaign_id)
    return {person_id: frozenset(campaigns) for person_id, campaigns in found.items()}


def had_enough(tx: Transaction, since: datetime, at_most: int) -> frozenset[int]:
    """Everybody to whom so many campaigns or more have sent something unasked from that moment on."""
    found = select(reminder.c.person_id).where(SENT_UNASKED_LATELY).group_by(reminder.c.person_id)
    return frozenset(tx.scalars(found.having(func.count() >= at_most), {"since": since}))


def decide_on(tx: Transaction, person_ids: Collection[int]) -> frozenset[int]:
    """Those of these people on whom nobody else decides until this transaction ends.

    What is counted of them holds until then; whom a turn or another process holds is left out, and waited for by
    nobody (PostgreSQL; SQLite has one writer).
    """
    return frozenset(tx.scalars(_DECIDE_ON, {"ids": list(person_ids)}))


def postpone(tx: Transaction, campaign_id: int, person_id: int) -> None:
    """Notes that somebody who was reminded wants it once more on another day."""
    theirs = update(reminder).where(reminder.c.campaign_id == campaign_id, reminder.c.person_id == person_id)
    tx.execute(theirs.values(outcome=ReminderOutcome.TOMORROW))


def choose(tx: Transaction, person_id: int, kind: ReminderKind, *, wanted: bool) -> None:
    """Whether somebody wants messages of a kind."""
    row = insert(reminder_choice).values(person_id=person_id, kind=kind, wanted=wanted)
    whose = [reminder_choice.c.person_id, reminder_choice.c.kind]
    tx.execute(row.on_conflict_do_update(index_elements=whose, set_={"wanted": row.excluded.wanted}))


def unwanted_by(tx: Transaction, person_id: int) -> frozenset[ReminderKind]:
    """The kinds that somebody has switched off."""
    mine = reminder_choice.c.person_id == person_id
    found = select(reminder_choice.c.kind).where(mine, reminder_choice.c.wanted.is_(False))
    return frozenset(map(ReminderKind, tx.scalars(found)))


def who_does_not_want(tx: Transaction, person_ids: Collection[int]) -> frozenset[tuple[int, ReminderKind]]:
    """Which of these people have switched off which kinds."""
    rows = tx.execute(_UNWANTED, {"ids": list(person_ids)})
    return frozenset((row.person_id, ReminderKind(row.kind)) for row in rows)


def _row(entry: Entry) -> dict[str, object]:
    """When something left unasked is kept, whatever leaves afterwards because it was asked for."""
    values = asdict(entry)
    unasked = not values.pop("asked") and entry.outcome in REACHED
    return {**values, "unasked_at": entry.at if unasked else None}


def _told(tx: Transaction, wanted: Select[tuple[object, ...]]) -> tuple[Past, ...]:
    return tuple(
        Past(
            row.campaign_id,
            row.rule,
            Audience(row.audience),
            row.period,
            row.offset,
            row.day,
            row.made_by,
            ReminderOutcome(row.outcome),
            Standing(row.standing) if row.standing else None,
            row.reason,
            row.channel,
            row.at,
            LetterState(row.state) if row.state else None,
            row.letter_reason,
        )
        for row in tx.execute(wanted)
    )


_ids: BindParameter[int] = bindparam("ids", expanding=True)
_NEW = insert(reminder)
_NEWEST = ("outcome", "standing", "reason", "channel", "letter_id", "at")
_NOTE = _NEW.on_conflict_do_update(
    index_elements=[reminder.c.campaign_id, reminder.c.person_id],
    set_={
        **{name: _NEW.excluded[name] for name in _NEWEST},
        "unasked_at": func.coalesce(_NEW.excluded.unasked_at, reminder.c.unasked_at),
    },
)
_PAST: Select[tuple[object, ...]] = (
    select(
        reminder,
        campaign.c.rule,
        campaign.c.audience,
        campaign.c.period,
        campaign.c.offset,
        campaign.c.day,
        campaign.c.made_by,
        letter.c.state,
        letter.c.reason.label("letter_reason"),
    )
    .join_from(reminder, campaign)
    .outerjoin(letter, letter.c.id == reminder.c.letter_id)
)
SENT_UNASKED_LATELY = and_(
    reminder.c.outcome.in_(REACHED),
    reminder.c.unasked_at >= bindparam("since", type_=Instant),
    # As the index has it.
    reminder.c.at >= bindparam("since", type_=Instant),
    not_(any_of(letter.c.id == reminder.c.letter_id, letter.c.state == LetterState.DEAD)),
)
"""Somebody was sent something unasked since `since`, and it did not die on the way."""
_UNASKED = select(reminder.c.person_id, reminder.c.campaign_id).where(
    reminder.c.person_id.in_(_ids), SENT_UNASKED_LATELY
)
_DECIDE_ON = (
    select(person.c.id).where(person.c.id.in_(_ids)).with_for_update(key_share=True, skip_locked=True)
)
_UNWANTED = select(reminder_choice.c.person_id, reminder_choice.c.kind).where(
    reminder_choice.c.person_id.in_(_ids), reminder_choice.c.wanted.is_(False)
)
