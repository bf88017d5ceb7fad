"""The rules of the agreement as data: what each lets copy, with where and when it was read (entry `copy-limits`)."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.declarations.kinds import SHORT, Kind, PlaySource

HUNDREDTHS = 100
ALL_KINDS = frozenset(Kind)
WHOLE_PLAYS = frozenset({PlaySource.UNPUBLISHED, PlaySource.ADEL})
"""Never published, or the first copy bought from Adel inc."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is taken from."""

    name: str
    """A label of the template `limits/source`."""
    read: int
    """The year in which it was read there."""


COPIBEC = Source("copibec", 2026)
"""The public pages of Copibec for schools."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How much of a work may be copied; page counts never round up."""

    name: str
    """A label of the template `limits/rule`."""
    hundredths: int
    """Of all pages of the work; for a short text of its collection or issue."""
    most_pages: int | None = None
    """And no more than so many."""
    kinds: frozenset[Kind] = ALL_KINDS
    plays: frozenset[PlaySource] | None = None
    """For a play, where it has to come from; None: from anywhere."""
    whole_text: bool = False
    """Whether it is about a short text copied whole."""
    source: Source = COPIBEC

    def limit(self, total: int) -> int:
        """The pages that may be copied of a work of `total` pages."""
        share = total * self.hundredths // HUNDREDTHS
        return share if self.most_pages is None else min(share, self.most_pages)

    def fits(self, kind: Kind, play: PlaySource | None, whole_text: bool) -> bool:
        """Whether it is the rule for such a copy, unless one before it is."""
        known = self.plays is None or play in self.plays
        return kind in self.kinds and known and (whole_text or not self.whole_text)


RULES = (
    Rule("play", 100, kinds=frozenset({Kind.PLAY}), plays=WHOLE_PLAYS),
    Rule("lyrics", 15, kinds=frozenset({Kind.LYRICS}), whole_text=True),
    Rule("short", 15, kinds=SHORT, whole_text=True),
    Rule("school", 10, most_pages=25, kinds=frozenset({Kind.TEXTBOOK})),
    Rule("score", 15, kinds=frozenset({Kind.SCORE})),
    Rule("image", 15, kinds=frozenset({Kind.IMAGE})),
    Rule("general", 15),
)
"""The first that fits holds. A score may only come out of a collection, an image only out of a publication."""


def rule_for(kind: Kind, play: PlaySource | None = None, *, whole_text: bool = False) -> Rule:
    """The rule for copying pages of such a work, or a short text whole."""
    return next(rule for rule in RULES if rule.fits(kind, play, whole_text))
