"""Declarations in great number, read as they come: to be handed to whoever collects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.declarations import Declaration, declaration_in
from storage.tables import declaration, declaration_handover, person, school, service_centre

AT_ONCE: Final = 500
"""Rows that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which declarations."""

    period: str | None = None
    since: datetime | None = None
    """Sent, changed or decided from then on."""
    schools: Sequence[int] = ()
    """Of these only; none: of all."""


@dataclass(frozen=True, slots=True)
class Handover:
    """That a declaration was handed to whoever collects."""

    version: int
    """The one that was handed over last."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Exported:
    """A declaration with the names of what it refers to; None where there is none, or somebody was forgotten."""

    declaration: Declaration
    person: str | None
    school: str | None
    centre: str | None
    decided_by: str | None
    handover: Handover | None


def each(tx: Transaction, wanted: Wanted) -> Iterator[Exported]:
    """Every one by its number, as all of them stand at one moment; few are in memory at a time."""
    for row in tx.execute(_select(wanted), execution_options={"yield_per": AT_ONCE}):
        names = row._mapping
        handed = Handover(names["handed_version"], names["handed_at"]) if names["handed_at"] else None
        yield Exported(
            declaration_in(row),
            names["person_name"] or None,
            names["school_name"],
            names["centre_name"],
            names["decider_name"] or None,
            handed,
        )


def hand_over(tx: Transaction, versions: Mapping[int, int], now: datetime) -> None:
    """Notes that these, of each number a version, were handed over; a version that was noted before keeps its date.

    As many as a transaction should take are AT_ONCE; those that are gone by now are left out.
    """
    still = (
        select(declaration.c.id)
        .where(declaration.c.id.in_(versions))
        .with_for_update(read=True, key_share=True)
    )
    rows = [
        {"declaration_id": number, "version": versions[number], "at": now} for number in tx.scalars(still)
    ]
    new = insert(declaration_handover)
    taken = {"version": new.excluded.version, "at": new.excluded.at}
    newer = declaration_handover.c.version < new.excluded.version
    if rows:
        tx.execute(
            new.on_conflict_do_update(index_elements=["declaration_id"], set_=taken, where=newer), rows
        )


def handover_of(tx: Transaction, number: int) -> Handover | None:
    """When a declaration was handed over; None: it was not yet."""
    found = select(declaration_handover.c.version, declaration_handover.c.at)
    row = tx.execute(found.where(declaration_handover.c.declaration_id == number)).first()
    return Handover(*row) if row else None


def _select(wanted: Wanted) -> Select[tuple[object, ...]]:
    decider = person.alias("decider")
    found = (
        select(
            declaration,
            person.c.name.label("person_name"),
            school.c.name.label("school_name"),
            service_centre.c.name.label("centre_name"),
            decider.c.name.label("decider_name"),
            declaration_handover.c.version.label("handed_version"),
            declaration_handover.c.at.label("handed_at"),
        )
        .join(person, person.c.id == declaration.c.person_id)
        .outerjoin(school, school.c.id == declaration.c.school_id)
        .outerjoin(service_centre, service_centre.c.id == school.c.centre_id)
        .outerjoin(decider, decider.c.id == declaration.c.decided_by)
        .outerjoin(declaration_handover, declaration_handover.c.declaration_id == declaration.c.id)
        .order_by(declaration.c.id)
    )
    if wanted.period:
        found = found.where(declaration.c.period == wanted.period)
    if wanted.schools:
        found = found.where(declaration.c.school_id.in_(wanted.schools))
    if wanted.since:
        last = func.coalesce(declaration.c.changed_at, declaration.c.sent_at)
        found = found.where(or_(last >= wanted.since, declaration.c.decided_at >= wanted.since))
    return found
