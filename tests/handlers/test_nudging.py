"""A nudge in words: where, whom, and what none can do is said rather than left out; then what goes on with a report."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage

PREVIEW, NOT_THERE = "Aperçu", "je ne trouve pas"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("who", "words", "says"),
    [
        ("operator", "relancer ruisseau et tilleuls", "Pour quel lieu?"),
        ("operator", "nudge Ruisseau and Tilleuls", "Pour quel lieu?"),
        ("operator", "relancer ruisseau et vallon", "je ne trouve pas «_vallon_»"),
        ("operator", "relancer ruisseau svp", "brouillon, École du Ruisseau fictif"),
        ("operator", "relancez les directions svp", "Responsables des écoles"),
        (
            "operator",
            "relancer les directions qui n’ont pas confirmé leurs effectifs",
            "pas sur les effectifs",
        ),
        ("direction", "relancez les directions svp", "Vous ne suivez pas ces personnes"),
        (
            "direction",
            "relancez les profs de l’école du Ruisseau",
            "je ne trouve pas «_École du Ruisseau fictif_»",
        ),
        ("direction", "relance les profs, la direction y tient", "Personnes qui n’ont rien envoyé"),
        ("direction", "remind only those with a draft", "Personnes qui ont un brouillon"),
        ("direction", "relance seulement les brouillons", "Personnes qui ont un brouillon"),
        (
            "direction",
            "relance ceux qui n’ont rien envoyé ou seulement un brouillon",
            "Personnes qui n’ont rien envoyé",
        ),
        ("direction", "rappelle moi le 23 de relancer les retardataires", "rien n’est parti"),
    ],
)
async def test_a_nudge_is_for_whom_it_names_or_says_why_not(
    stage: Stage, who: str, words: str, says: str
) -> None:
    page = await stage.person(who).says(words)
    assert says.replace("_", "\N{NO-BREAK SPACE}") in page


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ("participation de juin dernier", "who has not declared?", "mardi 30 juin 2026"),
        ("participation de juin dernier", "pis l’année d’avant?", "lundi 30 juin 2025"),
        ("participation", "last year", "dimanche 30 novembre 2025"),
        ("participation", "la période 2024-2025 2e collecte", "lundi 31 mars 2025"),
        ("participation de juin dernier", "toutes les écoles", "mardi 30 juin 2026"),
        ("participation", "école du ruisseau", NOT_THERE),
        ("participation 2025-2026", "2", "mardi 31 mars 2026"),
    ],
)
async def test_a_report_goes_on_with_a_period_or_a_place(
    stage: Stage, first: str, then: str, says: str
) -> None:
    direction = stage.person("direction")
    await direction.says(first)
    assert says in await direction.says(then)


@pytest.mark.parametrize("words", ["merci", "2026 copies", "c’est quoi un ISBN?"])
async def test_what_asks_for_no_report_shows_none(stage: Stage, words: str) -> None:
    direction = stage.person("direction")
    await direction.says("participation")
    assert "📊" not in await direction.says(words)
