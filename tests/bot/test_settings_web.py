"""The settings of the web: reached by https alone, and nowhere unless asked for."""

from __future__ import annotations

import re

import pytest

from bot.settings import load_settings
from bot.settings.web import Listening
from tests.bot.test_settings import NEEDED, SetUp, faults, set_up

__all__ = ["set_up"]


@pytest.mark.parametrize(
    ("given", "public", "listening"),
    [
        ({}, None, None),
        ({"LISTEN": "0.0.0.0:80"}, None, "0.0.0.0:80"),
        ({"LISTEN": "[::1]:8080"}, None, "[::1]:8080"),
        ({"PUBLIC_URL": "https://declic.test"}, "https://declic.test", "127.0.0.1:8080"),
        ({"PUBLIC_URL": "https://ecole.test:8443/aide/declic/"}, "https://ecole.test:8443/aide/declic", None),
    ],
)
def test_nothing_listens_unless_asked_for(
    set_up: SetUp, given: dict[str, str], public: str | None, listening: str | None
) -> None:
    set_up(**NEEDED, **given)
    settings = load_settings()
    assert settings.public_url == public
    if listening or not given:
        assert (str(settings.listening) if settings.listening else None) == listening
    else:
        assert settings.listening == Listening()


@pytest.mark.parametrize(
    ("setting", "given", "problem"),
    [
        ("PUBLIC_URL", "http://declic.test", "not-https"),
        ("PUBLIC_URL", "declic.test", "not-https"),
        ("PUBLIC_URL", "https://", "not-https"),
        ("PUBLIC_URL", "https://école.test", "public-address"),
        ("PUBLIC_URL", "https://moi:secret@declic.test", "public-address"),
        ("PUBLIC_URL", "https://declic.test/?a=b", "public-address"),
        ("PUBLIC_URL", "https://declic.test/#la", "public-address"),
        ("PUBLIC_URL", "https://declic.test/>,<mailto:x@y.test", "public-address"),
        ("PUBLIC_URL", f"https://{'a' * 200}.test", "public-address"),
        ("LISTEN", "8080", "listen"),
        ("LISTEN", "localhost", "listen"),
        ("LISTEN", "localhost:http", "listen"),
        ("LISTEN", "localhost:65536", "listen"),
        ("LISTEN", "::1:8080", "listen"),
    ],
)
def test_what_does_not_suit_is_told(set_up: SetUp, setting: str, given: str, problem: str) -> None:
    set_up(**NEEDED, **{setting: given})
    assert faults() == {setting: (problem, re.sub(".*@", "…", given))}


def test_both_are_told_at_once(set_up: SetUp) -> None:
    set_up(**NEEDED, PUBLIC_URL="http://declic.test", LISTEN="8080")
    assert faults() == {
        "PUBLIC_URL": ("not-https", "http://declic.test"),
        "LISTEN": ("listen", "8080"),
    }
