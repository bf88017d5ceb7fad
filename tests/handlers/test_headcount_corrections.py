"""Head counts: which of two schools that are named alike is meant, and what a later line makes of earlier ones."""

from __future__ import annotations

import pytest

from handlers.headcounts.lines import CORRECTED
from handlers.headcounts.matching import matched, read
from storage.headcounts import Site
from tests.handlers.test_headcount_lines import KNOWN, RUISSEAU, TILLEULS, lines, matches

ALIKE = tuple(
    Site(number, number, name)
    for number, name in enumerate(("École Saint-Exemple", "École Sainte-Exemple", "École du Vallon"), 1)
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1) Saint-Exemple = 6", [1]),
        ("2) Sainte Exemple = 3 personnes", [2]),
        ("Saint-Exemple 6", [1]),
        ("the Sainte-Exemple is 6", [2]),
        ("2. Exemple : 6", [2]),
        ("Exemple 6", [1, 2]),
        ("3. Exemple : 6", [1, 2]),
        ("Vall 6", [3]),
    ],
)
def test_the_exact_name_then_the_place_tell_schools_apart(text: str, numbers: list[int]) -> None:
    [found] = matched(lines(text), ALIKE)
    assert [site.number for site in found.sites] == numbers
    assert found.sure is (len(numbers) == 1)


@pytest.mark.parametrize(
    ("messages", "rows", "refused"),
    [
        (["Tilleuls 14", "Tilleuls 15"], {TILLEULS: 15}, []),
        (["Tilleuls 14|Ruisseau une quinzaine", "Ruisseau 15"], {TILLEULS: 14, RUISSEAU: 15}, []),
        (["Tilleuls une quinzaine|Tilleuls 15"], {TILLEULS: 15}, []),
        (["Tilleuls 15|Tilleuls : 14 ou 15"], {TILLEULS: 15}, ["unclear"]),
        (["Tilleuls 14", "Xyzzy 3|Ruisseau 8"], {TILLEULS: 14, RUISSEAU: 8}, ["no-school"]),
        (["Tilleuls 14|Zoé Roche", "Ruisseau 8"], {TILLEULS: 14, RUISSEAU: 8}, []),
        (["fictif 9", "Ruisseau 8"], {RUISSEAU: 8}, []),
    ],
)
def test_what_is_corrected_is_no_fault_any_more(
    messages: list[str], rows: dict[str, int], refused: list[str]
) -> None:
    text = CORRECTED.join(one.replace("|", "\n") for one in messages)
    found = read(lines(text), matches(text), KNOWN)
    assert {row.site.name: row.numbers.total for row in found.rows} == rows
    assert [one.reason for one in found.refused] == refused
