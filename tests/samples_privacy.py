"""Data for the templates about what is held, which no other template shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from handlers.privacy.held import Described

RESPONSIBLE = {"responsible": "vie.privee@exemple.test"}
HELD = Described("Vos questions", "vous répondre", "30 jours", "vous et l’équipe")
LINES = [[("Texte", "Où déclarer?"), ("Canal", "mail")], [("Texte", "Et si c’est un livre?")]]

PRIVACY: Mapping[str, Mapping[str, Any]] = {
    "privacy/told": {**RESPONSIBLE, "keep": {"enquiries": 30, "letters": 400}},
    "my-data/sent": {"address": "c…@t…"},
    "my-data/here": {"text": "Adresse : 105", "more": True},
    "my-data/file": {
        "sections": [(HELD, LINES)],
        "today": date(2026, 11, 22),
        "most": 2,
        **RESPONSIBLE,
    },
    "erase/ask-sure": {**RESPONSIBLE, "declarations": 12, "nothing": 2, "roster": True},
    "erase/done": {**RESPONSIBLE, "roster": True},
    "cli/retention": {"due": [("enquiries", 30, 12), ("letters", 400, 0)], "dry": True},
    "cli/keys-check": {"finding": SimpleNamespace(ok=False, data={"sealed": True, "left": 12})},
    "cli/keys-rotated": {"left": {"ticket.text": 12}},
    "cli/mail/no-such-mail": {"number": 12, "days": 14},
}
