"""The whole knowledge base as it ships, built once for all tests that ask it something."""

from __future__ import annotations

from functools import cache

from faq.edition import Edition
from faq.library import Library
from tests.stage import furnished, library


@cache
def edition() -> Edition:
    """Ours, with the sentence encoder."""
    made = library().edition()
    assert made.matcher.vectors(["Bonjour"]) is not None
    return made


@cache
def edition_without_meaning() -> Edition:
    """Ours, as on a machine that lacks the encoder's package."""
    return Library(cache=furnished().settings.cache / "without-meaning").edition()


if __name__ == "__main__":  # makes the index of both, before several processes would at once
    edition()
    edition_without_meaning()
