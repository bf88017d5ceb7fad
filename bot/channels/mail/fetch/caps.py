"""How much a machine answers: so many mails to one address, and never the same text again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.mailing import Mailing
from storage import volumes
from storage.database import Transaction

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
TIMES_KNOWN: Final = 3
"""A teacher who goes through a form one clumsy answer at a time is no machine."""
SAME: Final = 3
"""The same text for the third time in a row is a machine's."""
SAME_TAKEN: Final = 12
"""The same, where each was an answer to a question: somebody may say « oui » to a few in a row."""
LEAST_WORDS: Final = 4
"""So many say the same whatever their numbers; a shorter text may be the number alone."""
DIGITS: Final = re.compile(r"\d+")
MOST_SENDERS: Final = 10_000


def window_over(
    tx: Transaction, mailing: Mailing, address: str, now: datetime, *, known: bool = False
) -> str | None:
    """The name of the hour or day in which an address has had all the answers it gets; None while it gets more.

    Somebody of the roster who is proven gets several times as many.
    """
    times = TIMES_KNOWN if known else 1
    limits = ((DAY, mailing.per_day * times), (HOUR, mailing.per_hour * times))
    if not any(volumes.count(tx, address, now - window) >= limit for window, limit in limits):
        return None
    # The answer that filled it names it: none is counted until it is over.
    return f"{volumes.newest(tx, address) or now:%Y-%m-%dT%H%M%S.%f}"


@dataclass(frozen=True, slots=True)
class Echo:
    """What somebody said last, and how often in a row."""

    digest: bytes
    times: int
    taken: int
    """How many of these times it was an answer to a question."""
    at: datetime
    pattern: bytes
    """The same but for numbers."""
    counted: int
    """How often in a row, numbers apart, it was no answer."""


class Echoes:
    """Remembers, for an hour and in this process alone, who says the same thing again and again.

    The limits on answers hold without it; it stops two machines sooner.
    """

    def __init__(self) -> None:
        self._last: dict[str, Echo] = {}

    def is_loop(self, sender: str, text: str, now: datetime) -> bool:
        """Whether this would be once too often."""
        last = self._recent(sender, now)
        if last is None or not text.strip():
            return False
        if last.pattern == _pattern(text) and last.counted >= SAME - 1:
            return True
        many = last.times - last.taken >= SAME - 1 or (last.taken > 0 and last.times >= SAME_TAKEN - 1)
        return last.digest == _digest(text) and many

    def note(self, sender: str, text: str, now: datetime, *, taken: bool) -> None:
        """Somebody has said this, and it was heard; `taken`: as an answer."""
        last, digest, pattern = self._recent(sender, now), _digest(text), _pattern(text)
        times, answers = (last.times, last.taken) if last and last.digest == digest else (0, 0)
        counted = last.counted if last and last.pattern == pattern else 0
        if len(self._last) >= MOST_SENDERS:
            self._forget(now)
        counted = 0 if taken else counted + 1
        self._last[sender] = Echo(digest, times + 1, answers + taken, now, pattern, counted)

    def _recent(self, sender: str, now: datetime) -> Echo | None:
        last = self._last.get(sender)
        return last if last and now - last.at <= HOUR else None

    def _forget(self, now: datetime) -> None:
        recent = {sender: echo for sender, echo in self._last.items() if now - echo.at <= HOUR}
        self._last = recent if len(recent) < MOST_SENDERS else {}


def _pattern(text: str) -> bytes:
    return _digest(DIGITS.sub("", text) if len(text.split()) >= LEAST_WORDS else text)


def _digest(text: str) -> bytes:
    return sha256(" ".join(text.split()).encode(errors="replace")).digest()
