"""What people say who want other reminders than they get, in their own words."""

from __future__ import annotations

import pytest

from bot.reading.words import fold
from handlers.reminders.wishes import WISHED


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("arrêtez le bilan svp, gardez le reste", True),
        ("plus de courriels svp", True),
        ("je ne veux plus de rappels", True),
        ("arrêtez de m’envoyer des courriels", True),
        ("rien le lundi svp", True),
        ("pas de rappels le vendredi", True),
        ("tout recevoir", True),
        ("stop everything", True),
        ("no more e-mails please", True),
        ("don’t send me reminders on Mondays", True),
        ("rien à déclarer", False),
        ("rien à déclarer lundi", False),
        ("pas de courriel reçu", False),
        ("pas de courriel", False),
        ("plus de papier", False),
        ("tout", False),
    ],
)
def test_what_is_said_of_reminders(text: str, meant: bool) -> None:
    assert bool(WISHED.fullmatch(fold(text))) is meant
