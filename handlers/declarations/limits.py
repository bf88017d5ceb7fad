"""The share of a work that one use copied, beside what the agreement lets copy.

What is said is « dépassement possible », never « interdit »: the assistant advises.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading import Pages
from handlers.declarations.agreement import HUNDREDTHS, WHOLE_PLAYS, rule_for
from handlers.declarations.kinds import Kind, PlaySource
from storage.declarations import Use, Work


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


def share_in(work: Work, use: Use) -> Share:
    """The share of the work that the use copied."""
    return share_of(Pages.parse(use.copied), work.total_pages, Kind(work.kind), source_of(work))


def source_of(work: Work) -> PlaySource | None:
    """Where a play comes from."""
    return PlaySource(work.source) if work.source else None


def share_of(copied: Pages, total: int | None, kind: Kind, source: PlaySource | None) -> Share:
    """The share of the work that was copied, and its limit."""
    counted = total if kind is Kind.PLAY and source in WHOLE_PLAYS else None
    pages = counted if copied.whole else copied.count
    return Share(pages, total, rule_for(kind, source).limit(total) if total else None)
