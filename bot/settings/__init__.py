"""Every setting, checked at start; all faults are reported at once. `.env.example` documents each of them."""

from __future__ import annotations

import os
import re
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
    DotEnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.settings.agreement import AgreementSettings
from bot.settings.lookup import LookupSettings
from bot.settings.mail import MailSettings
from bot.settings.operating import OperatingSettings, witness_beside
from bot.settings.privacy import PrivacySettings
from bot.settings.reminders import ReminderSettings
from bot.settings.roster import RosterSettings
from bot.settings.team import TeamSettings
from bot.settings.unfit import Unfit, toml_in, trouble_of
from bot.settings.web import WebSettings

PREFIX = "DECLIC_"
ENV_FILE = ".env"
ALL = re.compile(r".+", re.DOTALL)
UP_TO_AT = re.compile(r"^.*@")
SECRET = {
    **dict.fromkeys(("DATABASE", "MAIL_TOKEN_URL", "PUBLIC_URL"), UP_TO_AT),
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
    """What is wrong with the value, in a word; empty where there is none."""
    given: str = ""
    detail: str = ""
    """What of the value it is about, such as a line of a file."""
    least: object = None
    most: object = None
    """What a number has to lie between."""

    @property
    def variable(self) -> str:
        return self.setting if self.setting == ENV_FILE else f"{PREFIX}{self.setting}"


class SettingsFaulty(Exception):
    """Settings are missing or wrong: mend every one of `faults` in the environment or in `.env`."""

    def __init__(self, faults: tuple[SettingFault, ...]) -> None:
        super().__init__("; ".join(f"{fault.variable}: {fault.problem or 'missing'}" for fault in faults))
        self.faults = faults


def _zone(value: object) -> object:
    try:
        return ZoneInfo(value) if isinstance(value, str) else value
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise Unfit("zone") from unknown


def _readable(path: Path) -> Path:
    read_guides(path)
    return path


def _cache() -> Path:
    return user_cache_path("declic")


class Settings(
    AgreementSettings,
    LookupSettings,
    MailSettings,
    OperatingSettings,
    PrivacySettings,
    ReminderSettings,
    RosterSettings,
    TeamSettings,
    WebSettings,
):
    """What the operator decides. An environment variable beats the file `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
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

    @property
    def witness_file(self) -> Path:
        """Where it is written how far things are."""
        return self.witness or witness_beside(self.database)


class Glimpse(BaseSettings):
    """What can be known of the settings while others are at fault."""

    model_config = Settings.model_config

    language: str = Settings.model_fields["language"].default
    """As asked for, right or wrong."""
    cache: Annotated[Path, Field(default_factory=_cache)]
    telegram_token: SecretStr | None = None
    mail_address: str | None = None
    mailboxes: str | None = None
    smtp: str | None = None


def glimpse() -> Glimpse:
    """What can be known, whatever the file `.env` is like."""
    try:
        return Glimpse()
    except (OSError, UnicodeDecodeError):
        file = {"_env_file": None}
        return Glimpse(**file)


def load_settings(defaults: Mapping[str, str] | None = None) -> Settings:
    """The settings, or SettingsFaulty with every fault. `defaults` stand where the operator says nothing."""
    try:
        settings = _with_defaults(defaults or {})()
    except ValidationError as error:
        raise SettingsFaulty(tuple(_fault(one) for one in error.errors())) from error
    except UnicodeDecodeError as error:
        raise SettingsFaulty((SettingFault(ENV_FILE, "not-utf-8"),)) from error
    except OSError as error:
        raise SettingsFaulty((SettingFault(ENV_FILE, trouble_of(error)),)) from error
    _ = settings.guides
    return settings


def read_guides(path: Path) -> dict[str, str]:
    """A TOML file of `"title" = "address"` lines; Unfit when it is not."""
    return {title: _address(title, address) for title, address in toml_in(path).items()}


def _address(title: str, address: object) -> str:
    try:
        return str(HttpUrl(str(address)))
    except ValidationError as error:
        raise Unfit("not-web", f"{title} = {address}") from error


def unknown_variables() -> tuple[str, ...]:
    """What begins like a setting, in the environment or in `.env`, and is none."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    said = {*os.environ, *(name.upper() for name in DotEnvSettingsSource(Settings).env_vars)}
    return tuple(
        sorted(name for name in said if name.upper().startswith(PREFIX) and name.upper() not in known)
    )


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
    raised = error.get("ctx", {}).get("error")
    if isinstance(raised, Unfit):
        return SettingFault(setting, raised.why, given, raised.detail)
    if isinstance(raised, ValueError):
        return SettingFault(setting, str(raised), given)
    return SettingFault(
        setting, error["type"], given, least=_bound(setting, "ge"), most=_bound(setting, "le")
    )


def _bound(setting: str, which: str) -> object:
    """The least or the most that a number may be; None where there is no such bound."""
    field = Settings.model_fields.get(setting.lower())
    bounds = (getattr(one, which, None) for one in field.metadata) if field else ()
    return next((bound for bound in bounds if bound is not None), None)
