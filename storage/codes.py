"""One-time codes: who asked for one, how often it was tried, and whether more are to be had. Never the code itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import pbkdf2_hmac
from hmac import compare_digest
from secrets import randbelow, token_bytes

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from storage.database import Transaction
from storage.letter_texts import wipe
from storage.people import Address
from storage.tables import link_code

LIFE = timedelta(minutes=15)
"""How long a code counts."""
WHILE = timedelta(hours=1)
"""Over how long codes and tries are counted; what is spent comes back as it passes."""
TRIES = 5
"""Wrong ones, of one who writes or about one address."""
PER_WHILE = 3
"""Codes, for one who writes or to one address."""
KEPT = timedelta(days=1)
ROUNDS = 10_000
"""Some four milliseconds: six digits are few in any case, and what protects them is that they soon count no more."""


@dataclass(frozen=True, slots=True)
class Code:
    """The code that somebody asked for last."""

    id: int
    mailed_to: str
    person_id: int | None
    """Whose address that is; None: nobody's on the roster, and no code fits."""
    made_at: datetime
    used_at: datetime | None

    @property
    def letter(self) -> str:
        """The key of the letter that brings it."""
        return letter_of(self.id)

    def is_late(self, now: datetime) -> bool:
        return now >= self.made_at + LIFE

    def counts(self, now: datetime) -> bool:
        """Whether it is still awaited."""
        return self.used_at is None and not self.is_late(now)


def letter_of(code_id: int) -> str:
    """The key of the letter that brings this code."""
    return f"code:{code_id}"


def make(
    tx: Transaction, writer: Address, mailed_to: str, person_id: int | None, now: datetime
) -> tuple[int, str]:
    """A new code, which alone counts for this writer from now on: its number, and its six digits, kept nowhere."""
    _forget(tx, writer, now)
    digits, salt = f"{randbelow(10**6):06}", token_bytes(16)
    row = {
        "channel": writer.channel,
        "address": writer.value,
        "mailed_to": mailed_to,
        "person_id": person_id,
        "salt": salt,
        "digest": _digest(digits, salt),
        "made_at": now,
    }
    made = tx.execute(insert(link_code).values(row).returning(link_code.c.id))
    return int(made.scalar_one()), digits


def last(tx: Transaction, writer: Address, now: datetime) -> Code | None:
    """The newest code of this writer that was made within a day, used or late though it may be."""
    columns = (link_code.c[name] for name in Code.__dataclass_fields__)
    found = select(*columns).where(_of(writer), link_code.c.made_at > now - KEPT)
    row = tx.execute(found.order_by(link_code.c.id.desc()).limit(1)).first()
    return Code(**row._mapping) if row else None


def fits(tx: Transaction, code: Code, digits: str, now: datetime) -> bool:
    """Whether these are its digits; if not, it counts as a try. The same work is done whoever it was made for."""
    row = tx.execute(select(link_code.c.salt, link_code.c.digest).where(link_code.c.id == code.id)).one()
    same = compare_digest(_digest(digits, row.salt), row.digest)
    if same and code.person_id is not None:
        return True
    tried = {"tries": link_code.c.tries + 1, "tried_at": now}
    tx.execute(update(link_code).where(link_code.c.id == code.id).values(tried))
    return False


def hold(tx: Transaction, mailed_to: str) -> None:
    """What is counted about this address stays as it is until this transaction ends (SQLite has one writer anyway)."""
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(mailed_to, 0))))


def use(tx: Transaction, code: Code, now: datetime) -> None:
    """It has done its work, and so has its letter."""
    tx.execute(update(link_code).where(link_code.c.id == code.id).values(used_at=now))
    wipe(tx, [code.letter])


def tries_left(tx: Transaction, writer: Address, mailed_to: str, now: datetime) -> int:
    """How many wrong codes this writer may still give for this address."""
    lately = link_code.c.tried_at > now - WHILE
    tried = (_sum(tx, link_code.c.tries, lately, whose) for whose in (_of(writer), _to(mailed_to)))
    return max(0, TRIES - max(tried))


def may_ask(tx: Transaction, writer: Address, mailed_to: str, now: datetime) -> bool:
    """Whether a code may be mailed: not when too many were, or too many tries went wrong, within the hour."""
    lately = link_code.c.made_at > now - WHILE
    made = (_count(tx, lately, whose) for whose in (_of(writer), _to(mailed_to)))
    return max(made) < PER_WHILE and tries_left(tx, writer, mailed_to, now) > 0


def _sum(
    tx: Transaction, what: ColumnElement[int], lately: ColumnElement[bool], whose: ColumnElement[bool]
) -> int:
    return int(tx.execute(select(func.coalesce(func.sum(what), 0)).where(lately, whose)).scalar_one())


def _count(tx: Transaction, lately: ColumnElement[bool], whose: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(link_code).where(lately, whose)
    return int(tx.execute(found).scalar_one())


def _of(writer: Address) -> ColumnElement[bool]:
    return and_(link_code.c.channel == writer.channel, link_code.c.address == writer.value)


def _to(mailed_to: str) -> ColumnElement[bool]:
    return link_code.c.mailed_to == mailed_to


def _forget(tx: Transaction, writer: Address, now: datetime) -> None:
    """What the letters before said, and what is too old to be counted."""
    old = link_code.c.made_at <= now - KEPT
    before = tx.scalars(select(link_code.c.id).where(old | _of(writer))).all()
    wipe(tx, [letter_of(one) for one in before])
    tx.execute(delete(link_code).where(old))


def _digest(digits: str, salt: bytes) -> bytes:
    return pbkdf2_hmac("sha256", digits.encode(), salt, ROUNDS)
