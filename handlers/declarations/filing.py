"""What a declaration is kept as: the work, the use, and what is worked out of both when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.form import Values
from handlers.declarations.limits import share_in
from handlers.declarations.periods import AS_THE_CALENDAR, is_late, period_of
from handlers.declarations.works import work_key
from storage.declarations import Filing, Use, Work
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator has decided of every declaration."""

    grace_days: int
    """How long a period stays open after its deadline."""
    destination: str
    """What sending means: a word of `bot.settings.Destination`."""
    by_hand: Mapping[str, bool] = field(default_factory=lambda: AS_THE_CALENDAR)
    """Whether each of the periods is open that were closed or reopened by hand."""


def file(person: Person, work: Work, use: Use, sent_at: datetime, terms: Terms) -> Filing:
    """Who sent it when, for which period, and its share; `sent_at` is in the organisation's zone."""
    share = share_in(work, use)
    return Filing(
        person_id=person.id,
        school_id=person.school.school_id if person.school else None,
        period=period_of(use.used_on).key,
        work_key=work_key(work),
        pages=share.pages,
        share=share.percent,
        over=share.over,
        late=is_late(use.used_on, sent_at.date(), terms.grace_days, terms.by_hand),
        destination=terms.destination,
        sent_at=sent_at,
    )


def work_in(values: Values) -> Work:
    """The work that a form was filled in for."""
    source = values.get("source")
    return Work(
        kind=values["kind"].value,
        title=values["title"],
        source=source.value if source else None,
        isbn=values.get("isbn"),
        author=values["author"],
        publisher=values["publisher"],
        year=values["year"],
        total_pages=values.get("total"),
    )


def use_in(values: Values) -> Use:
    """The use that a form was filled in for."""
    return Use(
        copied=str(values["copied"]),
        medium=values["medium"].value,
        pupils=values["pupils"],
        used_on=values["used"],
        level=values["level"],
        note=values["note"],
    )
