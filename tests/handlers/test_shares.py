"""Shares add up: over a school year, over one work however it was named, each page once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.messages import Heard
from bot.reading import Pages, Range
from bot.turn import House, Turn
from handlers.declarations.filing import Terms, file
from handlers.declarations.shares import Standing, alone, distinct, standing, standing_of
from storage import declarations, people
from storage.database import Transaction
from storage.declarations import Use, Work
from storage.states import DeclarationState
from storage.tables import declaration
from tests.cast import CAST
from tests.stage import Stage, furnished

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=ZoneInfo("America/Toronto"))
NUMBER, OTHER_NUMBER = "9782070612758", "9782760912304"
FOX = Work("book", "Le renard bleu", author="Odile Exemple", total_pages=240)
AUTUMN, SPRING = date(2026, 10, 3), date(2027, 4, 12)


class School:
    """Declares, and asks how a use then stands."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def declared(self, copied: str, work: Work = FOX, day: date = AUTUMN, who: str = "camille") -> int:
        """The number of a declaration that was sent."""

        def send(tx: Transaction) -> int:
            turn = self.turn(tx, who)
            use = Use(copied, "paper", 28, day)
            return declarations.send(
                tx, None, work, use, file(turn.person, work, use, NOW, Terms(14, "collector"))
            )

        return await self.stage.database.write(send)

    async def stands(
        self,
        copied: str,
        work: Work = FOX,
        day: date = AUTUMN,
        *,
        by: str = "person",
        besides: int | None = None,
    ) -> Standing:
        """How Camille's use stands."""
        settings = furnished().settings.model_copy(update={"shares_by": by})
        house = replace(furnished(), settings=settings)
        use = Use(copied, "paper", 28, day)
        return await self.stage.database.read(
            lambda tx: standing(self.turn(tx, "camille", house), work, use, besides)
        )

    def turn(self, tx: Transaction, who: str, house: House | None = None) -> Turn:
        channel, value = next(iter(CAST[who].addresses.items()))
        person = people.by_address(tx, channel, value)
        assert person
        return Turn(house or furnished(), tx, Heard(channel, value, "1", NOW, ""), person, NOW)


@pytest.fixture
async def school(sqlite_url: str) -> AsyncIterator[School]:
    async with Stage(sqlite_url) as stage:
        yield School(stage)


async def test_pages_add_up_and_those_that_come_again_count_once(school: School) -> None:
    await school.declared("12-31")
    found = await school.stands("30-40")
    assert (found.limit, found.before, found.now, found.together) == (36, 20, 11, 29)
    assert (found.left, found.past, found.over, found.repeats) == (7, 0, False, 2)
    assert [(one.pages, one.declared_on) for one in found.earlier] == [(20, NOW.date())]


async def test_together_they_may_pass_the_limit_that_each_keeps(school: School) -> None:
    await school.declared("1-20")
    await school.declared("21-30")
    found = await school.stands("31-40")
    assert (found.before, found.together, found.past, found.over, found.left) == (30, 40, 4, True, 0)
    assert len(found.earlier) == 2


async def test_pages_in_roman_numerals_are_others(school: School) -> None:
    await school.declared("xii-xv")
    found = await school.stands("12-15")
    assert (found.together, found.repeats) == (8, 0)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (date(2026, 7, 1), date(2027, 6, 30), 20),
        (date(2026, 6, 30), date(2026, 7, 1), 10),
        (date(2027, 7, 1), date(2027, 6, 30), 10),
        (AUTUMN, SPRING, 20),
    ],
)
async def test_a_school_year_runs_from_july_to_june(
    school: School, first: date, second: date, together: int
) -> None:
    await school.declared("1-10", day=first)
    assert (await school.stands("21-30", day=second)).together == together


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ({}, {}, True),
        ({"title": "LE RENARD BLEU!"}, {}, True),
        ({"isbn": NUMBER}, {"isbn": NUMBER}, True),
        ({"isbn": NUMBER}, {}, True),
        ({}, {"isbn": NUMBER}, True),
        ({"isbn": NUMBER, "title": "Renard bleu, Le"}, {"isbn": NUMBER}, True),
        ({"total_pages": 100}, {}, True),
        ({"isbn": NUMBER}, {"isbn": OTHER_NUMBER}, False),
        ({"author": "Quelqu’un d’autre"}, {}, False),
        ({"author": "Quelqu’un d’autre", "isbn": NUMBER}, {}, False),
        ({"kind": "textbook"}, {}, False),
        ({"title": "Le renard vert"}, {}, False),
    ],
)
async def test_it_is_one_work_where_that_is_certain(
    school: School, before: dict[str, Any], now: dict[str, Any], same: bool
) -> None:
    await school.declared("1-10", replace(FOX, **before))
    found = await school.stands("11-20", replace(FOX, **now))
    assert found.together == (20 if same else 10)


