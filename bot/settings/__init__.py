"""Every setting, checked at start; all faults are reported at once. `.env.example` documents each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.settings.agreement import AgreementSettings
from bot.settings.lookup import LookupSettings
from bot.settings.mail import MailSettings
from bot.settings.privacy import PrivacySettings
from bot.settings.roster import RosterSettings
from bot.settings.team import TeamSettings

PREFIX = "DECLIC_"
ALL = re.compile(r".+", re.DOTALL)
UP_TO_AT = re.compile(r"^.*@")
SECRET = {
    **dict.fromkeys(("DATABASE", "MAIL_TOKEN_URL"), UP_TO_AT),
    **dict.fromkeys(("TELEGRAM_TOKEN", "MAILBOXES", "SMTP", "MAIL_CLIENT_SECRET", "KEYS"), ALL),
}
"""What is never shown of a value: the password in a database's address, a token. Where a password in a mail server's
address ends cannot be told when the address is wrong."""


class Destination(StrEnum):
    """What sending a declaration means; who runs the assistant decides it."""

    COLLECTOR = "collector"
    FORWARD = "forward"
    PREPARE = "prepare"


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One setting that is missing or wrong."""

    setting: str
    """Its name without the prefix, in capitals."""
    problem: str
    """What is wrong with the value; empty where there is none."""
    given: str = ""

    @property
    def variable(self) -> str:
        return f"{PREFIX}{self.setting}"


class SettingsFaulty(Exception):
    """Settings are missing or wrong: mend every one of `faults` in the environment or in `.env`."""

    def __init__(self, faults: tuple[SettingFault, ...]) -> None:
        super().__init__("; ".join(f"{fault.variable}: {fault.problem or 'missing'}" for fault in faults))
        self.faults = faults


def _zone(value: object) -> object:
    try:
        return ZoneInfo(value) if isinstance(value, str) else value
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError(
            f"unknown time zone {value!r}; give an IANA name such as America/Toronto"
        ) from unknown


def _readable(path: Path) -> Path:
    try:
        read_guides(path)
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error
    return path


def _cache() -> Path:
    return user_cache_path("declic")


class Settings(
    AgreementSettings, LookupSettings, MailSettings, PrivacySettings, RosterSettings, TeamSettings
):
    """What the operator decides. An environment variable beats the file `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database: Annotated[str, Field(pattern=r"^(sqlite:///.+|postgresql://.+)$", repr=False)] = (
        "sqlite:///declic.db"
    )
    organisation: Annotated[str, Field(min_length=2)]
    contact: Annotated[str, Field(min_length=2)]
    destination: Destination
    platform_url: HttpUrl | None = None
    copibec_contact: str = ""
    zone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("America/Toronto")
    grace_days: Annotated[int, Field(ge=0, le=91)] = 14
    guides_file: Annotated[Path, AfterValidator(_readable)] | None = None
    cache: Annotated[Path, Field(default_factory=_cache)]
    telegram_token: SecretStr | None = None
    telegram_api: HttpUrl = HttpUrl("https://api.telegram.org/bot")
    language: Literal["fr", "en"] = "fr"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @cached_property
    def guides(self) -> Mapping[str, str]:
        """The address of each guide by its title, from the operator's file as it stood at start."""
        return read_guides(self.guides_file) if self.guides_file else {}


class Glimpse(BaseSettings):
    """What can be known of the settings while others are at fault."""

    model_config = Settings.model_config

    language: str = Settings.model_fields["language"].default
    """As asked for, right or wrong."""
    cache: Annotated[Path, Field(default_factory=_cache)]
    telegram_token: SecretStr | None = None
    mail_address: str | None = None


def load_settings(defaults: Mapping[str, str] | None = None) -> Settings:
    """The settings, or SettingsFaulty with every fault. `defaults` stand where the operator says nothing."""
    try:
        settings = _with_defaults(defaults or {})()
    except ValidationError as error:
        raise SettingsFaulty(tuple(_fault(one) for one in error.errors())) from error
    _ = settings.guides
    return settings


def read_guides(path: Path) -> dict[str, str]:
    """A TOML file of `"title" = "address"` lines; ValueError when it is not."""
    return {
        title: _address(title, address) for title, address in tomllib.loads(path.read_text("utf-8")).items()
    }


def _address(title: str, address: object) -> str:
    try:
        return str(HttpUrl(str(address)))
    except ValidationError as error:
        raise ValueError(f"{title!r} has no web address, but {address!r}") from error


def _with_defaults(defaults: Mapping[str, str]) -> Callable[[], Settings]:
    class WithDefaults(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            *sources: PydanticBaseSettingsSource,
            **more: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """The lowest of all sources is the last."""
            return (*sources, *more.values(), InitSettingsSource(settings_cls, dict(defaults)))

    return WithDefaults


def _fault(error: Mapping[str, Any]) -> SettingFault:
    setting = "_".join(str(part) for part in error["loc"][:1]).upper()
    if error["type"] == "missing":
        return SettingFault(setting, "")
    given = SECRET[setting].sub("…", str(error["input"])) if setting in SECRET else str(error["input"])
    return SettingFault(setting, error["msg"].removeprefix("Value error, "), given)
