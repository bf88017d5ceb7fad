"""What becomes of a sent declaration: each version is kept, and only one that is still as it was read is changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from storage.database import Transaction
from storage.declarations import Declaration, Filing, Use, Work, keep_version
from storage.states import DeclarationState, Desk
from storage.tables import declaration, school, ticket_care

MOST = 9
"""Declarations that wait, of which it is told which."""
UNDECIDED: Mapping[str, Any] = {"decided_by": None, "decided_at": None, "reason": None}


def revise(
    tx: Transaction,
    before: Declaration,
    work: Work,
    use: Use,
    filing: Filing,
    state: DeclarationState,
    now: datetime,
) -> bool:
    """Keeps the next version of a declaration, by the person whose it is; False when it has changed meanwhile.

    What was decided of the version before stands only where the new one is `sent` and was accepted.
    """
    values = {**asdict(work), **asdict(use), **asdict(filing)}
    decided = {} if before.course.accepted and state is DeclarationState.SENT else UNDECIDED
    changed = _change(tx, before, {**values, **decided, "state": state, "changed_at": now}, 1)
    if changed:
        keep_version(tx, before.id, before.course.version + 1, values, filing.person_id, now)
    return changed


def set_state(tx: Transaction, before: Declaration, state: DeclarationState, now: datetime) -> bool:
    """Withdraws a declaration or puts it back; False when it has changed meanwhile."""
    return _change(tx, before, {"state": state, "changed_at": now})


def decide(
    tx: Transaction, before: Declaration, state: DeclarationState, by: int, now: datetime, reason: str | None
) -> bool:
    """Accepts or refuses a declaration; False when somebody was faster."""
    return _change(tx, before, {"state": state, "decided_by": by, "decided_at": now, "reason": reason})


def ask_by(tx: Transaction, number: int, ticket_id: int) -> None:
    """Notes the ticket by which somebody in charge is asked about a declaration."""
    tx.execute(update(declaration).where(declaration.c.id == number).values(ticket_id=ticket_id))


def asked_by(tx: Transaction, ticket_id: int) -> int | None:
    """The number of the declaration that a ticket asks about."""
    return tx.execute(select(declaration.c.id).where(declaration.c.ticket_id == ticket_id)).scalar()


def waiting(
    tx: Transaction, schools: Collection[int], centres: Collection[int], team: bool
) -> tuple[int, ...]:
    """The numbers of the declarations that wait for those in charge there, or for the team, the newest first."""
    found = _within_reach(schools, centres, team).where(declaration.c.state == DeclarationState.TO_COMPLETE)
    return tuple(tx.scalars(found.order_by(declaration.c.id.desc()).limit(MOST)))


def decided_last(
    tx: Transaction, schools: Collection[int], centres: Collection[int], team: bool, since: datetime
) -> int | None:
    """The number of the declaration that was decided last there since then."""
    found = _within_reach(schools, centres, team).where(declaration.c.decided_at >= since)
    row = tx.execute(found.order_by(declaration.c.decided_at.desc()).limit(1)).first()
    return row.id if row else None


def _within_reach(schools: Collection[int], centres: Collection[int], team: bool) -> Select[tuple[int]]:
    """Those somebody was asked about; with `team` those that lie with the operators too."""
    found = (
        select(declaration.c.id)
        .join(ticket_care, ticket_care.c.ticket_id == declaration.c.ticket_id)
        .outerjoin(school, school.c.id == declaration.c.school_id)
    )
    near = declaration.c.school_id.in_(schools) | school.c.centre_id.in_(centres)
    return found.where(near | (ticket_care.c.desk == Desk.OPERATORS) if team else near)


def within(tx: Transaction, before: Declaration, now: datetime) -> bool:
    """It is within the limit, since less is declared besides; False when it has changed meanwhile."""
    return _change(tx, before, {"state": DeclarationState.SENT, "over": False, "changed_at": now})


def _change(tx: Transaction, before: Declaration, values: Mapping[str, Any], versions: int = 0) -> bool:
    """Writes these, where version and state are still what was read."""
    as_read = (
        declaration.c.id == before.id,
        declaration.c.version == before.course.version,
        declaration.c.state == before.course.state,
    )
    new = {**values, "version": before.course.version + versions}
    return bool(tx.execute(update(declaration).where(*as_read).values(new)).rowcount)
