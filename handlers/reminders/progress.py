"""How far a campaign has come, as those who follow it are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from handlers.declarations.periods import Period
from handlers.reminders.about import period_of
from handlers.reminders.aims import whom_of
from storage import audiences, centres, people, staff
from storage.campaign_progress import Progress
from storage.campaigns import OPEN, Campaign
from storage.database import Transaction
from storage.states import CampaignState, LetterState, ReminderOutcome

CELLS: Final = 5
"""Signs of a bar."""
UNREACHABLE: Final = "unreachable"
UNDONE: Final = ("cancelled", "too-late", "not-released")
"""Why people were skipped whom it would have been for."""


@dataclass(frozen=True, slots=True)
class Told:
    """One campaign."""

    number: int
    state: CampaignState
    whom: str
    place: str | None
    """None: everybody."""
    period: Period
    day: date
    by: str | None
    """Who made it; None: the plan, or somebody who is forgotten."""
    by_hand: bool
    offset: int | None
    made_at: datetime
    sent: int
    waiting: int
    """Letters that have still to leave, and people who are not decided on yet."""
    skipped: Mapping[str, int]
    """By reason."""
    merged: int
    unreachable: int
    in_doubt: int
    reason: str | None = None
    """Why nothing of it was sent."""

    @property
    def people(self) -> int:
        """Whom it has decided on or still has to."""
        return self.sent + self.waiting + self.merged + self.unreachable + self.in_doubt + self.left_out

    @property
    def left_out(self) -> int:
        return sum(self.skipped.values())

    @property
    def percent(self) -> int:
        """Of its people those who are done with, whole ones: 100 only when it was for nobody else."""
        if not self.people:
            return 100 if self.state in (CampaignState.RUNNING, CampaignState.DONE) else 0
        undone = self.waiting + sum(self.skipped.get(reason, 0) for reason in UNDONE)
        return 100 * (self.people - undone) // self.people

    @property
    def bar(self) -> str:
        full = CELLS * self.percent // 100
        return "▓" * full + "░" * (CELLS - full)

    @property
    def is_open(self) -> bool:
        """Whether letters of it may still leave."""
        return self.state in OPEN


def standing_as(state: CampaignState, to_go: int) -> CampaignState:
    """How it stands: done as soon as nothing has still to leave, which its row says within a minute."""
    return CampaignState.DONE if state is CampaignState.RUNNING and not to_go else state


def told(tx: Transaction, progress: Progress) -> Told:
    """A campaign with its names and counts."""
    campaign, letters, outcomes = progress.campaign, progress.letters, progress.outcomes
    dead, in_doubt = letters.get(LetterState.DEAD, 0), letters.get(LetterState.UNKNOWN, 0)
    reached = outcomes.get(ReminderOutcome.LEFT, 0) + outcomes.get(ReminderOutcome.TOMORROW, 0)
    # Letters are forgotten sooner than the ledger, and one that is tried again stands in it already.
    sent = max(letters.get(LetterState.SENT, 0), reached - dead - in_doubt - progress.to_go)
    maker = people.by_id(tx, campaign.made_by) if campaign.made_by else None
    return Told(
        number=campaign.id,
        state=standing_as(campaign.state, progress.to_go),
        whom=whom_of(campaign.aim),
        place=_place(tx, campaign),
        period=period_of(campaign),
        day=campaign.day,
        by=maker.name if maker else None,
        by_hand=campaign.offset is None,
        offset=campaign.offset,
        made_at=campaign.made_at,
        sent=sent,
        waiting=progress.to_go + _undecided(tx, campaign),
        skipped={reason: count for reason, count in progress.reasons.items() if reason != UNREACHABLE},
        merged=outcomes.get(ReminderOutcome.MERGED, 0),
        unreachable=progress.reasons.get(UNREACHABLE, 0) + dead,
        in_doubt=in_doubt,
        reason=campaign.reason,
    )


def _undecided(tx: Transaction, campaign: Campaign) -> int:
    """Of one that is being filled, or was held back before it was."""
    may = campaign.state in (CampaignState.FILLING, CampaignState.PAUSED)
    return audiences.undecided(tx, campaign.aim, campaign.filled_to) if may else 0


def in_full(one: Told) -> dict[str, Any]:
    """For programs."""
    names = ("number", "whom", "place", "by", "offset", "sent", "waiting", "merged", "unreachable")
    numbers = {name: getattr(one, name) for name in (*names, "in_doubt", "percent", "reason")}
    return {
        **numbers,
        "state": one.state.value,
        "period": one.period.key,
        "day": one.day.isoformat(),
        "skipped": dict(one.skipped),
    }


def _place(tx: Transaction, campaign: Campaign) -> str | None:
    aim = campaign.aim
    if aim.school_id is not None:
        found = staff.school_by_id(tx, aim.school_id)
        return found.name if found else None
    named = (one.name for one in centres.named(tx) if one.id == aim.centre_id)
    return next(named, None)
