"""The settings of the agreement."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsFaulty, load_settings

NEEDED = {"organisation": "Nous", "contact": "aide@exemple.invalid", "destination": "forward"}


@pytest.mark.parametrize("by", ["person", "school"])
def test_shares_add_up_by_person_or_by_school(by: str) -> None:
    assert load_settings({**NEEDED, "shares_by": by}).shares_by == by


def test_by_person_unless_the_operator_says_otherwise() -> None:
    assert Settings.model_fields["shares_by"].default == "person"


def test_nothing_else_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECLIC_SHARES_BY", "class")
    with pytest.raises(SettingsFaulty) as raised:
        load_settings(NEEDED)
    assert [fault.variable for fault in raised.value.faults] == ["DECLIC_SHARES_BY"]
