"""Telegram's limits on the rate of messages, when a test switches them on."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.errors import flooded

OVERALL = 30
"""Messages in any one second, to all chats together."""

_SECOND = timedelta(seconds=1)
_JITTER = timedelta(milliseconds=50)
"""How much a message sent a second after the last may arrive early; Telegram is less exact than that."""


@dataclass(slots=True)
class Pace:
    """`enforced` is off at first; groups have only the limit overall."""

    enforced: bool = False
    _last: dict[int, datetime] = field(default_factory=dict)
    _recent: deque[datetime] = field(default_factory=deque)

    def count(self, chat: Chat, at: datetime) -> None:
        """Counts a message about to be sent; refuses the second in a second to a person, the 31st to all."""
        if not self.enforced:
            return
        while self._recent and at - self._recent[0] >= _SECOND:
            self._recent.popleft()
        last = self._last.get(chat.id)
        too_soon = chat.private and last is not None and at - last < _SECOND - _JITTER
        if too_soon or len(self._recent) >= OVERALL:
            raise flooded(1)
        self._last[chat.id] = at
        self._recent.append(at)
