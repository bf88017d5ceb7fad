"""What was copied, and what has to be declared at all (entry `declare-what`)."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of works, by the rules that hold for them."""

    BOOK = "book"
    TEXTBOOK = "textbook"
    ARTICLE = "article"
    LYRICS = "lyrics"
    SCORE = "score"
    PLAY = "play"
    IMAGE = "image"
    OTHER = "other"


class Origin(StrEnum):
    """What « autre » turns out to be."""

    OWNED = "owned"
    LICENSED = "licensed"
    PLATFORM = "platform"
    SITE = "site"
    SAMUEL = "samuel"
    OWN = "own"
    EXCERPT = "excerpt"


NOT_TO_DECLARE = frozenset(Origin) - {Origin.EXCERPT}
"""All but an excerpt of something published, on paper or on the web."""


class PlaySource(StrEnum):
    """Where the copied play comes from: it decides whether all of it may be copied."""

    UNPUBLISHED = "unpublished"
    ADEL = "adel"
    PUBLISHED = "published"


class Medium(StrEnum):
    """How the pupils got it."""

    PAPER = "paper"
    DIGITAL = "digital"
    SCREEN = "screen"


HAS_PAGES = frozenset({Kind.BOOK, Kind.TEXTBOOK, Kind.SCORE, Kind.IMAGE, Kind.PLAY})
"""Kinds whose total number of pages must be known for the share."""
MAY_LACK_PAGES = frozenset({Kind.ARTICLE, Kind.OTHER})
"""Kinds whose total number of pages may stay unknown: an excerpt may come from the web."""
PUBLICATIONS = frozenset({Kind.BOOK, Kind.TEXTBOOK, Kind.IMAGE, Kind.OTHER})
"""Kinds that are copied from one and the same sort of work."""
SHORT = frozenset({Kind.ARTICLE, Kind.LYRICS, Kind.BOOK, Kind.TEXTBOOK, Kind.OTHER, Kind.PLAY})
"""Kinds in which a short text may be copied whole."""
