"""Inline keyboards: what Telegram takes, and what people see of them."""

from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.errors import bad_request, misuse, not_imitated

LONGEST_DATA = 64
"""Bytes in a button's callback_data."""

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str | None
    url: str | None


Keyboard = tuple[tuple[Button, ...], ...]


def checked(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Returns the inline keyboard as it stands under the message, None where nothing does."""
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        raise not_imitated("keyboards other than inline ones")
    rows = [row for row in markup["inline_keyboard"] if row]
    for button in (button for row in rows for button in row):
        _check(button)
    return {"inline_keyboard": rows} if rows else None


def _check(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise misuse("can't parse inline keyboard button: Keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise misuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise misuse(f"can't parse inline keyboard button: exactly one of {', '.join(actions)} must be used")
    if len(button.get("callback_data", "").encode()) > LONGEST_DATA:
        raise misuse("BUTTON_DATA_INVALID")
    if not button.get("url", "https://").startswith(("https://", "http://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid")


def seen(markup: dict[str, Any] | None) -> Keyboard:
    rows = markup["inline_keyboard"] if markup else []
    return tuple(tuple(Button(b["text"], b.get("callback_data"), b.get("url")) for b in row) for row in rows)
