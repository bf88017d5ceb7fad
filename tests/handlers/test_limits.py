"""How much may be copied: worked examples of the agreement, and what is said where it cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Pages, Range
from handlers.declarations.kinds import Kind, PlaySource
from handlers.declarations.limits import share_of

WHOLE = Pages(whole=True)
FIFTEEN = [kind for kind in Kind if kind not in (Kind.TEXTBOOK, Kind.PLAY)]


def first(count: int) -> Pages:
    """The first pages of a work."""
    return Pages((Range(1, count),))


@pytest.mark.parametrize(
    ("kind", "total", "limit"),
    [
        (Kind.BOOK, 40, 6),
        (Kind.BOOK, 20, 3),
        (Kind.BOOK, 300, 45),
        (Kind.BOOK, 41, 6),
        (Kind.BOOK, 46, 6),
        (Kind.BOOK, 47, 7),
        (Kind.BOOK, 6, 0),
        (Kind.BOOK, 7, 1),
        (Kind.BOOK, 20_000, 3_000),
        (Kind.TEXTBOOK, 300, 25),
        (Kind.TEXTBOOK, 200, 20),
        (Kind.TEXTBOOK, 249, 24),
        (Kind.TEXTBOOK, 250, 25),
        (Kind.TEXTBOOK, 251, 25),
        (Kind.TEXTBOOK, 260, 25),
        (Kind.TEXTBOOK, 9, 0),
        (Kind.TEXTBOOK, 10, 1),
        *((kind, 240, 36) for kind in FIFTEEN),
    ],
)
def test_a_limit_and_the_page_that_passes_it(kind: Kind, total: int, limit: int) -> None:
    assert share_of(first(1), total, kind, None).limit == limit
    if limit:
        assert share_of(first(limit), total, kind, None).over is False
    assert share_of(first(limit + 1), total, kind, None).over is True


@pytest.mark.parametrize(
    ("source", "limit"),
    [(PlaySource.UNPUBLISHED, 80), (PlaySource.ADEL, 80), (PlaySource.PUBLISHED, 12), (None, 12)],
)
def test_all_of_a_play_may_be_copied_that_is_unpublished_or_bought_from_adel(
    source: PlaySource | None, limit: int
) -> None:
    share = share_of(first(80), 80, Kind.PLAY, source)
    assert (share.limit, share.percent, share.over) == (limit, 100.0, limit < 80)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PLAY])
def test_where_a_play_comes_from_changes_nothing_for_other_works(kind: Kind) -> None:
    assert share_of(first(3), 80, kind, PlaySource.ADEL) == share_of(first(3), 80, kind, None)


@pytest.mark.parametrize("source", [PlaySource.UNPUBLISHED, PlaySource.ADEL])
def test_a_play_copied_whole_counts_all_its_pages(source: PlaySource) -> None:
    share = share_of(WHOLE, 80, Kind.PLAY, source)
    assert (share.pages, share.percent, share.over) == (80, 100.0, False)


@pytest.mark.parametrize("kind", Kind)
def test_a_short_text_copied_whole_has_no_share(kind: Kind) -> None:
    for total in (None, 80):
        share = share_of(WHOLE, total, kind, None)
        assert (share.pages, share.percent, share.over) == (None, None, None)


@pytest.mark.parametrize("kind", Kind)
def test_without_the_total_nothing_can_be_told(kind: Kind) -> None:
    share = share_of(first(30), None, kind, None)
    assert (share.pages, share.limit, share.percent, share.over) == (30, None, None, None)


@pytest.mark.parametrize(
    ("pages", "total", "percent"),
    [(36, 300, 12.0), (1, 3, 33.3), (2, 3, 66.7), (1, 2000, 0.1), (7, 46, 15.2)],
)
def test_the_share_is_said_to_one_decimal(pages: int, total: int, percent: float) -> None:
    assert share_of(first(pages), total, Kind.BOOK, None).percent == percent


def test_each_page_counts_once_and_those_before_page_one_count_too() -> None:
    twice = Pages((Range(12, 30), Range(20, 35), Range(12, 15, roman=True)))
    assert share_of(twice, 240, Kind.BOOK, None).pages == 28


@given(st.integers(1, 20_000), st.sampled_from(Kind), st.sampled_from([*PlaySource, None]))
def test_a_limit_never_passes_the_work_nor_the_rule(
    total: int, kind: Kind, source: PlaySource | None
) -> None:
    limit = share_of(first(1), total, kind, source).limit
    assert limit is not None
    assert 0 <= limit <= total
    if kind is Kind.TEXTBOOK:
        assert limit <= 25
        assert limit * 10 <= total
    elif kind is not Kind.PLAY:
        assert limit * 100 <= total * 15 < (limit + 1) * 100
