"""The command configured for e-mail, on servers of the tests' own, and somebody who writes to it by SMTP."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import make_msgid
from urllib.parse import quote

from tests.fakes.mail import HOST, PASSWORD, MailServer


def account(user: str, password: str, host: str) -> str:
    """As it stands in a server's address."""
    return f"{quote(user, safe='')}:{quote(password, safe='')}@{host}"


def settings_for(mail: MailServer, *, password: str = PASSWORD, folder: str = "INBOX") -> dict[str, str]:
    """E-mail on these servers."""
    return {
        "mail_address": mail.address,
        "mailboxes": f"imaps://{account(mail.address, password, HOST)}:{mail.dovecot.imaps_port}/{quote(folder)}",
        "smtp": f"smtps://{account(mail.address, password, HOST)}:{mail.smtp.port}",
        "mail_authorities": str(mail.dovecot.certificate.file),
        "mail_per_minute": "600",
    }


def written(mail: MailServer, sender: str, subject: str, text: str) -> EmailMessage:
    """A mail to the assistant, as a mail program makes it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.address, subject
    message["Message-ID"] = make_msgid(domain="ecole.test")
    message.set_content(text)
    return message


def send(mail: MailServer, message: EmailMessage) -> None:
    """By SMTP over TLS, through the door that everybody's mail comes in by."""
    context = mail.dovecot.certificate.for_client()
    with smtplib.SMTP_SSL(HOST, mail.smtp.port, context=context, timeout=10) as smtp:
        smtp.login(mail.address, PASSWORD)
        smtp.send_message(message)


def read(raw: bytes) -> EmailMessage:
    """A mail that has arrived."""
    return BytesParser(policy=default).parsebytes(raw)


def text_of(message: EmailMessage) -> str:
    """What stands in it, as one types it."""
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\N{NO-BREAK SPACE}", " ")
