"""To whom Telegram is closed, by role or service centre: every process and every query goes by the same list."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, delete, insert, not_, or_, select
from sqlalchemy.sql.functions import coalesce

from storage import channels_off
from storage.database import Transaction
from storage.tables import address, role, school, service_centre, telegram_off


def keep_only(tx: Transaction, names: Iterable[str]) -> None:
    """From now on it is closed to these roles and service centres, and to no others."""
    wanted = set(names)
    had = set(tx.scalars(select(telegram_off.c.name)))
    tx.execute(delete(telegram_off).where(telegram_off.c.name.in_(had - wanted)))
    if wanted - had:
        tx.execute(insert(telegram_off), [{"name": name} for name in sorted(wanted - had)])


def is_off(tx: Transaction, person_id: int) -> bool:
    """Whether Telegram is closed to somebody."""
    return tx.execute(select(_closed_to(person_id))).scalar_one()


def reached_there(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Of an address: whether its channel is served, and if it is Telegram not closed to its person."""
    # Asked once a statement; where it is closed to nobody, nobody's roles are looked at.
    open_to_all = select(telegram_off.c.name).limit(1).scalar_subquery().is_(None)
    open_to_them = or_(address.c.channel != "telegram", open_to_all, not_(_closed_to(person_id)))
    return and_(not_(channels_off.is_off(address.c.channel)), open_to_them)


def _closed_to(person_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Somebody has a role, or works for a service centre, that is on the list.

    EXISTS in other words: of an EXISTS, PostgreSQL makes a table of everybody's roles.
    """
    names = select(telegram_off.c.name)
    found = (
        select(role.c.id)
        .outerjoin(school, school.c.id == role.c.school_id)
        .outerjoin(service_centre, service_centre.c.id == coalesce(role.c.centre_id, school.c.centre_id))
        .where(
            role.c.person_id == person_id,
            role.c.closed_at.is_(None),
            or_(role.c.role.in_(names), service_centre.c.name.in_(names)),
        )
    )
    return found.limit(1).scalar_subquery().is_not(None)
