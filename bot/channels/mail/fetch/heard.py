"""A mail as what the assistant hears: what it comes down to, when it was written, and the thread it stands in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.proof import Proof
from bot.channels.mail.read import Mail
from bot.channels.mail.read.courtesy import without_courtesy
from bot.channels.mail.read.quote import unquoted
from bot.mailing import CHANNEL
from bot.messages import Envelope, File, Heard, Kind, Thread

LONGEST_KEY: Final = 300
LONGEST_SENDER: Final = 320
"""Characters of an address that mail servers take (RFC 5321)."""
LONGEST_TEXT: Final = 8_000
"""Characters of what a mail comes down to; a book is no question."""
LONGEST_WRITTEN: Final = 60_000
"""Characters that are kept of all that was written; the nearest quote stands within."""
LONGEST_SUBJECT: Final = 300
MOST_REFERENCES: Final = 30
MOST_ATTACHMENTS: Final = 10
OLDEST: Final = timedelta(days=30)
"""A date longer before the mail arrived is a clock gone wrong."""

ANSWERING: Final = re.compile(
    r"(?:(?:re|ré|tr|fw|fwd|rép|aw|sv)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}:\s*)+", re.IGNORECASE
)

SIGNATURE_ALONE: Final = re.compile(r"(?:--|—)[ \t]*\n")


def heard_in(mail: Mail, found: Found, proof: Proof) -> Heard:
    """What a mail says to the assistant."""
    text = text_of(mail)
    filled_in = proof.answers is not None and bool(
        mail.whole.strip()
    )  # perhaps between the lines of the quote
    files = tuple(File(one.name, one.type, one.content) for one in mail.attachments if one.content)
    kind = Kind.TEXT if text or filled_in or files else Kind.UNREADABLE
    return Heard(
        CHANNEL,
        mail.sender,
        key_of(mail, found.raw),
        written_at(mail.sent_at, found.at),
        text,
        Kind.FOREIGN if proof.foreign else kind,
        about=proof.answers.message_id if proof.answers else "",
        proven=proof.proven,
        envelope=_envelope(mail),
        files=files,
    )


def key_of(mail: Mail, raw: bytes) -> str:
    """Names the mail among its sender's: nobody else can use up its name."""
    if not mail.message_id:
        return sha256(raw).hexdigest()
    is_long = len(mail.message_id) > LONGEST_KEY
    return sha256(mail.message_id.encode(errors="replace")).hexdigest() if is_long else mail.message_id


def written_at(said: datetime | None, arrived: datetime) -> datetime:
    """When a mail was written: as its sender's clock said, where that can be."""
    try:
        return said if said and arrived - OLDEST <= said <= arrived else arrived
    except OverflowError:
        return arrived


def text_of(mail: Mail) -> str:
    """What a mail comes down to, without courtesies; its subject, where that is all there is."""
    own = unquoted(mail.text) or mail.text
    said = without_courtesy(own, mail.name).strip()
    begins = not mail.in_reply_to and not mail.references
    is_empty = not said or (begins and SIGNATURE_ALONE.match(said))
    return ((bare_subject(mail.subject) if begins else "") if is_empty else said)[:LONGEST_TEXT]


def bare_subject(subject: str) -> str:
    """A subject without « Re: » and « TR: »."""
    answering = ANSWERING.match(subject)
    return subject[answering.end() if answering else 0 :].strip()


def thread_of(mail: Mail) -> Thread:
    """What an answer to the mail goes on with."""
    return Thread(mail.subject[:LONGEST_SUBJECT], mail.message_id, mail.references[-MOST_REFERENCES:])


def _envelope(mail: Mail) -> Envelope:
    left = (one for one in mail.attachments if not one.content and not one.decorates)
    names = tuple(one.name for one in left if one.name)
    return Envelope(
        thread_of(mail),
        mail.text[:LONGEST_WRITTEN],
        mail.whole[:LONGEST_WRITTEN],
        names[:MOST_ATTACHMENTS],
    )
