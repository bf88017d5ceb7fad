"""Data for the templates of what an operator does with the database as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

AT = "2026-11-22 14:05"
ALL = {
    "holds": [{"reason": reason, "since": AT} for reason in ("restored", "went-back", "by-hand")],
    "waiting": [
        {"channel": "telegram", "lane": "answer", "count": 3, "oldest": AT},
        {"channel": "mail", "lane": "campaign", "count": 1200, "oldest": AT},
    ],
}
COPY = {"file": "copie.db", "place": "declic.db", "aside": "declic.db.2026-11-22-140500"}
ADDRESS = "postgresql://declic@localhost/declic"

HOLD: Mapping[str, Mapping[str, Any]] = {
    "cli/hold": ALL,
    "cli/hold-check": {
        "finding": SimpleNamespace(what="witness", data={"file": "declic.db.witness", "trouble": "went-back"})
    },
    "cli/hold-ask": {"leave": 1200, "skip": 3},
    "cli/hold-skip-ask": {"count": 1200, "hours": 24},
    "cli/released": {"leave": 1200, "skip": 3},
    "cli/backed-up": {"file": "copie.db", "bytes": 1_204_224},
    "cli/backup-postgres": {"dump": f"pg_dump --format=custom --file=copie --dbname={ADDRESS}"},
    "cli/restore-postgres": {"restore": f"pg_restore --clean --dbname={ADDRESS} copie"},
    "cli/restore-in-use": COPY,
    "cli/restore-ask": COPY,
    "cli/restored": COPY,
    "cli/copy-faulty": {"file": "copie.db", "reason": "ce fichier est endommagé"},
    "cli/export/columns": {},
    "cli/export/ask": {"file": "declarations.csv"},
    "cli/export/written": {"file": "declarations.csv", "lines": 1200, "declarations": 1, "handed": 1},
    "cli/export/refused": {"file": "declarations.txt", "why": "ending"},
}
