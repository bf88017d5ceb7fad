"""How much a machine answers: so many mails to one address, and never the same text again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.mailing import Mailing
from storage import volumes
from storage.database import Transaction

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SAME: Final = 3
"""The same text for the third time in a row is a machine's."""
SAME_TAKEN: Final = 12
"""The same, where each was an answer to a question: somebody may say « oui » to a few in a row."""
MOST_SENDERS: Final = 10_000


def window_over(tx: Transaction, mailing: Mailing, address: str, now: datetime) -> str | None:
    """The name of the hour or day in which an address has had all the answers it gets; None while it gets more."""
    if volumes.count(tx, address, now - DAY) >= mailing.per_day:
        return f"{now:%Y-%m-%d}"
    if volumes.count(tx, address, now - HOUR) >= mailing.per_hour:
        # The answer that filled the hour names it: none is counted until the hour is over.
        return f"{volumes.newest(tx, address) or now:%Y-%m-%dT%H%M%S.%f}"
    return None


@dataclass(frozen=True, slots=True)
class Echo:
    """What somebody said last, and how often in a row."""

    digest: bytes
    times: int
    taken: int
    """How many of these times it was an answer to a question."""
    at: datetime


class Echoes:
    """Remembers, for an hour and in this process alone, who says the same thing again and again.

    The limits on answers hold without it; it stops two machines sooner.
    """

    def __init__(self) -> None:
        self._last: dict[str, Echo] = {}

    def is_loop(self, sender: str, text: str, now: datetime) -> bool:
        """Whether this would be once too often."""
        last = self._echo(sender, text, now)
        return last is not None and (
            last.times - last.taken >= SAME - 1 or (last.taken > 0 and last.times >= SAME_TAKEN - 1)
        )

    def note(self, sender: str, text: str, now: datetime, *, taken: bool) -> None:
        """Somebody has said this, and it was heard; `taken`: as an answer."""
        last = self._echo(sender, text, now)
        times, answers = (last.times, last.taken) if last else (0, 0)
        if len(self._last) >= MOST_SENDERS:
            self._forget(now)
        self._last[sender] = Echo(_digest(text), times + 1, answers + taken, now)

    def _echo(self, sender: str, text: str, now: datetime) -> Echo | None:
        last = self._last.get(sender)
        is_same = last is not None and last.digest == _digest(text) and now - last.at <= HOUR
        return last if is_same else None

    def _forget(self, now: datetime) -> None:
        recent = {sender: echo for sender, echo in self._last.items() if now - echo.at <= HOUR}
        self._last = recent if len(recent) < MOST_SENDERS else {}


def _digest(text: str) -> bytes:
    return sha256(" ".join(text.split()).encode(errors="replace")).digest()
