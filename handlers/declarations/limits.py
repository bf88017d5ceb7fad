"""How much of a work the agreement lets copy (entry `copy-limits`; public pages of Copibec, read in 2026).

What is said is « dépassement possible », never « interdit »: the assistant advises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.reading import Pages
from handlers.declarations.kinds import Kind, PlaySource

HUNDREDTHS = 100
SHARE = 15
"""Hundredths of a work of the repertoire."""
SCHOOL_SHARE = 10
WHOLE_PLAY = (PlaySource.UNPUBLISHED, PlaySource.ADEL)
"""Plays of which all may be copied."""
SCHOOL_PAGES = 25
"""For a work made for schools: the lesser of this many hundredths and this many pages."""


@dataclass(frozen=True, slots=True)
class Share:
    """What was copied, beside what may be."""

    pages: int | None
    """None for a whole short text, whose pages are not counted."""
    total: int | None
    limit: int | None
    """Pages that may be copied; None where it cannot be told."""

    @property
    def percent(self) -> float | None:
        """Hundredths of the work, to one decimal."""
        return round(self.pages * HUNDREDTHS / self.total, 1) if self.pages and self.total else None

    @property
    def over(self) -> bool | None:
        """Whether it may go past the limit; None where it cannot be told."""
        return self.pages > self.limit if self.pages is not None and self.limit is not None else None


def share_of(copied: Pages, total: int | None, kind: Kind, source: PlaySource | None) -> Share:
    """The share of the work that was copied, and its limit."""
    counted = total if kind is Kind.PLAY and source in WHOLE_PLAY else None
    pages = counted if copied.whole else copied.count
    return Share(pages, total, LIMITS.get(kind, _fifteen)(total, source) if total else None)


def _fifteen(total: int, _source: PlaySource | None) -> int:
    return total * SHARE // HUNDREDTHS


def _for_schools(total: int, _source: PlaySource | None) -> int:
    return min(total * SCHOOL_SHARE // HUNDREDTHS, SCHOOL_PAGES)


def _play(total: int, source: PlaySource | None) -> int:
    return total if source in WHOLE_PLAY else _fifteen(total, source)


LIMITS: Mapping[Kind, Callable[[int, PlaySource | None], int]] = {
    Kind.TEXTBOOK: _for_schools,
    Kind.PLAY: _play,
}
"""Every other kind follows the general limit."""
