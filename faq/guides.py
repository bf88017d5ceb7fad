"""Guides: titles that answers name, made links where the operator has configured an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Guides:
    """Handed to an answer as `guide`: `{{ guide("Signer pour autrui") }}`, `{% if "…" not in guide %}`.

    A title is the same with either apostrophe: documents print ’ where entries and keyboards write '.
    """

    addresses: Mapping[str, str]
    """Title → address, from the operator's configuration; it may well be empty. We never invent a link."""

    def __call__(self, title: str) -> Markup:
        """The title, linked if it has an address; safe in mini-HTML."""
        address = self._address(title)
        return Markup('<a href="{}">{}</a>').format(address, title) if address else escape(title)

    def __contains__(self, title: str) -> bool:
        return bool(self._address(title))

    def _address(self, title: str) -> str:
        wanted = _folded(title)
        found = (address for named, address in self.addresses.items() if _folded(named) == wanted)
        return next(filter(None, found), "")


def _folded(title: str) -> str:
    return title.replace("’", "'")
