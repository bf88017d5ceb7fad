"""The channels that nobody serves, by the settings: nobody is reached there, whoever asks in whichever process."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, select

from storage.database import Transaction
from storage.tables import channel_off


def keep_only(tx: Transaction, names: Iterable[str]) -> None:
    """From now on these are served by nobody, and all others are."""
    wanted = set(names)
    had = set(tx.scalars(select(channel_off.c.name)))
    tx.execute(delete(channel_off).where(channel_off.c.name.in_(had - wanted)))
    if wanted - had:
        tx.execute(insert(channel_off), [{"name": name} for name in sorted(wanted - had)])


def is_off(channel: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether nobody serves it."""
    return channel.in_(select(channel_off.c.name))
