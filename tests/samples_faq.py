"""Data for the templates of `declic faq`, which no other template shares."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

EXPORTED = [
    SimpleNamespace(what=what, file="declare-how.toml", language="fr", text="Je fais quoi?", faults="…")
    for what in ("added", "drafted", "known", "gone", "form", "faulty")
]
ENTRY = SimpleNamespace(
    id="declare-how",
    audience=("staff", "school-admin", "secretary", "css-admin", "parent", "all"),
    flow="declare",
    human=True,
    labels=("Mot de passe oublié",),
    unlike=("Déclarer mes impôts",),
    source="guide, p. 3",
)
TABLE = "oral  2  50\N{NO-BREAK SPACE}% [9–91]\nplain  2  100\N{NO-BREAK SPACE}% [34–100]"

FAQ: Mapping[str, Mapping[str, Any]] = {
    "cli/faq/asked": {
        "outcome": "unknown",
        "near": [("declare-how", "Comment déclarer", 8.5), ("greeting", None, 7.0)],
        "answer": "",
    },
    "cli/faq/exported": {"exported": EXPORTED, "folder": "faq/entries"},
    "cli/faq/faulty": {"reasons": ["a.tsv:1: lang: 'es' is not one of fr, en", "a.tsv:2: style: is empty"]},
    "cli/faq/measured": {
        "inside": 300,
        "outside": 100,
        "whole": TABLE,
        "styles": TABLE,
        "styles_out": TABLE,
        "entries": TABLE,
        "confusions": "1  answer  a → b  12, 14",
        "median": 3.14,
        "p95": 5.9,
    },
    "cli/faq/no-such-entry": {"entry": "declare-hw", "near": ["declare-how", "declare-who"]},
    "cli/faq/not-writable": {"folder": "faq/entries", "reason": "Permission denied"},
    "cli/faq/shown": {
        "entry": ENTRY,
        "title": "Comment déclarer",
        "answer": "Écrivez « déclarer ».",
        "next": "Écrivez-nous.",
        "guides": [("Un guide", None), ("Un autre", "https://exemple.invalid/")],
        "counts": {"fr": 40, "en": 25},
    },
}
"""By template, whatever else it is tried with."""
