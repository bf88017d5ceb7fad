"""No column is forgotten: what is held about people stands in one list, and docs/privacy.md says the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.render import LANGUAGES
from handlers.privacy.held import described, words_in
from storage.holding import Sees, Until, Why
from storage.holdings import HOLDINGS
from storage.retention import KINDS
from storage.sealing import SEALED
from storage.tables import metadata
from tests.stage import furnished

DOC = Path(__file__).parents[2] / "docs" / "privacy.md"
FOR_GOOD = {"lesson", "forgotten"}
"""Tables about people without an end of their own: no name stands in them."""


def test_every_column_of_every_table_is_told_withheld_or_says_nothing_of_anybody() -> None:
    listed = {one.table: Counter((*one.told, *one.withheld, *one.plain)) for one in HOLDINGS}
    there = {table.name: Counter(table.columns.keys()) for table in metadata.sorted_tables}
    assert listed == there
    assert len(listed) == len(HOLDINGS)


def test_whatever_is_personal_has_an_end() -> None:
    ends = {kind.name for kind in KINDS} | set(Until)
    assert {one.kept for one in HOLDINGS} <= ends
    assert {one.table for one in HOLDINGS if one.is_personal and one.kept == Until.FOR_GOOD} == FOR_GOOD


def test_what_is_kept_for_a_time_is_swept_in_that_very_kind() -> None:
    swept = {(sweep.table.name, kind.name) for kind in KINDS for sweep in kind.sweeps}
    timed = {(one.table, one.kept) for one in HOLDINGS if one.kept not in set(Until)}
    assert timed <= swept


def test_what_is_sealed_is_told_or_withheld() -> None:
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    sealed = {(column.table.name, column.name) for column in columns if isinstance(column.type, SEALED)}
    personal = {(one.table, name) for one in HOLDINGS for name in (*one.told, *one.withheld)}
    assert sealed - personal == {("secret", "value")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_of_it(language: str) -> None:
    labels = {label.key for label in furnished().wording.labels("privacy/held", language)}
    named = {"school_id": "school", "centre_id": "centre"}
    wanted = {
        *(f"t.{one.table}" for one in HOLDINGS if one.is_personal),
        *(f"c.{named.get(name, name)}" for one in HOLDINGS for name in one.told),
        *(f"why.{why}" for why in Why),
        *(f"sees.{who}" for who in Sees),
        *(f"until.{until}" for until in Until),
        *("until.days", "until.years", "file", "yes", "no"),
    }
    assert labels == wanted


def rows(language: str) -> list[str]:
    """The table of the page in docs/, a line for each table about people."""
    house = furnished()
    told = described(words_in(house.wording, language), house.settings.keep)
    return [
        f"| {one.title} (`{table}`) | {one.why} | {one.kept} | {one.sees} |" for table, one in told.items()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_people_says_what_the_list_says(language: str) -> None:
    written = [line for line in DOC.read_text().splitlines() if line.startswith("| ") and "`)" in line]
    assert [line for line in rows(language) if line not in written] == []
    assert len(written) == sum(len(rows(one)) for one in LANGUAGES)