async def test_a_title_that_bears_two_numbers_may_be_two_editions(school: School) -> None:
    await school.declared("1-10", replace(FOX, isbn=NUMBER))
    await school.declared("11-20", replace(FOX, isbn=OTHER_NUMBER))
    await school.declared("21-30")
    assert (await school.stands("31-40")).together == 20
    assert (await school.stands("31-40", replace(FOX, isbn=NUMBER))).together == 20


async def test_the_total_of_this_declaration_counts(school: School) -> None:
    await school.declared("1-10", replace(FOX, total_pages=100))
    assert (await school.stands("11-20", replace(FOX, total_pages=80))).limit == 12
    found = await school.stands("11-20", replace(FOX, total_pages=None))
    assert (found.limit, found.together, found.left, found.over) == (None, 20, None, None)


async def test_a_whole_short_text_counts_no_pages_but_is_told(school: School) -> None:
    await school.declared("whole")
    found = await school.stands("1-10")
    assert (found.before, found.together, found.uncounted) == (0, 10, 1)
    found = await school.stands("whole")
    assert (found.now, found.together, found.over, found.left) == (None, None, None, None)


async def test_a_whole_play_counts_all_its_pages(school: School) -> None:
    play = Work("play", "Les pas perdus", source="unpublished", total_pages=80)
    await school.declared("whole", play)
    found = await school.stands("1-10", play)
    assert (found.before, found.together, found.over) == (80, 80, False)


async def test_the_pages_of_a_colleague_count_where_the_school_shares(school: School) -> None:
    await school.declared("1-10", who="morgan")
    await school.declared("51-60", who="lou")
    alone_, shared = await school.stands("11-20"), await school.stands("11-20", by="school")
    assert (alone_.together, alone_.by_school) == (10, False)
    assert (shared.together, shared.by_school) == (20, True)


async def test_the_declaration_that_is_edited_is_left_out(school: School) -> None:
    number = await school.declared("1-10")
    assert (await school.stands("1-12", besides=number)).together == 12


@pytest.mark.parametrize("state", DeclarationState)
async def test_what_was_withdrawn_or_refused_counts_no_longer(
    school: School, state: DeclarationState
) -> None:
    number = await school.declared("1-10")
    changed = update(declaration).where(declaration.c.id == number).values(state=state)
    await school.stage.database.write(lambda tx: tx.execute(changed))
    counts = state in (DeclarationState.SENT, DeclarationState.TO_COMPLETE)
    assert (await school.stands("11-20")).together == (20 if counts else 10)


async def test_one_statement_by_an_index_is_enough(school: School) -> None:
    def plan(tx: Transaction) -> list[str]:
        turn = school.turn(tx, "camille")
        standing_of(turn, FOX, Pages((Range(1, 2),)), AUTUMN)
        rows = tx.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM declaration WHERE person_id = 1 AND work_key IN ('a', 'b')"
            " AND used_on BETWEEN '2026-07-01' AND '2027-06-30' AND state IN ('sent', 'to-complete')"
        )
        return [row[3] for row in rows]

    assert "ix_declaration_person_id_work_key" in " ".join(await school.stage.database.read(plan))


def test_of_somebody_unknown_nothing_is_added() -> None:
    found = alone(FOX, Pages((Range(1, 40),)))
    assert (found.before, found.now, found.together, found.past) == (0, 40, 40, 4)


ranges = st.builds(
    lambda first, more, roman: Range(first, min(first + more, 150), roman),
    st.integers(1, 150),
    st.integers(0, 30),
    st.booleans(),
)


@given(st.lists(ranges, max_size=12))
def test_the_union_counts_every_page_once(some: list[Range]) -> None:
    pages = {(page, one.roman) for one in some for page in range(one.first, one.last + 1)}
    assert distinct(some) == len(pages)
    assert distinct([*some, *some]) == len(pages)
    assert distinct(some[::-1]) == len(pages)
