"""The settings of who is reached where."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode


def _names(given: object) -> object:
    """What stands between commas."""
    return tuple(filter(None, map(str.strip, given.split(",")))) if isinstance(given, str) else given


class RosterSettings(BaseSettings):
    """What the operator decides of people and their addresses."""

    telegram_name: Annotated[str, Field(pattern=r"^(?:@?\w{4,32})?$")] = ""
    telegram_off: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = ()

    def invitation_link(self, token: str) -> str | None:
        """The address that opens Telegram on the bot with this token; None while the bot's name is not known."""
        name = self.telegram_name.removeprefix("@")
        return f"https://t.me/{name}?start={token}" if name else None
