"""Data for the templates that tell how much of a work may be copied, and of the exclusion lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from handlers.declarations.agreement import rule_for
from handlers.declarations.kinds import Kind
from handlers.declarations.listing import Refused
from handlers.declarations.shares import Earlier, Standing
from storage.excluded import ExcludedWork, ExclusionList

EARLIER = (
    Earlier(3, date(2026, 10, 3), 12),
    Earlier(4, date(2026, 10, 30), 12),
    Earlier(5, date(2026, 11, 2), None),
)
STANDING = Standing(36, 20, 24, 40, EARLIER, by_school=True)
EXCLUDED = ExcludedWork(
    "Le grand livre illustré des animaux de la forêt boréale",
    "le grand livre",
    None,
    "Les Éditions fictives",
    "BD",
)
WORKED_OUT: Mapping[str, Any] = {"standing": STANDING, "excluded": EXCLUDED}

LISTS = [(2026, 50_000, 48_000), (2025, 1, 0)]
REFUSED: Mapping[str, Any] = {
    "refused": [Refused(12, "isbn", "978-2"), Refused(13, "title")],
    "more": 3,
    "unread": [Refused(14, "no-isbn", "bientôt")],
    "unread_more": 1,
}

AGREEMENT: Mapping[str, Mapping[str, Any]] = {
    "limits/verdict": {"rule": rule_for(Kind.TEXTBOOK), "wanted": True, "total": 240, "past_most": False},
    "limits/answer": {
        "rule": rule_for(Kind.TEXTBOOK),
        "total": 240,
        "wanted": True,
        "past_most": False,
        "looked_up": True,
        "declares": True,
    },
    "limits/rule": {"rule": rule_for(Kind.TEXTBOOK)},
    "limits/source": {"rule": rule_for(Kind.TEXTBOOK)},
    "cli/exclusions/import": {"lists": LISTS, "repeated": 2, **REFUSED},
    "cli/exclusions/no-list": {"file": "liste.csv", **REFUSED},
    "cli/exclusions/refused": REFUSED,
    "cli/exclusions/shorter": {"lists": LISTS[1:]},
    "cli/exclusions/unreadable": {"file": "liste.csv", "reason": "size"},
    "cli/exclusions/show": {
        "lists": [(ExclusionList(2026, 50_000, datetime(2026, 9, 1, tzinfo=UTC)), "2026-09-01 08:00")]
    },
}
