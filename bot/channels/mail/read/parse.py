"""A mail's bytes into one value, whatever they are: who wrote, what, and whether it is to be answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from enum import StrEnum

from bot.channels.mail.read.authentication import Vouched, vouched
from bot.channels.mail.read.automatic import why_automatic
from bot.channels.mail.read.body import Attachment, attachments_of, text_of
from bot.channels.mail.read.bounce import Failure, failures_in, is_delivery, returned_ids
from bot.channels.mail.read.headers import address, addresses, header, message_ids, name_of
from bot.channels.mail.read.quote import own_text
from bot.channels.mail.read.tangled import ShortHeaders, is_tangled

LARGEST = 16 * 1024 * 1024
"""Bytes of a message that are read. What people write stands first; the rest is an attachment's."""
LONGEST_WHOLE = 200_000
"""Characters of its text that are looked through; much less of it is kept."""
MOST_RECIPIENTS = 100
RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "resent-to")


class Verdict(StrEnum):
    """What becomes of a mail."""

    HEARD = "heard"
    AUTOMATIC = "automatic"
    """No person wrote it: it is never answered."""
    BOUNCE = "bounce"
    """A mail of ours did not arrive."""
    OWN = "own"
    """We wrote it."""
    PARKED = "parked"
    """It cannot be read or answered: a human will look."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, as far as it could be read."""

    verdict: Verdict
    reason: str = ""
    """Why it is not heard: a word that templates have a label for."""
    shown_by: str = ""
    """What in the mail shows the reason."""
    sender: str = ""
    """The address that From claims; it proves nothing."""
    name: str = ""
    """How From calls them."""
    subject: str = ""
    text: str = ""
    """What its writer wrote this time."""
    cut: str = ""
    """What was quoted or signed."""
    whole: str = ""
    """Both, as they came."""
    attachments: tuple[Attachment, ...] = ()
    failures: tuple[Failure, ...] = ()
    """The addresses that a bounce names."""
    returned: tuple[str, ...] = ()
    """The ids of the mail that a bounce gives back."""
    to: tuple[str, ...] = ()
    """Every address that it went to, as far as its headers tell."""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    """As the sender's clock said, aware."""
    vouched: Vouched | None = None
    """Which server says that the domain of `sender` is real; it proves something where that server is our own."""


def read_mail(raw: bytes, ours: Collection[str] = ()) -> Mail:
    """Reads a message; `ours` are the addresses that we write from, in small letters. It never raises."""
    raw = raw[:LARGEST]
    if is_tangled(raw):
        return Mail(Verdict.PARKED, "too-tangled")
    try:
        return _read(BytesParser(policy=ShortHeaders()).parsebytes(raw), ours)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next mail is to be read
        return Mail(Verdict.PARKED, "unreadable", type(error).__name__)


def _read(message: Message, ours: Collection[str]) -> Mail:
    sender = address(message, "from")
    failures = failures_in(message)
    verdict, reason, shown_by = _judged(message, sender, failures, ours)
    whole = text_of(message)[:LONGEST_WHOLE]
    own = own_text(whole)
    return Mail(
        verdict=verdict,
        reason=reason,
        shown_by=shown_by,
        sender=sender,
        name=name_of(message, "from"),
        subject=header(message, "subject"),
        text=own.text,
        cut=own.cut,
        whole=whole,
        attachments=attachments_of(message),
        failures=failures or (),
        returned=returned_ids(message) if failures is not None else (),
        to=_recipients(message),
        message_id=next(iter(message_ids(message, "message-id")), ""),
        in_reply_to=message_ids(message, "in-reply-to"),
        references=message_ids(message, "references"),
        sent_at=_sent_at(message),
        vouched=vouched(message),
    )


def _judged(
    message: Message, sender: str, failures: tuple[Failure, ...] | None, ours: Collection[str]
) -> tuple[Verdict, str, str]:
    """The verdict, its reason and what shows it."""
    if sender and _untagged(sender) in ours:
        return Verdict.OWN, "own", sender
    if failures is not None and not is_delivery(message):
        return Verdict.BOUNCE, "bounce", "; ".join(map(str, failures))
    if why := why_automatic(message):
        return Verdict.AUTOMATIC, *why
    if not message.keys():
        return Verdict.PARKED, "no-headers", ""
    return (Verdict.HEARD, "", "") if sender else (Verdict.PARKED, "no-sender", header(message, "from"))


def _recipients(message: Message) -> tuple[str, ...]:
    named = (one for name in RECIPIENTS for one in addresses(message, name))
    return tuple(dict.fromkeys(named))[:MOST_RECIPIENTS]


def _untagged(sender: str) -> str:
    """An address without its `+tag`."""
    local, _, domain = sender.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _sent_at(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(header(message, "date"))
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
