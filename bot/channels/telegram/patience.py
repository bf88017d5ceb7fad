"""How long to wait while receiving, before the same is done again after trouble."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from storage.database import DatabaseDown

LONGEST_WAIT = timedelta(minutes=1)
MISTAKE_WAIT = timedelta(seconds=30)
"""For what an operator has to mend: quick enough to notice that it was, slow enough to be read in the log."""
TRIES = 3
"""For what ought not to happen at all."""


def decide_wait(error: Exception, tries: int) -> timedelta | None:
    """How long to wait after that many tries, or None: not again, it would only fail."""
    if isinstance(error, Conflict | InvalidToken):
        return MISTAKE_WAIT
    if isinstance(error, RetryAfter):
        return asked_wait(error)
    if isinstance(error, TelegramError | DatabaseDown) or tries < TRIES:
        return min(timedelta(seconds=2 ** min(tries - 1, 10)), LONGEST_WAIT)
    return None


def asked_wait(error: RetryAfter) -> timedelta:
    """How long Telegram wants to be left alone; a number of seconds where the library still counts so."""
    asked = error.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)
