"""A guide's title becomes a link where an address is configured, and only there."""

from __future__ import annotations

import pytest

from faq.guides import Guides

ADDRESSES = {"Guide <1>": "https://guides.example/1?a=1&b=2", "Vide": ""}


@pytest.mark.parametrize(
    ("title", "shown", "linked"),
    [
        ("Guide <1>", '<a href="https://guides.example/1?a=1&amp;b=2">Guide &lt;1&gt;</a>', True),
        ("Vide", "Vide", False),
        ("Un <autre>", "Un &lt;autre&gt;", False),
    ],
)
def test_a_title_is_linked_if_it_has_an_address(title: str, shown: str, linked: bool) -> None:
    guide = Guides(ADDRESSES)
    assert guide(title) == shown
    assert (title in guide) is linked
