"""What a channel is to the post: it sends a letter, or says which thing went wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from bot.messages import Letter

ANSWER = "answer:"
"""Begins the key of a letter with the answer to a ticket, before its number: the operator is told if it dies."""
ALERT = "alert:"
"""Begins the key of every letter to those in charge."""
PASSED_ON = "passed-on:"
"""Begins the key of a letter that is there to be forwarded: nothing of ours stands below it."""
TELEGRAM_RATE = 29.0
"""Letters a second, over all chats: of 30, which Telegram takes, one is left to make up for what was late."""


class Sender(Protocol):
    """A channel's way out."""

    @property
    def name(self) -> str:
        """The channel."""
        ...

    @property
    def rate(self) -> float | None:
        """Letters a second that the channel takes, over all its chats; None: no limit."""
        ...

    async def send(self, letter: Letter) -> str:
        """Sends it, once; the channel's own id of the message.

        Raises AddressDead, LetterRefused, TryLater or NotSent when the letter has certainly not left. After
        any other error it may have: a reply is sent again, with backoff; a strict letter is in doubt.
        """
        ...


class AddressDead(Exception):
    """Nobody is reached at this address (blocked, closed, unknown): find another way to the person."""


class LetterRefused(Exception):
    """The channel will never take this letter (malformed, too large): mend what renders it."""


class NotSent(Exception):
    """The channel was not reached: nothing to do, it is tried again."""


class TryLater(Exception):
    """The channel asks to wait: nothing to do, its chat or all of it goes on by itself."""

    def __init__(self, after: timedelta, whole_channel: bool = False) -> None:
        super().__init__(f"asked to wait {after.total_seconds():g} s")
        self.after = after
        self.whole_channel = whole_channel
