"""The settings of e-mail; those of a server without a password are needed with those of a token server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, model_validator
from pydantic_settings import BaseSettings, NoDecode

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

Servers = MailServer | tuple[MailServer, ...] | None

MAIL = ("mail_address", "mailboxes", "smtp")
TOKENS = ("mail_token_url", "mail_client_id", "mail_client_secret")
TOGETHER = (MAIL, TOKENS)
"""What is needed with what."""


def _parsed(parse: Callable[[str], object]) -> BeforeValidator:
    return BeforeValidator(lambda given: parse(given) if isinstance(given, str) else given)


def _let_in(servers: Servers, info: ValidationInfo) -> Servers:
    """Where the address of the token server is wrong, that is told already."""
    by_token = info.data.get("mail_token_url", "") is not None
    for server in (servers,) if isinstance(servers, MailServer) else servers or ():
        let_in(server, by_token=by_token)
    return servers


LET_IN = AfterValidator(_let_in)


class MailSettings(BaseSettings):
    """What the operator decides of e-mail."""

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
    def _all_of_it(cls, given: dict[str, object]) -> dict[str, object]:
        """One setting makes its companions missing: an empty value, which each of them calls just that."""
        wanted = (names for names in TOGETHER if any(given.get(name) for name in names))
        return {**dict.fromkeys(chain.from_iterable(wanted), ""), **given}
