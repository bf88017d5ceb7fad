"""Shares add up: the pages of one work that were declared in one school year, each counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reading import Pages, Range
from bot.turn import Turn
from handlers.declarations.kinds import Kind
from handlers.declarations.limits import share_of, source_of
from handlers.declarations.periods import Period, period_of
from handlers.declarations.works import keys_of
from storage import shares
from storage.declarations import Use, Work
from storage.shares import Copied, Owner


@dataclass(frozen=True, slots=True)
class Earlier:
    """One declaration of the same work that counts too."""

    number: int
    declared_on: date
    pages: int | None
    """None for a whole short text: its pages were never told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a use stands with all that was declared of the same work in the same school year; all in pages."""

    limit: int | None
    """What may be copied of the work; None where it cannot be told."""
    before: int
    """What was declared besides, each page once."""
    now: int | None
    """What this use copies; None for a whole short text, whose pages are not told."""
    together: int | None
    """Both, each page once; None where `now` is."""
    earlier: tuple[Earlier, ...] = ()
    """The declarations that `before` comes from, the oldest first."""
    by_school: bool = False
    """Whether those of everybody in the school count."""

    @property
    def left(self) -> int | None:
        """What may still be copied after this use; None where it cannot be told."""
        if self.limit is None or self.together is None:
            return None
        return max(0, self.limit - self.together)

    @property
    def past(self) -> int:
        """By how much both together go past the limit; 0 also where it cannot be told."""
        known = self.limit is not None and self.together is not None
        return max(0, (self.together or 0) - (self.limit or 0)) if known else 0

    @property
    def over(self) -> bool | None:
        """Whether both together may go past the limit; None where it cannot be told."""
        return self.past > 0 if self.left is not None else None

    @property
    def repeats(self) -> int:
        """How many pages of this use were declared already."""
        return self.before + (self.now or 0) - self.together if self.together is not None else 0

    @property
    def uncounted(self) -> int:
        """How many whole short texts were declared besides, whose pages nobody told."""
        return sum(one.pages is None for one in self.earlier)


def standing(turn: Turn, work: Work, use: Use, besides: int | None = None) -> Standing:
    """How this use of the sender's stands; `besides` leaves out the declaration with that number."""
    return standing_of(turn, work, Pages.parse(use.copied), use.used_on, besides)


def standing_of(turn: Turn, work: Work, copied: Pages, day: date, besides: int | None = None) -> Standing:
    """The same for pages that may not be copied yet."""
    share = share_of(copied, work.total_pages, Kind(work.kind), source_of(work))
    earlier, by_school = _earlier(turn, work, day, besides)
    before = [pages for one in earlier for pages in _ranges(one.copied, one.pages)]
    together = [*before, *_ranges(str(copied), share.pages)]
    return Standing(
        limit=share.limit,
        before=distinct(before),
        now=share.pages,
        together=None if share.pages is None else distinct(together),
        earlier=tuple(_as_told(turn, one) for one in earlier),
        by_school=by_school,
    )


def alone(work: Work, copied: Pages) -> Standing:
    """How pages stand of whose copier nothing is known."""
    share = share_of(copied, work.total_pages, Kind(work.kind), source_of(work))
    return Standing(share.limit, 0, share.pages, share.pages)


def _earlier(turn: Turn, work: Work, day: date, besides: int | None) -> tuple[list[Copied], bool]:
    """The other declarations that count, and whether they are the whole school's."""
    owner, owner_id = _owner(turn)
    found = turn.once(_Declared(owner, owner_id, keys_of(turn, work), _school_year(day)))
    return [one for one in found if one.id != besides], owner is Owner.SCHOOL


@dataclass(frozen=True, slots=True)
class _Declared:
    """Reads the declarations of one work in one school year; for `Turn.once`."""

    owner: Owner
    owner_id: int
    keys: tuple[str, ...]
    year: tuple[date, date]

    def __call__(self, turn: Turn) -> tuple[Copied, ...]:
        return shares.of_work(turn.tx, self.owner, self.owner_id, self.keys, *self.year)


def _owner(turn: Turn) -> tuple[Owner, int]:
    """Whose declarations add up: the sender's, or by the operator's setting those of the school."""
    school = turn.person.school.school_id if turn.person.school else None
    if turn.house.settings.shares_by == "person" or school is None:
        return Owner.PERSON, turn.person.id
    return Owner.SCHOOL, school


def _school_year(day: date) -> tuple[date, date]:
    """The first and the last day of the school year that the day of use falls in."""
    year = period_of(day).year
    return Period(year, 1).first, Period(year + 1, 1).first - timedelta(days=1)


def _ranges(copied: str, pages: int | None) -> tuple[Range, ...]:
    """The pages that count: of a whole play all of them, of a whole short text none, since nobody told them."""
    told = Pages.parse(copied)
    return (Range(1, pages),) if told.whole and pages else told.ranges


def distinct(ranges: Sequence[Range]) -> int:
    """How many pages these are, each once; those in roman numerals are others than those in digits."""
    return Pages(tuple(ranges)).count if ranges else 0


def _as_told(turn: Turn, one: Copied) -> Earlier:
    return Earlier(one.id, one.sent_at.astimezone(turn.now.tzinfo).date(), one.pages)
