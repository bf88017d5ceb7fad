"""A letter as a mail: its bytes, and the envelope that they travel in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from bot import markup
from bot.channels.mail import one_click, tokens
from bot.channels.mail.write.bodies import Bodies, bodies_of
from bot.channels.mail.write.headings import NEWLINE, heading, mailbox, subject_of, threading, words
from bot.mailing import Mailing
from bot.messages import File, Lane, Letter
from bot.render import Wording
from bot.sending import AddressDead

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.+[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\.?")
"""What may stand before the @ without quotation marks; some providers have had addresses with `..` or `.@`."""
DOMAIN = re.compile(r"(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9-]{1,63}")
TRACELESS = "passed-on"
"""In the place of a secret in the Message-ID of a letter that has none: nothing is found by it."""
NO_MACHINE = "OOF, AutoReply, RN, NRN, DR"
"""Exchange's: no out-of-office, no receipts; but bounces, which are wanted."""


@dataclass(frozen=True, slots=True)
class Written:
    """A mail that is ready to leave."""

    message_id: str
    sender: str
    """Whom bounces go to."""
    recipient: str
    raw: bytes


def write_mail(letter: Letter, mailing: Mailing, wording: Wording, at: datetime) -> Written:
    """Raises AddressDead where no mail can be written to the letter's address."""
    recipient = writable(letter.address)
    tagged = tokens.tagged(mailing.address, letter.id, letter.token)
    reply_to = tagged if mailing.tags and letter.token else None
    message_id = tokens.message_id(letter.id, letter.token or TRACELESS, mailing.address)
    subject = subject_of(letter.thread, letter.page.subject or _said(wording, "mail/subject", letter))
    person = _said(wording, "mail/sender", letter)
    headings = (
        ("From", mailbox("From", person, mailing.address)),
        ("To", f"<{recipient}>"),
        *((("Reply-To", f"<{reply_to}>"),) if reply_to else ()),
        ("Subject", words("Subject", subject)),
        ("Date", format_datetime(at)),
        ("Message-ID", message_id),
        *threading(letter.thread),
        *_signs(letter, reply_to or mailing.address, mailing.public),
    )
    body = _body(bodies_of(letter, wording, subject, person, reply_to), letter.page.files)
    head = "".join(heading(name, value) for name, value in headings)
    return Written(message_id, reply_to or mailing.address, recipient, head.encode("ascii") + body)


def writable(address: str) -> str:
    """The address as it travels, its domain in ASCII."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise AddressDead("no mail can be written to this address")
    return f"{local}@{domain}"


def _said(wording: Wording, template: str, letter: Letter) -> str:
    return markup.visible(wording.text(template, letter.page.language, {}))


def _signs(letter: Letter, reply_to: str, public: str | None) -> Iterator[tuple[str, str]]:
    """What tells machines not to answer (RFC 3834), and people how to stop reminders."""
    yield "Auto-Submitted", "auto-replied" if letter.thread else "auto-generated"
    yield "X-Auto-Response-Suppress", NO_MACHINE
    if letter.lane is Lane.CAMPAIGN:
        yield from _ways_to_stop(letter, reply_to, public)


def _ways_to_stop(letter: Letter, reply_to: str, public: str | None) -> Iterator[tuple[str, str]]:
    """By mail (RFC 2369), and where we have pages with one click (RFC 8058), which comes first."""
    by_mail = f"<mailto:{quote(reply_to, safe='@')}?subject=STOP>"
    if public is None or letter.person_id is None:
        yield "List-Unsubscribe", by_mail
        return
    link = one_click.link(public, letter.id, letter.token)
    yield "List-Unsubscribe", f"<{link}>,{NEWLINE} {by_mail}"
    yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _body(bodies: Bodies, files: Sequence[File]) -> bytes:
    """Quoted-printable: every line of the letter stays a line, however long, and all is ASCII on the way."""
    message = EmailMessage(policy=policy.SMTP)
    message.set_content(bodies.plain, cte="quoted-printable")
    message.add_alternative(bodies.html, subtype="html", cte="quoted-printable")
    for file in files:
        sort, _, kind = file.media_type.partition("/")
        # Texts that we make are UTF-8; without a word of it some calendars read them otherwise.
        said = {"charset": "utf-8"} if sort == "text" else None
        message.add_attachment(file.content, maintype=sort, subtype=kind, filename=file.name, params=said)
    return message.as_bytes()
