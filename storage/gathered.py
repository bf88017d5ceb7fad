"""Alerts that are told together: what went out at once, and what waits to be listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Button, Page
from storage.database import Transaction
from storage.tables import alert_burst, alert_wait


@dataclass(frozen=True, slots=True)
class Burst:
    """An hour in which alerts of one kind came: the first few were told at once."""

    ticket_id: int
    """Of the first one."""
    began_at: datetime
    at_once: int
    """How many were told at once."""
    lists: int
    """How many lists have followed."""


@dataclass(frozen=True, slots=True)
class Wait:
    """An alert that was not told at once."""

    id: int
    desk: str
    kind: str
    ticket_id: int
    key: str
    pages: dict[str, Page]
    """By language."""
    at: datetime


def burst(tx: Transaction, desk: str, kind: str) -> Burst | None:
    """The last one of this kind."""
    same = (alert_burst.c.desk == desk) & (alert_burst.c.kind == kind)
    row = tx.execute(select(alert_burst).where(same)).first()
    return Burst(row.ticket_id, row.began_at, row.at_once, row.lists) if row else None


def keep_burst(tx: Transaction, desk: str, kind: str, now: Burst) -> None:
    """How it stands now."""
    row = {
        "ticket_id": now.ticket_id,
        "began_at": now.began_at,
        "at_once": now.at_once,
        "lists": now.lists,
    }
    made = insert(alert_burst).values(desk=desk, kind=kind, **row)
    tx.execute(made.on_conflict_do_update(index_elements=["desk", "kind"], set_=row))


def wait(
    tx: Transaction, desk: str, kind: str, ticket_id: int, key: str, pages: dict[str, Page], at: datetime
) -> bool:
    """Keeps an alert, with the same key only once; False when it was there."""
    row = {"desk": desk, "kind": kind, "ticket_id": ticket_id, "key": key, "at": at}
    kept = {language: _kept(page) for language, page in pages.items()}
    made = insert(alert_wait).values(**row, pages=kept).on_conflict_do_nothing(index_elements=["key"])
    return tx.execute(made).rowcount == 1


def waiting(tx: Transaction, desk: str, kind: str) -> int:
    """How many wait to be listed."""
    return int(
        tx.execute(select(func.count()).select_from(alert_wait).where(_unlisted(desk, kind))).scalar_one()
    )


def take_list(tx: Transaction, desk: str, kind: str, most: int, now: datetime) -> tuple[Wait, ...]:
    """The oldest of those, which are then listed; another process that lists at once gets others."""
    oldest = select(alert_wait.c.id).where(_unlisted(desk, kind)).order_by(alert_wait.c.id).limit(most)
    taken = update(alert_wait).where(
        alert_wait.c.id.in_(oldest.with_for_update(skip_locked=True)), alert_wait.c.listed_at.is_(None)
    )
    rows = tx.execute(taken.values(listed_at=now).returning(alert_wait)).all()
    return tuple(sorted(map(_wait, rows), key=lambda one: one.id))


def to_list(tx: Transaction, before: datetime) -> tuple[tuple[str, str], ...]:
    """The desks and kinds of alerts that have waited since a burst that began before then."""
    same = (alert_burst.c.desk == alert_wait.c.desk) & (alert_burst.c.kind == alert_wait.c.kind)
    found = (
        select(alert_wait.c.desk, alert_wait.c.kind)
        .outerjoin_from(alert_wait, alert_burst, same)
        .where(alert_wait.c.listed_at.is_(None))
        .where(alert_burst.c.began_at.is_(None) | (alert_burst.c.began_at <= before))
        .distinct()
    )
    return tuple((row.desk, row.kind) for row in tx.execute(found))


def last_of(tx: Transaction, ticket_id: int) -> Wait | None:
    """The newest alert of a ticket that was not told at once."""
    found = select(alert_wait).where(alert_wait.c.ticket_id == ticket_id)
    row = tx.execute(found.order_by(alert_wait.c.id.desc()).limit(1)).first()
    return _wait(row) if row else None


def forget(tx: Transaction, before: datetime) -> None:
    """Deletes those that were listed before then."""
    tx.execute(delete(alert_wait).where(alert_wait.c.listed_at < before))


def _unlisted(desk: str, kind: str) -> Any:
    same = (alert_wait.c.desk == desk) & (alert_wait.c.kind == kind)
    return same & alert_wait.c.listed_at.is_(None)


def _kept(page: Page) -> dict[str, Any]:
    buttons = [[button.label, button.press, button.also] for button in page.buttons]
    return {"html": page.html, "buttons": buttons, "subject": page.subject}


def _wait(row: Row[Any]) -> Wait:
    pages = {language: _page(language, kept) for language, kept in row.pages.items()}
    return Wait(row.id, row.desk, row.kind, row.ticket_id, row.key, pages, row.at)


def _page(language: str, kept: dict[str, Any]) -> Page:
    buttons = tuple(Button(label, press, tuple(also)) for label, press, also in kept["buttons"])
    return Page(kept["html"], buttons, numbered=False, subject=kept["subject"], language=language)
