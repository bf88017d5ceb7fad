"""A period named in words, anywhere in what is said, French and English; what is only a year leaves a choice."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.declarations.periods import Period
from handlers.reports.period_words import period_meant

TODAY, FOLLOWED = date(2026, 11, 22), Period(2026, 1)


@pytest.mark.parametrize(
    ("words", "periods", "rest"),
    [
        ("de juin dernier", "2025-3", ""),
        ("juin passé", "2025-3", ""),
        ("juin 2025 École du Ruisseau", "2024-3", "École du Ruisseau"),
        ("juin dernier aux Tilleuls", "2025-3", "aux Tilleuls"),
        ("mars dernier", "2025-2", ""),
        ("novembre dernier", "2025-1", ""),
        ("en novembre", "2026-1", ""),
        ("juin de l’an dernier", "2024-3", ""),
        ("de la période avril à juin 2026", "2025-3", ""),
        ("décembre 2025 à mars 2026", "2025-2", ""),
        ("d’avril-juin", "2025-3", ""),
        ("for the period April to June 2026", "2025-3", ""),
        ("last june", "2025-3", ""),
        ("in may", "2025-3", ""),
        ("December to March", "2025-2", ""),
        ("qui n’avait pas déclaré en juin?", "2025-3", "qui n’avait pas déclaré"),
        ("la 2e période", "2025-2", ""),
        ("2nd period", "2025-2", ""),
        ("2025-2026 période 1", "2025-1", ""),
        ("la période 2024-2025 2e collecte", "2024-2", ""),
        ("2e période de 2026", "2025-2", ""),
        ("période précédente", "2025-3", ""),
        ("previous period", "2025-3", ""),
        ("de la dernière période", "2025-3", ""),
        ("l’an dernier", "2025-1", ""),
        ("pis l’année d’avant?", "2025-1", ""),
        ("last year", "2025-1", ""),
        ("2025-2026", "2025-1 2025-2 2025-3", ""),
        ("2025-26", "2025-1 2025-2 2025-3", ""),
        ("2027-9", "2025-3 2026-1", ""),
        ("2026", "2025-2 2025-3 2026-1", ""),
        ("comment ça marche", "", "comment ça marche"),
        ("who may see this", "", "who may see this"),
        ("sept profs", "", "sept profs"),
        ("École Saint-Mars", "", "École Saint-Mars"),
    ],
)
def test_the_period_is_found_among_the_other_words(words: str, periods: str, rest: str) -> None:
    meant = period_meant(words, TODAY, FOLLOWED)
    assert " ".join(one.key for one in meant.periods) == periods
    assert meant.rest == rest
