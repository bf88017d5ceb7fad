"""The settings of looking books up: off unless the operator says where."""

from __future__ import annotations

import pytest

from bot.settings import load_settings
from tests.bot.test_settings import NEEDED, SetUp, faults, set_up

__all__ = ["set_up"]


def test_nobody_is_asked_unless_the_operator_says_so(set_up: SetUp) -> None:
    set_up(**NEEDED)
    assert (load_settings().lookup_url, load_settings().lookup_seconds) == (None, 5)


def test_a_library_and_a_patience_may_be_given(set_up: SetUp) -> None:
    set_up(**NEEDED, LOOKUP_URL="https://openlibrary.org", LOOKUP_SECONDS="3")
    settings = load_settings()
    assert settings.lookup_url
    assert (settings.lookup_url.host, settings.lookup_seconds) == ("openlibrary.org", 3)


@pytest.mark.parametrize(
    ("name", "given"),
    [("LOOKUP_URL", "openlibrary.org"), ("LOOKUP_URL", "ftp://livres.exemple"), ("LOOKUP_SECONDS", "60")],
)
def test_what_is_neither_is_told(set_up: SetUp, name: str, given: str) -> None:
    set_up(**{**NEEDED, name: given})
    assert {*faults()} == {name}
