"""Letters of ours that came back: the address is marked, and the letter takes another way to the person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from bot.alerts import of_dead_letter, ticket_answered
from bot.channels.mail.fetch.proof import letter_named
from bot.channels.mail.read import Mail
from bot.channels.mail.read.bounce import Failure, Severity
from bot.mailing import CHANNEL, Mailing
from bot.render import Wording
from storage import addresses, inbox, outbox, returned
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.people import Address
from storage.sent_letters import Sent

log = structlog.get_logger()

AGAIN: Final = "again:"
"""Begins the key of a letter that came back and takes another way, before its number."""


def take_bounce(tx: Transaction, mailing: Mailing, wording: Wording, mail: Mail, now: datetime) -> bool:
    """Acts on a bounce; False when nothing in it shows that a letter of ours came back, or from whom.

    Only who gives back the secret of a letter to an address can mark that address: else anybody could kill any.
    """
    failed = [failure for failure in mail.failures if failure.severity is not Severity.DELAYED]
    if mail.failures and not failed:
        return True
    ids = (*mail.returned, *mail.in_reply_to, *reversed(mail.references))
    named = letter_named(tx, mailing, ids, mail.to, now)
    failure = next((one for one in failed if named and _is_about(one, named.letter)), None)
    if not named or not failure:
        return False
    if _is_new(tx, named.letter, failure, now):
        _mark(tx, named.letter, failure, now)
        _send_again(tx, wording, named.letter, failure, now)
    return True


def _is_about(failure: Failure, letter: Sent) -> bool:
    return failure.address in ("", letter.address.lower())


def _is_new(tx: Transaction, letter: Sent, failure: Failure, now: datetime) -> bool:
    """Several servers may tell of one letter, and one of them twice."""
    key = f"bounce:{letter.id}:{failure.severity}"
    inbox.attempt(tx, CHANNEL, letter.address, key, now)
    return inbox.keep(tx, CHANNEL, letter.address, key, now)


def _mark(tx: Transaction, letter: Sent, failure: Failure, now: datetime) -> None:
    if failure.severity is Severity.HARD:
        addresses.mark_dead(tx, CHANNEL, letter.address, _reason(failure), now)
    else:
        addresses.bounced(tx, CHANNEL, letter.address, _reason(failure), now)
    log.warning("letter-bounced", letter=letter.id, severity=failure.severity, status=failure.status)


def _send_again(tx: Transaction, wording: Wording, letter: Sent, failure: Failure, now: datetime) -> None:
    """To another living address of the person; without one, the operators learn of an answer that was awaited.

    A reminder goes once more only where it came back for good, and is then judged anew.
    """
    if letter.campaign_id is not None:
        if failure.severity is Severity.HARD:
            returned.come_back(tx, letter.id, now)
        return
    other = addresses.other_way(tx, CHANNEL, letter.address)
    if other:
        outbox.put(tx, [_copy(letter, other)], now)
    elif ticket_answered(letter.key):
        reason = _reason(failure)
        outbox.put(tx, of_dead_letter(tx, wording, letter.id, CHANNEL, letter.key, reason), now)


def _copy(letter: Sent, to: Address) -> NewLetter:
    return NewLetter(
        to.channel,
        to.value,
        letter.page,
        key=f"{AGAIN}{letter.id}",
        ticket_id=letter.ticket_id,
        talk_id=letter.talk_id,
    )


def _reason(failure: Failure) -> str:
    said = failure.said.removeprefix("smtp;").strip()
    told = said if failure.status in said else f"{failure.status} {said}".strip()
    return told or str(failure.severity)
