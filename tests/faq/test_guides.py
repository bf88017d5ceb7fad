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


@pytest.mark.parametrize("named", ["L'année en cours", "L’année en cours"])
@pytest.mark.parametrize("configured", ["L'année en cours", "L’année en cours"])
def test_a_title_is_found_with_either_apostrophe(named: str, configured: str) -> None:
    guide = Guides({configured: "https://guides.example/2"})
    assert named in guide
    assert 'href="https://guides.example/2"' in guide(named)
    assert guide(named).striptags().replace("’", "'") == "L'année en cours", (
        "it reads as the answer writes it"
    )


def test_an_empty_address_hides_no_other() -> None:
    guide = Guides({"L'année": "", "L’année": "https://guides.example/3"})
    assert "L'année" in guide
