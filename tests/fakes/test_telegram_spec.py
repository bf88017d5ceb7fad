"""The description of the Bot API that calls are held against."""

import pytest

from tests.fakes.telegram import spec
from tests.fakes.telegram.cut import cut
from tests.fakes.telegram.methods import METHODS


@pytest.mark.parametrize("name", METHODS)
def test_the_fake_understands_only_fields_that_telegram_has(name: str) -> None:
    assert set(METHODS[name].takes.split()) <= spec.METHODS[name].keys()


def test_the_specification_is_cut_to_what_calls_need() -> None:
    text = {"name": "text", "types": ["String"], "required": True, "description": "Label"}
    kind = {"name": "type", "types": ["String"], "required": True, "description": "Kind, must be red"}
    keys = {"name": "keys", "types": ["Array of Array of Key"], "required": False, "description": "Keys"}
    full = {
        "version": "Bot API 10.1",
        "methods": {"send": {"description": "Sends", "returns": ["Message"], "fields": [text, keys]}},
        "types": {
            "Key": {"subtypes": ["RedKey"], "fields": []},
            "RedKey": {"description": "Red", "fields": [kind]},
            "Message": {"fields": [text]},
            "Update": {"fields": [{"name": "update_id"}, {"name": "message"}]},
        },
    }
    required = {"types": ["String"], "required": True}
    assert cut(full) == {
        "version": "Bot API 10.1",
        "updates": ["message"],
        "methods": {"send": {"text": required, "keys": {"types": ["Array of Array of Key"]}}},
        "types": {
            "Key": {"subtypes": ["RedKey"]},
            "RedKey": {"fields": {"type": required | {"only": "red"}}},
        },
    }
