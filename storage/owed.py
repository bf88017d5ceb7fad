"""What is held of declarations, and of who is expected to make them: a school owes them, whoever made them."""

from __future__ import annotations

from typing import Final

from storage import tables as t
from storage.holding import Erased, Holding, Sees, Why, of_person

WORK = ("kind", "source", "isbn", "title", "author", "publisher", "year", "total_pages")
USE = ("copied", "pages", "medium", "pupils", "used_on", "level", "note")

OWED: Final = (
    Holding(
        "declaration",
        ("id", "sent_at", "school_id", "period", *WORK, *USE, "share", "over", "late", "state", "reason"),
        ("person_id", "talk_id", "decided_by", "ticket_id"),
        ("work_key", "destination", "version", "changed_at", "decided_at"),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.NAMELESS,
        of_person("declaration"),
    ),
    Holding(
        "declaration_version",
        ("declaration_id", "version", "changed_at", "values"),
        ("changed_by",),
        (),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.NAMELESS,
        lambda who: t.declaration_version.c.declaration_id.in_(who.declarations),
    ),
    Holding(
        "declaration_handover",
        ("declaration_id", "version", "at"),
        (),
        (),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.NAMELESS,
        lambda who: t.declaration_handover.c.declaration_id.in_(who.declarations),
    ),
    Holding(
        "no_use",
        ("period", "said_at"),
        (),
        ("person_id",),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.NAMELESS,
        of_person("no_use"),
    ),
    Holding(
        "headcount",
        ("school_id", "year", "total", "confirmed_at"),
        ("confirmed_by",),
        ("teachers", "specialists", "professionals"),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.NAMELESS,
        lambda who: t.headcount.c.confirmed_by == who.person_id,
    ),
    Holding(
        "account",
        ("year", "has_account", "listed_at"),
        (),
        ("person_id",),
        Why.DECLARE,
        "declarations",
        Sees.SCHOOL,
        Erased.GONE,
        of_person("account"),
    ),
)
"""Their tables."""
