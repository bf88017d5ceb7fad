"""What a server's refusal means for the letter, by the step at which it came and its codes (RFC 5321, RFC 3463)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.sending import AddressDead, LetterRefused, TryLater

RATE_PAUSE = timedelta(seconds=60)
DAILY_PAUSE = timedelta(minutes=15)
ADDRESS_PAUSE = timedelta(minutes=5)
SERVER_PAUSE = timedelta(seconds=30)
LONGEST_SAID = 200

STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
GREY = re.compile(r"gr[ae]y", re.IGNORECASE)


class Step(StrEnum):
    """How far a mail had come."""

    OPENING = "OPENING"
    """Nothing of it was said yet: greeting, TLS, sign-in."""
    MAIL = "MAIL"
    """Its sender was named."""
    RCPT = "RCPT"
    """Its recipient was named."""
    DATA = "DATA"
    """Its bytes were offered."""


class ServerFails(TryLater):
    """Our own mail server is not reached, or takes nothing from us: mend the settings or the server."""

    def __init__(self, reason: str) -> None:
        super().__init__(SERVER_PAUSE, whole_channel=True)
        self.args = (reason,)


class PutOff(TryLater):
    """The server said not now; the message is what it said."""

    def __init__(self, refusal: Refusal, after: timedelta, whole_channel: bool = False) -> None:
        super().__init__(after, whole_channel)
        self.args = (str(refusal),)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A server's answer that is no yes."""

    step: Step
    code: int
    said: str

    @property
    def status(self) -> str:
        """The enhanced code, such as 5.1.1; `-` where there is none."""
        found = STATUS.match(self.said)
        return found[1] if found else "-"

    @property
    def signature(self) -> str:
        """What the table below is about."""
        grey = " grey" if GREY.search(self.said) else ""
        return f"{self.step} {self.code} {self.status}{grey}"

    def __str__(self) -> str:
        return f"{self.code} {' '.join(self.said.split())}"[:LONGEST_SAID]


Meaning = Callable[[Refusal], Exception]


def _dead(refusal: Refusal) -> Exception:
    return AddressDead(str(refusal))


def _refused(refusal: Refusal) -> Exception:
    return LetterRefused(str(refusal))


def _wait_for_address(refusal: Refusal) -> Exception:
    return PutOff(refusal, ADDRESS_PAUSE)


def _slow_down(refusal: Refusal) -> Exception:
    return PutOff(refusal, RATE_PAUSE, whole_channel=True)


def _enough_for_today(refusal: Refusal) -> Exception:
    return PutOff(refusal, DAILY_PAUSE, whole_channel=True)


def _server_fails(refusal: Refusal) -> Exception:
    # Some servers quote what was given to sign in with.
    return ServerFails(f"sign-in {refusal.code}" if refusal.step is Step.OPENING else str(refusal))


MEANINGS: tuple[tuple[str, Meaning], ...] = (
    (r"OPENING .*", _server_fails),
    (r"\w+ 421 .*", _slow_down),
    (r"\w+ (?:4\d\d 4\.7\.\d+|45[01] -) grey", _wait_for_address),
    (r"\w+ 4\d\d 4\.7\.\d+", _slow_down),
    (r"\w+ 452 4\.2\.\d+.*", _wait_for_address),
    (r"\w+ 452 .*", _slow_down),
    (r"MAIL 4.*", _slow_down),
    (r"\w+ 4.*", _wait_for_address),
    # What Gmail says when the day's letters are used up.
    (r"\w+ 5\d\d 5\.4\.5.*", _enough_for_today),
    (r"MAIL (?:552 .*|5\d\d 5\.3\.4.*)", _refused),
    (r"MAIL .*", _server_fails),
    (r"\w+ 530 .*", _server_fails),
    # These two find fault with the sender.
    (r"\w+ 5\d\d 5\.1\.[78]\b.*", _refused),
    (r"\w+ 5\d\d 5\.1\.\d+.*", _dead),
    # A closed mailbox; and what Microsoft 365 says of somebody it does not know.
    (r"RCPT 5\d\d 5\.(?:2\.1|4\.1)\b.*", _dead),
    (r"RCPT 55[013] -.*", _dead),
    (r".*", _refused),
)
"""The first that fits counts."""


def meaning_of(refusal: Refusal) -> Exception:
    """What the post should know."""
    return next(meaning(refusal) for fits, meaning in MEANINGS if re.fullmatch(fits, refusal.signature))
