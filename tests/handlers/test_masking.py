"""Groups under five leave no school, and cannot be worked out from what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from handlers.reports.masking import LEAST, Hidden, hidden, hidden_of
from storage.figures import Counts, Figures, SchoolFigures, Selected, added
from storage.states import DECLARING_ROLES

SIZES = st.integers(0, 12)
CENTRES = st.lists(st.lists(SIZES, min_size=1, max_size=5), min_size=1, max_size=4)


def schools_of(centres: Sequence[Sequence[int]]) -> list[SchoolFigures]:
    """Schools of so many people, service centre by service centre; the last ones are private."""
    made: list[SchoolFigures] = []
    for number, sizes in enumerate(centres):
        centre_id = None if number == len(centres) - 1 else number + 1
        for size in sizes:
            school = Selected(len(made), f"École {len(made)}", centre_id, None)
            counts = Counts(expected=size, listed=size)
            by_role = {role: counts if role is DECLARING_ROLES[0] else Counts() for role in DECLARING_ROLES}
            made.append(SchoolFigures(school, Figures(counts, by_role)))
    return made


def shown_sums(schools: Sequence[SchoolFigures], out: Hidden) -> list[frozenset[int]]:
    """Each sum that is shown, less what is shown of it: the schools hidden in it, whose sum a reader can tell."""
    every = {one.school.id for one in schools}
    centres = groupby(schools, lambda one: one.school.centre_id)
    totals = [{one.school.id for one in among} for id_, among in centres if id_ not in out.centres]
    known = [*totals, *([every] if not out.whole else []), *({one} for one in every - out.schools)]
    return [frozenset(row & out.schools) for row in known if row & out.schools]


def can_be_told(row: frozenset[int], sums: Sequence[frozenset[int]], unknown: Sequence[int]) -> bool:
    """Whether the sum of these schools follows from the sums that are known."""
    known = [[Fraction(int(school in one)) for school in unknown] for one in sums]
    return rank(known) == rank([*known, [Fraction(int(school in row)) for school in unknown]])


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """Of a matrix, by elimination."""
    left, found = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * own for value, own in zip(row, pivot, strict=True)]
        found += 1
    return found


@given(CENTRES)
def test_no_small_group_is_shown_or_can_be_worked_out(centres: list[list[int]]) -> None:
    schools = schools_of(centres)
    sizes = {one.school.id: one.figures.total.listed for one in schools}
    out = hidden(schools, added(one.figures for one in schools))
    small = {one for one, size in sizes.items() if 0 < size < LEAST}
    assert small <= out.schools
    sums = shown_sums(schools, out)
    for one in out.schools:
        assert not can_be_told(frozenset({one}), sums, sorted(out.schools))
    for row in sums:
        assert sum(sizes[one] for one in row) >= LEAST
    between = [row - other for row in sums for other in sums if other < row]
    assert all(sum(sizes[one] for one in row) >= LEAST and len(row) > 1 for row in between)
    for id_, among in groupby(schools, lambda one: one.school.centre_id):
        total = sum(one.figures.total.listed for one in among)
        assert not 0 < total < LEAST or id_ in out.centres


@given(st.dictionaries(st.integers(), SIZES, max_size=8))
def test_of_groups_whose_total_is_shown_none_or_several_are_hidden(sizes: Mapping[int, int]) -> None:
    out = hidden_of(sizes)
    total = sum(sizes.values())
    assert {one for one, size in sizes.items() if 0 < size < LEAST} <= out
    assert not out or total < LEAST or (len(out) > 1 and sum(sizes[one] for one in out) >= LEAST)


def test_no_more_is_hidden_than_it_takes() -> None:
    assert hidden(schools_of([[10, 20, 30]]), Figures(Counts(60, 60))).schools == frozenset()
    assert hidden(schools_of([[3, 20, 30]]), Figures(Counts(53, 53))).schools == {0, 1}
    assert hidden(schools_of([[3, 4, 30]]), Figures(Counts(37, 37))).schools == {0, 1}
    alone = hidden(schools_of([[3], [20, 30], [10]]), Figures(Counts(63, 63)))
    assert alone == Hidden(frozenset({0, 3}), frozenset({1, None}))
