"""Pages as they are kept: each once, in order, and the same again from their text."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Pages, PagesFault, Range, page_ranges
from bot.reading.pages import HIGHEST, HIGHEST_ROMAN
from tests.bot.answers import outcome


def test_pages_are_counted_once() -> None:
    pages = Pages.parse("xii-xv, 12-30, 20-35, 45")
    assert (str(pages), pages.count, pages.highest) == ("xii-xv, 12-35, 45", 29, 45)
    assert Pages.parse("whole") == Pages(whole=True)
    assert (Pages.parse("xii").highest, Pages(whole=True).count) == (0, 0)


@pytest.mark.parametrize(
    "text",
    ["", "12-", "12 - 30", "30-12", "0", "20001", "xii-15", "mm", "iiii", "Whole", "a", "999999", "12,13"],
)
def test_what_is_no_pages_is_not_parsed(text: str) -> None:
    with pytest.raises(PagesFault):
        Pages.parse(text)


def test_no_pages_at_all_and_both_kinds_are_refused() -> None:
    with pytest.raises(PagesFault):
        Pages()
    with pytest.raises(PagesFault):
        Pages((Range(1, 2),), whole=True)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Any range: near the front, where they meet, as often as anywhere."""
    roman = draw(st.booleans())
    highest = draw(st.sampled_from([12, HIGHEST_ROMAN if roman else HIGHEST]))
    first, last = sorted((draw(st.integers(1, highest)), draw(st.integers(1, highest))))
    return Range(first, last, roman)


SEVERAL = st.lists(ranges(), min_size=1, max_size=8).map(tuple)


@given(SEVERAL)
def test_pages_come_back_from_their_text(several: tuple[Range, ...]) -> None:
    pages = Pages(several)
    assert Pages.parse(json.loads(json.dumps(str(pages)))) == pages
    assert outcome(page_ranges(), str(pages)) == pages


@given(SEVERAL)
def test_pages_are_the_set_of_their_pages(several: tuple[Range, ...]) -> None:
    pages = Pages(several)
    distinct = {(each.roman, page) for each in several for page in range(each.first, each.last + 1)}
    assert pages.count == len(distinct)
    assert distinct == {
        (each.roman, page) for each in pages.ranges for page in range(each.first, each.last + 1)
    }


@given(SEVERAL, st.randoms())
def test_the_order_in_which_they_are_said_changes_nothing(several: tuple[Range, ...], chance: Random) -> None:
    shuffled = chance.sample(several, len(several))
    assert Pages(tuple(shuffled)) == Pages(several)
    assert Pages(Pages(several).ranges) == Pages(several)


@given(SEVERAL)
def test_kept_ranges_are_in_order_and_never_touch(several: tuple[Range, ...]) -> None:
    kept = Pages(several).ranges
    for before, after in pairwise(kept):
        assert (before.roman, after.roman) in {(True, False), (True, True), (False, False)}
        assert before.roman != after.roman or before.last + 1 < after.first
