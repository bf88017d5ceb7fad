"""Every setting, checked at start; all faults are reported at once. `.env.example` documents each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.mailing import (
    MICROSOFT_365,
    Mailing,
    MailServer,
    TokenIssuer,
    address_of,
    authorities_of,
    given,
    let_in,
    mailboxes_of,
    smtp_of,
    token_url_of,
)

PREFIX = "DECLIC_"
ALL = re.compile(r".+", re.DOTALL)
UP_TO_AT = re.compile(r"^.*@")
SECRET = {
    **dict.fromkeys(("DATABASE", "MAIL_TOKEN_URL"), UP_TO_AT),
    **dict.fromkeys(("TELEGRAM_TOKEN", "MAILBOXES", "SMTP", "MAIL_CLIENT_SECRET"), ALL),
}
"""What is never shown of a value: the password in a database's address, a token. Where a password in a mail server's
address ends cannot be told when the address is wrong."""
MAIL = ("mail_address", "mailboxes", "smtp")
TOKENS = ("mail_token_url", "mail_client_id", "mail_client_secret")
TOGETHER = (MAIL, TOKENS)
"""The settings of e-mail that are needed together."""


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


def _parsed(parse: Callable[[str], object]) -> BeforeValidator:
    return BeforeValidator(lambda given: parse(given) if isinstance(given, str) else given)


Servers = TypeVar("Servers", MailServer, tuple[MailServer, ...])


def _let_in(servers: Servers, info: ValidationInfo) -> Servers:
    """Where the token server is wrong itself, that is told already."""
    by_token = info.data.get("mail_token_url", "") is not None
    for server in servers if isinstance(servers, tuple) else (servers,):
        let_in(server, by_token=by_token)
    return servers


LET_IN = AfterValidator(_let_in)


def _cache() -> Path:
    return user_cache_path("declic")


class Settings(BaseSettings):
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
    mail_address: Annotated[str | None, _parsed(address_of)] = None
    mail_token_url: Annotated[str | None, _parsed(token_url_of)] = None
    mail_client_id: Annotated[str | None, _parsed(given)] = None
    mail_client_secret: Annotated[SecretStr | None, _parsed(given)] = None
    mail_token_scope: Annotated[str, Field(min_length=1)] = MICROSOFT_365
    mailboxes: Annotated[tuple[MailServer, ...] | None, NoDecode, _parsed(mailboxes_of), LET_IN] = None
    smtp: Annotated[MailServer | None, NoDecode, _parsed(smtp_of), LET_IN] = None
    mail_tags: bool = False
    mail_trusted: Annotated[str, Field(pattern=r"^[^\s;]*$")] = ""
    mail_per_hour: Annotated[int, Field(ge=1)] = 10
    mail_per_day: Annotated[int, Field(ge=1)] = 40
    mail_per_minute: Annotated[int, Field(ge=1)] = 30
    mail_done_folder: str = ""
    mail_authorities: Annotated[Path, AfterValidator(authorities_of)] | None = None
    language: Literal["fr", "en"] = "fr"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @cached_property
    def guides(self) -> Mapping[str, str]:
        """The address of each guide by its title, from the operator's file as it stood at start."""
        return read_guides(self.guides_file) if self.guides_file else {}

    @cached_property
    def mailing(self) -> Mailing | None:
        """How e-mail is sent and received; None when it is not."""
        if not (self.mail_address and self.mailboxes and self.smtp):
            return None
        return Mailing(
            self.mail_address,
            self.mailboxes,
            self.smtp,
            tags=self.mail_tags,
            trusted=self.mail_trusted,
            per_hour=self.mail_per_hour,
            per_day=self.mail_per_day,
            per_minute=self.mail_per_minute,
            done_folder=self.mail_done_folder,
            authorities=self.mail_authorities,
            tokens=self._tokens(),
        )

    def _tokens(self) -> TokenIssuer | None:
        if not (self.mail_token_url and self.mail_client_id and self.mail_client_secret):
            return None
        secret = self.mail_client_secret.get_secret_value()
        return TokenIssuer(self.mail_token_url, self.mail_client_id, secret, self.mail_token_scope)

    @model_validator(mode="before")
    @classmethod
    def _all_of_mail(cls, given: dict[str, object]) -> dict[str, object]:
        """One setting makes its companions missing: an empty value, which each of them calls just that."""
        wanted = (names for names in TOGETHER if any(given.get(name) for name in names))
        return {**dict.fromkeys(chain.from_iterable(wanted), ""), **given}


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
