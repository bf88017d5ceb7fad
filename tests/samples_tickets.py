"""Data for the templates about tickets and the humans behind the assistant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 22, 15, 12, tzinfo=UTC)
ABOUT = "Mon compte est bloqué depuis hier et je ne peux plus…"
REQUEST = {
    "number": 12,
    "about": ABOUT,
    "status": "open",
    "opened_at": NOW,
    "taken_by": None,
    "answered_by": None,
    "answered_at": None,
    "solved": None,
}
REQUESTS = [
    REQUEST,
    {**REQUEST, "number": 13, "status": "taken", "taken_by": "Sacha Équipe"},
    {**REQUEST, "number": 14, "status": "answered", "answered_by": "Sacha Équipe", "answered_at": NOW},
    {**REQUEST, "number": 15, "status": "closed"},
    {**REQUEST, "number": 16, "status": "closed", "solved": True},
]
WAITING = [
    {"number": 12, "about": ABOUT, "hours": 8, "declared": declared, "registers": registers}
    for declared, registers in ((None, None), (7, None), (None, "Alex Nouveau"))
]
GATHERED = [
    {
        "number": 12,
        "subjects": {"fr": f"Demande n°\u00a012\u00a0: {ABOUT}", "en": f"Request no.\u00a012: {ABOUT}"},
    },
    {"number": 13, "subjects": {"fr": "", "en": ""}},
]
HISTORY = [
    {"at": "2026-11-22 14:05", "name": "Sacha Équipe", "what": "opened", "words": ""},
    {"at": "2026-11-22 14:06", "name": None, "what": "note", "words": "Voir avec la direction."},
]

LINE = {
    "number": 12,
    "kind": "human",
    "status": "answered",
    "desk": "school",
    "opened_at": "2026-11-22 14:05",
    "hours": 1200,
    "rating": 4,
}

TICKETS: Mapping[str, Mapping[str, Any]] = {
    "cli/tickets": {"listed": [LINE], "only_open": False},
    "cli/ticket": {
        "ticket": {
            **LINE,
            "matter": ABOUT,
            "tried": "le lien de connexion",
            "taken_by": "Sacha Équipe",
            "history": HISTORY,
        }
    },
    "cli/no-such-ticket": {},
    "desk/alerts": {"listed": GATHERED},
    "desk/reminder": {"listed": WAITING},
    "support/requests": {"requests": REQUESTS},
    "support/request": {"request": REQUESTS[2]},
    "support/status": {"one": REQUEST},
    "support/request-button": {"about": ABOUT},
    "desk/since": {"since": NOW, "today": False},
    "desk/taken-by": {"since": NOW, "today": False},
    "desk/discussed-by": {"since": NOW, "today": False},
    "desk/held-for-another": {"since": NOW, "today": False, "argument": "12-13"},
    "desk/held-closed": {"argument": "12-13"},
    "desk/not-open": {"status": "closed"},
    "desk/pass-to-whom": {"to_school": True},
    "desk/passed": {"to_school": True},
    "desk/closed": {"told": True, "discussed": True},
    "support/discussion-begins": {"hours": 2},
    "desk/discussion-left": {"why": "lapsed"},
    "desk/discussing": {"by_letter": False},
    "desk/close-taken": {"since": NOW, "today": False},
    "desk/list": {
        "listed": [
            {"number": 12, "about": ABOUT, "taken_by": None},
            {"number": 13, "about": ABOUT, "taken_by": "Sacha Équipe"},
        ],
        "count": 14,
    },
    "support/assistant-back": {"why": "closed"},
    "support/for-the-team": {"held": 13, "school": False},
    "support/ticket-opened": {"school": True},
    "forward/already": {"school": False},
    "support/alert-follow-up": {"declared": 7},
    "support/followed-up": {"school": True},
    "support/not-settled": {"school": False},
    "desk/discussed": {"files": ["photo.jpg"]},
    "support/alert-from": {"parent": False},
    "support/answered": {"by": "Dominique Direction"},
    "desk/alert-passed": {"by": "Sacha Équipe", "tried": "le lien de connexion", "since": HISTORY},
    "support/alert-ticket": {"tried": "le lien de connexion"},
}
"""By template, whatever else it is tried with."""
