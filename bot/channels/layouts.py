"""Layouts: the HTML around what a channel says, for those that show HTML."""

from __future__ import annotations

from functools import cache
from typing import Final

from jinja2 import FileSystemLoader, Template

from bot.render import TEMPLATES, escaping

LAYOUTS: Final = TEMPLATES / "layouts"


@cache
def layout(name: str) -> Template:
    """The one in this file."""
    return escaping(FileSystemLoader(LAYOUTS)).get_template(name)
