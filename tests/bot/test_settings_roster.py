"""The settings of who is reached where."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import Settings


def having(**more: str) -> Settings:
    needed = {"organisation": "Équipe fictive", "contact": "aide@exemple.invalid", "destination": "collector"}
    given: dict[str, Any] = {**needed, **more, "_env_file": None}
    return Settings(**given)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ()),
        ("secretary", ("secretary",)),
        (" secretary , Centre de services fictif,", ("secretary", "Centre de services fictif")),
    ],
)
def test_what_telegram_is_closed_to_stands_between_commas(given: str, read: tuple[str, ...]) -> None:
    assert having(telegram_off=given).telegram_off == read


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("declic_bot", "https://t.me/declic_bot?start=abc"),
        ("@declic_bot", "https://t.me/declic_bot?start=abc"),
        ("", None),
    ],
)
def test_an_invitation_leads_to_the_bot_where_its_name_is_known(name: str, link: str | None) -> None:
    assert having(telegram_name=name).invitation_link("abc") == link


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValidationError, match="telegram_name"):
        having(telegram_name="https://t.me/declic_bot")
