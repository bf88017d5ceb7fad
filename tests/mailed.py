"""Letters as mails, for tests and pictures: of the tests' house, which says who runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest

from bot.channels.mail.write import MailSender
from bot.channels.mail.write.compose import Written, write_mail
from bot.mailing import Mailing, MailServer, Security
from bot.messages import Letter
from bot.render import Wording
from tests.bot.channels.conftest import letter
from tests.fakes.mail import HOST, PASSWORD
from tests.fakes.mail import MailServer as Mail
from tests.stage import furnished

ADDRESS = "declic@exemple.test"
TOKEN = "5f" * 8
AT = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
SMTP = MailServer("localhost", 25, Security.NONE)
TAGGED = Mailing(ADDRESS, (), SMTP, tags=True)
UNTAGGED = Mailing(ADDRESS, (), SMTP)


def wording() -> Wording:
    """The templates, with the facts of the tests' house."""
    return furnished().wording


def to_mail(html: str, *labels: str, to: str = "camille@ecole.test", page: Any = None, **more: Any) -> Letter:
    """A letter with buttons; `page` changes its page, and the rest the letter."""
    made = replace(letter(to, html, *labels), channel="mail", token=TOKEN)
    return replace(made, page=replace(made.page, **(page or {})), **more)


def mailing_for(mail: Mail, **server: Any) -> Mailing:
    """The settings that the tests' SMTP server asks for, but for what is named."""
    smtp = MailServer(HOST, mail.smtp.port, Security.TLS, mail.address, PASSWORD)
    trusted = mail.dovecot.certificate.file
    return Mailing(mail.address, (), replace(smtp, **server), tags=True, authorities=trusted)


async def trouble(sender: MailSender, to: str) -> Exception:
    """What goes wrong with a letter."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each test looks at its kind
        await sender.send(to_mail("Bonjour", to=to))
    return raised.value


def written(sent: Letter, mailing: Mailing = TAGGED) -> Written:
    """As it leaves."""
    return write_mail(sent, mailing, wording(), AT)


def parsed(mail: Written | bytes) -> EmailMessage:
    """As any mail program reads it."""
    raw = mail if isinstance(mail, bytes) else mail.raw
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """What a person reads: `plain` or `html`."""
    body = message.get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def defects(message: EmailMessage) -> Sequence[object]:
    """What is wrong with it, in Python's eyes."""
    parts = [part for one in message.walk() for part in one.defects]
    return [*parts, *(defect for value in message.values() for defect in value.defects)]
