"""Renders the entries' answers for the tests, as the render room does."""

from __future__ import annotations

import html
import re
from functools import cache

from jinja2 import Environment, StrictUndefined

from faq.entry import UNKNOWN, Entry
from faq.guides import Guides
from faq.loader import load_entries

ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def entries() -> dict[str, Entry]:
    """Our entries by id."""
    return {entry.id: entry for entry in load_entries()}


def render(source: str, guides: dict[str, str] | None = None, **known: object) -> str:
    """An answer in mini-HTML, to a person of whom this much is known."""
    data = {**UNKNOWN, **known, "guide": Guides(guides or {})}
    return ENVIRONMENT.from_string(source).render(data).strip()


def read(source: str, guides: dict[str, str] | None = None, **known: object) -> str:
    """The same as read on a screen."""
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", render(source, guides, **known)))
