"""Data for the templates about files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIELDS = ["declare/ask-title", "declare/ask-author", "declare/ask-total"]

FILES: Mapping[str, Mapping[str, Any]] = {
    "files/number-read": {"number": "978-2-07-061275-8", "sort": "isbn"},
    "files/offer": {"number": "9782070612758", "may": ["declare", "limits"]},
    "files/unseen": {"name": "Personnel des écoles 2026-2027.xlsx", "reason": "unreadable"},
    "files/left": {"picture": True, "names": ["personnel.csv", "guide.pdf"]},
    "declare/recap": {"library": {"name": "openlibrary.org", "fields": FIELDS}},
    "declare/library": {"library": {"name": "openlibrary.org", "fields": FIELDS}},
    "terminal/file": {"name": "personnel.csv", "lines": "nom;courriel\nCamille;camille@ecole.test"},
}
