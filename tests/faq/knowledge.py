"""The whole knowledge base as it ships, built once for all tests that ask it something."""

from __future__ import annotations

from functools import cache

from faq.edition import Edition
from faq.library import Library
from faq.meaning import load_encoder


@cache
def edition() -> Edition:
    """Ours, with the sentence encoder."""
    encode = load_encoder()
    assert encode
    return Library(encode).edition()


@cache
def edition_without_meaning() -> Edition:
    """Ours, as on a machine that lacks the encoder's package."""
    return Library().edition()
