"""Whom a campaign made by hand is for: an audience that can be chosen, in a place that the maker follows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from handlers.reports.views import Reach, View
from storage.campaigns import Aim
from storage.states import Audience, Standing


class Whom(StrEnum):
    """Who can be chosen."""

    STAFF = "staff"
    """Who have sent nothing, whether they have a draft or not."""
    DRAFTS = "drafts"
    DECLARED = "declared"
    """Who are thanked, and may add other copies."""
    ABSENT = "absent"
    IN_CHARGE = "in-charge"


AUDIENCES: Final[Mapping[Whom, tuple[Audience, Standing | None]]] = {
    Whom.STAFF: (Audience.STAFF, None),
    Whom.DRAFTS: (Audience.STAFF, Standing.DRAFT),
    Whom.DECLARED: (Audience.STAFF, Standing.DECLARED),
    Whom.ABSENT: (Audience.ABSENT, None),
    Whom.IN_CHARGE: (Audience.IN_CHARGE, None),
}
IN_OWN_SCHOOL: Final = (Whom.STAFF, Whom.DRAFTS, Whom.DECLARED, Whom.ABSENT)
"""Whoever is responsible of a school reminds its people, and not themself."""


def aim_of(whom: Whom, view: View, period: str) -> Aim:
    """The people of what is viewed."""
    audience, standing = AUDIENCES[whom]
    school_id = view.id if view.reach is Reach.SCHOOL else None
    centre_id = view.id if view.reach is Reach.CENTRE else None
    return Aim(audience, period, school_id, centre_id, standing)


def whom_of(aim: Aim) -> str:
    """What an audience goes by, of the plan's campaigns too."""
    chosen = (whom for whom, (_, standing) in AUDIENCES.items() if standing and standing is aim.standing)
    return next(chosen, aim.audience.value)
