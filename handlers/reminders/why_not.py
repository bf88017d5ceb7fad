"""Why a campaign did not reach somebody, where the ledger is silent: from the records, as they were or as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from storage.belonging import ROLES
from storage.campaigns import Aim
from storage.circumstances import Done, Records
from storage.reminders import CAP_WINDOW
from storage.states import Audience, CampaignState, ReminderKind, Standing

UNKNOWN: Final = "unknown"
"""Nothing that is kept tells why."""


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody, a campaign that may be still to come, and the moment at which it is decided whom it is for."""

    aim: Aim
    kind: ReminderKind
    day: date
    moment: datetime
    """When its letters were made out; of one to come, now."""
    zone: tzinfo
    records: Records
    done: Done
    """For its period."""
    standing: Standing | None
    """What they have done for it, as of now."""
    to_do: bool
    """Whether there is anything left to remind them of, as of now; of staff, the records tell it."""
    at_most: int
    """Unasked messages in seven days."""
    campaign_id: int | None = None
    state: CampaignState | None = None
    waits: bool = False
    """Whether a letter is still to leave."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why it did not reach them."""

    reason: str
    then: bool
    """Whether that was so when it was decided; False: it is so now, and since when is not recorded."""
    since: datetime | None = None


def why_not(case: Case) -> Answer | None:
    """The first reason that holds; None: nothing stands in the way."""
    found = ((reason, then, holds(case)) for reason, then, holds in REASONS)
    return next(
        (
            Answer(reason, then, since if isinstance(since, datetime) else None)
            for reason, then, since in found
            if since
        ),
        None,
    )


Holds = Callable[[Case], object]
"""Whether a reason holds, or since when."""


def _came_later(case: Case) -> object:
    return case.records.came_at > case.moment and case.records.came_at


def _has_no_role(case: Case) -> bool:
    return not any(job.role in ROLES[case.aim.audience] for job in case.records.jobs)


def _has_left(case: Case) -> object:
    """The last of their roles that the campaign is for was closed by then."""
    jobs = [job for job in case.records.jobs if job.role in ROLES[case.aim.audience]]
    if any(job.held_at(case.moment) for job in jobs):
        return False
    return max(job.until for job in jobs if job.until)


def _takes_no_part(case: Case) -> bool:
    jobs = (job for job in case.records.jobs if job.role in ROLES[case.aim.audience])
    return not any(job.takes_part for job in jobs if job.held_at(case.moment))


def _is_elsewhere(case: Case) -> bool:
    jobs = [job for job in case.records.jobs if job.role in ROLES[case.aim.audience]]
    of_school = case.aim.school_id is None or any(job.school_id == case.aim.school_id for job in jobs)
    of_centre = case.aim.centre_id is None or any(job.centre_id == case.aim.centre_id for job in jobs)
    return not (of_school and of_centre)


def _had_declared(case: Case) -> object:
    at = case.done.declared_at if case.aim.standing is not Standing.DECLARED else None
    return case.aim.audience is Audience.STAFF and at and at <= case.moment and at


def _had_said_nothing(case: Case) -> object:
    at = case.done.said_nothing_at
    return case.aim.audience is Audience.STAFF and at and at <= case.moment and at


def _stands_otherwise(case: Case) -> bool:
    return case.aim.standing is not None and case.standing is not case.aim.standing


def _is_unreachable(case: Case) -> bool:
    return not any(way.open_at(case.moment) for way in case.records.ways)


def _had_enough(case: Case) -> bool:
    since = case.day - CAP_WINDOW
    others = (one.at for one in case.records.reached if one.campaign_id != case.campaign_id)
    days = (at.astimezone(case.zone).date() for at in (*others, *case.records.invited))
    return sum(since <= day <= case.day for day in days) >= case.at_most


def _got_another(case: Case) -> bool:
    others = (one for one in case.records.reached if one.campaign_id != case.campaign_id)
    return any(one.day == case.day for one in others)


def _was_held(case: Case) -> object:
    return next((held.since for held in case.records.held if held.at(case.moment)), None)


REASONS: Final[tuple[tuple[str, bool, Holds], ...]] = (
    ("no-role", False, _has_no_role),
    ("not-here-yet", True, _came_later),
    ("left", True, _has_left),
    ("missed", True, lambda case: case.state is CampaignState.SKIPPED),
    ("cancelled", True, lambda case: case.state is CampaignState.CANCELLED),
    ("no-part", False, _takes_no_part),
    ("elsewhere", False, _is_elsewhere),
    ("declared", True, _had_declared),
    ("said-nothing", True, _had_said_nothing),
    ("other-standing", False, _stands_otherwise),
    ("complete", False, lambda case: not case.to_do),
    ("stopped", False, lambda case: not case.records.reminders),
    ("unwanted", False, lambda case: case.kind in case.records.unwanted),
    ("unreachable", True, _is_unreachable),
    ("paused", False, lambda case: case.state is CampaignState.PAUSED),
    ("merged", True, _got_another),
    ("enough", True, _had_enough),
    ("held", True, _was_held),
    ("waiting", False, lambda case: case.waits or case.state is CampaignState.FILLING),
)
"""In the order in which they count, that of `storage.reasons`, with whether the records tell how it was by then."""
