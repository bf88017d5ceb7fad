"""Counts and years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import a_count, a_year
from tests.bot.answers import outcome


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("28", 28),
        (" 28. ", 28),
        ("28?", 28),
        ("28 élèves", 28),
        ("28élèves", 28),
        ("j’ai 28 élèves", 28),
        ("il y en avait 28", 28),
        ("28 students", 28),
        ("Environ 30", 30),
        ("~30", 30),
        ("about 30", 30),
        ("à peu près 30", 30),
        ("vingt-huit", 28),
        ("vingt huit élèves", 28),
        ("soixante-quinze", 75),
        ("quatre-vingt-dix-neuf", 99),
        ("trente et un", 31),
        ("cent vingt", 120),
        ("deux cents", 200),
        ("un", 1),
        ("une", 1),
        ("un seul élève", 1),
        ("une page", 1),
        ("twenty-eight", 28),
        ("thirty one students", 31),
        ("six hundred and fifty", 650),
        ("une trentaine", 30),
        ("une trentaine d’élèves", 30),
        ("deux douzaines", 24),
        ("a dozen", 12),
        ("two dozen", 24),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1\u202f200", 1200),
        ("1,200", 1200),
        ("2 x 28", 56),
        ("2x28", 56),
        ("2 × 28", 56),
        ("28 élèves x 2 groupes", 56),
        ("3 fois 28", 84),
        ("2 classes de 28", 56),
        ("a class of 28", 28),
        ("2 groupes de 28", 56),
        ("deux groupes de 28 élèves", 56),
        ("2 groupes d’environ 28", 56),
        ("two groups of twenty-eight", 56),
        ("un groupe de 28", 28),
        ("28 + 27 + 26", 81),
        ("28 élèves + 1 prof", 29),
        ("28 élèves plus 2", 30),
        ("28 (vingt-huit)", 28),
        ("vingt et un (21)", 21),
        ("28 élèves de 4e année", 28),
        ("28, quatrième année", 28),
        ("groupe 301 : 28 élèves", 28),
        ("28 élèves de secondaire 3", 28),
        ("2️⃣8️⃣", 28),
        ("-5", "read/no-count"),
        ("la classe", "read/no-count"),
        ("beaucoup", "read/no-count"),
        ("", "read/no-count"),
        ("2,5", "read/no-count"),
        ("28/30", "read/no-count"),
        ("15 %", "read/no-count"),
        ("12h30", "read/no-count"),
        ("est-ce que 28 c’est trop?", "read/no-count"),
        ("combien de copies, 28", "read/no-count"),
        ("je peux en faire 28?", "read/no-count"),
        ("can I copy 28", "read/no-count"),
        ("1k", "read/no-count"),
        ("trois groupes", "read/no-count"),
        ("2 classes", "read/no-count"),
        ("28-30", "read/one-count"),
        ("2 groupes, 28 chacun", "read/one-count"),
        ("une classe de 28 et une de 27", "read/one-count"),
        ("28 à 30", "read/one-count"),
        ("28 ou 29", "read/one-count"),
        ("28, 30", "read/one-count"),
        ("2 boîtes de 28", "read/one-count"),
        ("2 groupes de 28 et 1 de 27", "read/one-count"),
        ("pages 215 à 230", "read/one-count"),
        ("28 élèves le 12 octobre", "read/count-alone"),
        ("31 février", "read/count-alone"),
        ("le 3", "read/count-alone"),
        ("nov 12", "read/count-alone"),
        ("I may have 28", 28),
        ("c’est un album pas paginé", "read/no-count"),
        ("plutôt un livre", "read/no-count"),
        ("non, un cahier", "read/no-count"),
        ("un ou deux", "read/one-count"),
        ("it is not one of those books", "read/no-count"),
        ("une classe de vingt-huit", 28),
        ("one hundred and five students", 105),
        ("vingt et un élèves en tout", 21),
        ("0", "read/count-range"),
        ("zéro", "read/count-range"),
        ("999 999", "read/count-range"),
        ("9" * 5000, "read/count-range"),
    ],
)
def test_a_count(text: str, count: object) -> None:
    assert outcome(a_count(), text) == count


def test_a_count_keeps_to_its_bounds() -> None:
    assert outcome(a_count(min=0, max=2), "aucun ou 0") == 0
    assert outcome(a_count(max=50), "51") == "read/count-range"
    assert not a_count().numbered


@given(st.integers(1, 10_000))
def test_a_count_is_read_however_it_is_grouped(count: int) -> None:
    assert outcome(a_count(), str(count)) == count
    assert outcome(a_count(), f"{count:,}") == count
    assert outcome(a_count(), f"{count:,} élèves".replace(",", "\u00a0")) == count


@given(st.text())
def test_any_text_is_a_count_or_refused(text: str) -> None:
    read = outcome(a_count(), text)
    assert isinstance(read, int) or str(read).startswith("read/")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019", 2019),
        ("©2019", 2019),
        ("© 2019", 2019),
        ("c2019", 2019),
        ("cop. 2019", 2019),
        ("2019 (2e éd.)", 2019),
        ("dépôt légal : 3e trimestre 2004", 2004),
        ("12 mars 2019", 2019),
        ("deux mille dix-neuf", 2019),
        ("1000", 1000),
        ("2027", 2027),
        ("2019, réimprimé en 2019", 2019),
        ("19", "read/no-year"),
        ("12 novembre", "read/no-year"),
        ("31 février", "read/no-year"),
        ("20190", "read/no-year"),
        ("l’an passé", "read/no-year"),
        ("", "read/no-year"),
        ("quelle année, 2019 ou celle du copyright?", "read/no-year"),
        ("2018-2019", "read/one-year"),
        ("2018, 2e édition 2021", "read/one-year"),
        ("2028", "read/year-range"),
        ("0999", "read/year-range"),
    ],
)
def test_a_year(text: str, year: object) -> None:
    assert outcome(a_year(), text) == year
