"""The settings of privacy: how long each kind is kept, and the keys that are never shown."""

from __future__ import annotations

import pytest

from bot.settings import SettingsFaulty, load_settings
from bot.settings.privacy import PrivacySettings
from storage.retention import KINDS
from storage.sealing import new_key
from tests.bot.test_settings import NEEDED, SetUp, faults, set_up

__all__ = ["set_up"]


def test_there_is_a_time_for_each_kind_of_data_and_no_other() -> None:
    assert set(PrivacySettings(_env_file=None).keep) == {kind.name for kind in KINDS}


def test_keys_come_newest_first(set_up: SetUp) -> None:
    newer, older = new_key(), new_key()
    set_up(**NEEDED, KEYS=f"{newer}, {older}")
    assert load_settings().sealing_keys == (newer, older)


@pytest.mark.parametrize("wrong", ["secret-trop-court", "é" * 44, "x" * 44 + ",", "s3cr3t," * 2])
def test_what_is_no_key_is_named_and_not_shown(set_up: SetUp, wrong: str) -> None:
    set_up(**NEEDED, KEYS=wrong)
    with pytest.raises(SettingsFaulty) as raised:
        load_settings()
    [fault] = raised.value.faults
    assert (fault.variable, fault.given) == ("DECLIC_KEYS", "…")
    assert fault.problem == "key"
    assert wrong.strip(",") not in f"{fault!r} {raised.value!r} {raised.value.__cause__}"


def test_keys_stay_out_of_what_settings_say_of_themselves(set_up: SetUp) -> None:
    key = new_key()
    set_up(**NEEDED, KEYS=key)
    assert key not in f"{load_settings()!r} {load_settings()}"


def test_nothing_is_kept_for_no_time(set_up: SetUp) -> None:
    set_up(**NEEDED, KEEP_LETTERS="0", KEEP_CODES="-1")
    assert set(faults()) == {"KEEP_LETTERS", "KEEP_CODES"}
