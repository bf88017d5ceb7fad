"""The settings of privacy: how long each kind of data is kept, who answers for it, and what seals it."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from bot.settings.unfit import Unfit

Days = Annotated[int, Field(ge=1, le=36_500)]

KEEP: Final = "keep_"
KEY_BYTES: Final = 32


def _keys(given: SecretStr) -> SecretStr:
    for key in _parts(given):
        try:
            is_key = len(urlsafe_b64decode(key)) == KEY_BYTES
        except (Error, ValueError):
            is_key = False
        if not is_key:
            raise Unfit("key")
    return given


def _parts(given: SecretStr) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.get_secret_value().split(",") if part.strip())


class PrivacySettings(BaseSettings):
    """What the operator decides of what is kept about people."""

    privacy_contact: str = ""
    keys: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    keep_departed: Days = 731
    keep_enquiries: Days = 30
    keep_parked: Days = 14
    keep_letters: Days = 400
    keep_letter_files: Days = 7
    keep_answers: Days = 400
    keep_tickets: Days = 400
    keep_codes: Days = 1
    keep_roster_files: Days = 30
    keep_reminders: Days = 731
    keep_machine_answers: Days = 2
    keep_inbox: Days = 400
    keep_declarations: Days = 2557

    @cached_property
    def keep(self) -> Mapping[str, int]:
        """How many days each kind of data is kept, by the name that `storage.retention` gives it."""
        names = (name for name in PrivacySettings.model_fields if name.startswith(KEEP))
        return {name.removeprefix(KEEP).replace("_", "-"): getattr(self, name) for name in names}

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """What seals, the newest key first; none: nothing is sealed."""
        return _parts(self.keys) if self.keys else ()
