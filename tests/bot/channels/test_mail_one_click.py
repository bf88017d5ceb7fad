"""Reminders whose heading has a link that ends them with one click (RFC 8058)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.mailing import Mailing
from bot.messages import Lane
from tests.mailed import TAGGED, TOKEN, UNTAGGED, defects, parsed, to_mail, written


def test_where_there_are_pages_one_click_is_enough() -> None:
    public = replace(TAGGED, public="https://declic.test/" + "a" * 180)
    mail = written(to_mail("Bonjour", lane=Lane.CAMPAIGN, person_id=3), public)
    message = parsed(mail)
    link, by_mail = str(message["List-Unsubscribe"]).split(", ")
    assert re.fullmatch(r"<https://declic\.test/a{180}/unsubscribe/7-[0-9a-f]{32}>", link)
    assert by_mail == f"<mailto:declic%2B7.{TOKEN}@exemple.test?subject=STOP>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert TOKEN not in link
    assert max(map(len, mail.raw.splitlines())) < 300
    assert defects(message) == []


@pytest.mark.parametrize(
    ("mailing", "letter"),
    [
        (UNTAGGED, {"lane": Lane.CAMPAIGN, "person_id": 3}),
        (replace(UNTAGGED, public="https://declic.test"), {"lane": Lane.CAMPAIGN}),
        (replace(UNTAGGED, public="https://declic.test"), {"person_id": 3}),
    ],
    ids=["no pages", "nobody reminded", "no reminder"],
)
def test_else_there_is_no_link(mailing: Mailing, letter: dict[str, Any]) -> None:
    message = parsed(written(to_mail("Bonjour", **letter), mailing))
    assert "https" not in str(message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] is None
