"""Who asks to be put on the roster, and what was decided of it: once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.states import Role
from storage.tables import registration


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """What somebody told of themselves, and where they wrote from."""

    ticket_id: int
    name: str
    school_id: int | None
    """None where the school is not on the roster."""
    school_named: str
    role: Role
    email: str
    language: str
    """What they are written to in."""
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Registration(NewRegistration):
    """The same, and what became of it."""

    accepted: bool | None
    """None: nobody has decided yet."""
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None


def ask(tx: Transaction, new: NewRegistration) -> None:
    """Keeps it until somebody in charge decides."""
    tx.execute(insert(registration).values(asdict(new)))


def of_ticket(tx: Transaction, ticket_id: int) -> Registration | None:
    """The registration that a ticket is about."""
    columns = (registration.c[name] for name in Registration.__dataclass_fields__)
    row = tx.execute(select(*columns).where(registration.c.ticket_id == ticket_id)).first()
    return Registration(**{**row._mapping, "role": Role(row.role)}) if row else None


def decide(
    tx: Transaction, ticket_id: int, by: int, now: datetime, *, accepted: bool, reason: str | None = None
) -> bool:
    """What somebody in charge says counts once: False when it was decided before."""
    open_still = (registration.c.ticket_id == ticket_id) & registration.c.decided_at.is_(None)
    new = {"accepted": accepted, "decided_by": by, "decided_at": now, "reason": reason}
    return bool(tx.execute(update(registration).where(open_still).values(new)).rowcount)
