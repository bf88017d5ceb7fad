"""Which letter of ours a mail answers, and whether its sender is who From says (docs/design.md part 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from bot.channels.mail.read import Mail
from bot.channels.mail.tokens import message_id, tokens_in
from bot.mailing import CHANNEL, Mailing
from storage import people, sent_letters
from storage.database import Transaction
from storage.sent_letters import Sent

TOKENS_HOLD: Final = timedelta(days=90)
"""After that a letter's secret proves nothing any more: it has lain in too many mailboxes."""
MOST_TOKENS: Final = 20
"""Of one mail that are looked up; anybody can make up thousands."""


@dataclass(frozen=True, slots=True)
class Named:
    """A letter of ours that a mail gives the secret of."""

    letter: Sent
    message_id: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a mail's sender."""

    answers: Named | None = None
    """The letter that it answers, which was written to the sender."""
    proven: bool = False
    foreign: bool = False
    """It answers a letter that was written to somebody else."""


def proof_of(tx: Transaction, mailing: Mailing, mail: Mail, now: datetime) -> Proof:
    """What a mail to us proves: the letter named nearest decides, and without one our own mail server."""
    ids = (*mail.in_reply_to, *reversed(mail.references))
    named = letter_named(tx, mailing, ids, mail.to, now)
    if named and not _is_to(tx, named.letter, mail.sender):
        return Proof(foreign=True)
    return Proof(named, proven=named is not None or _is_vouched_for(mail, mailing))


def letter_named(
    tx: Transaction, mailing: Mailing, ids: Iterable[str], recipients: Iterable[str], now: datetime
) -> Named | None:
    """The letter whose secret stands in the address written to or in these ids, the nearest first."""
    for letter_id, token in islice(tokens_in(mailing.address, ids, recipients), MOST_TOKENS):
        letter = sent_letters.with_token(tx, letter_id, token)
        if letter and now - letter.at <= TOKENS_HOLD:
            return Named(letter, message_id(letter_id, token, mailing.address))
    return None


def _is_to(tx: Transaction, letter: Sent, sender: str) -> bool:
    """Whether a letter went to the sender, or to another address of the same person; both are then linked."""
    if letter.address.lower() == sender:
        return True
    one, other = (people.by_address(tx, CHANNEL, address) for address in (letter.address, sender))
    return one is not None and other is not None and one.linked and other.linked and one.id == other.id


def _is_vouched_for(mail: Mail, mailing: Mailing) -> bool:
    """Whether our own mail server says that the sender's domain is real."""
    return mail.vouched is not None and mail.vouched.server == (mailing.trusted.lower() or None)
