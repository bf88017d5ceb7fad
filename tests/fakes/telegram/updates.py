"""Updates that wait for the bot: long polling, offsets, kinds that are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.fakes.telegram.changes import Changes
from tests.fakes.telegram.errors import Refusal, misuse
from tests.fakes.telegram.spec import UPDATE_KINDS

Update = dict[str, Any]

FIRST_ID = 500_000_001
LONGEST_POLL = timedelta(seconds=50)
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_ONLY_IF_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Updates:
    """`pending`: not confirmed yet, oldest first; `confirmed`: the highest offset given, 0 before any."""

    changes: Changes
    pending: list[Update] = field(default_factory=list)
    confirmed: int = 0
    _wanted: set[str] = field(default_factory=lambda: set(UPDATE_KINDS) - _ONLY_IF_ASKED)
    _next_id: int = FIRST_ID
    _poll: int = 0
    _ended_because: str = ""
    _closed: bool = False

    def add(self, kind: str, body: Mapping[str, Any]) -> None:
        """Keeps an update for the bot; one of a kind that it does not want is never made."""
        if kind in self._wanted:
            self.pending.append({"update_id": self._next_id, kind: dict(body)})
            self._next_id += 1
        self.changes.tell()

    def want(self, kinds: Sequence[str] | None) -> None:
        """Takes allowed_updates: None changes nothing, an empty list means the usual kinds."""
        if kinds is None:
            return
        if unknown := set(kinds) - set(UPDATE_KINDS):
            raise misuse(f"allowed_updates: there is no kind {', '.join(sorted(unknown))}")
        self._wanted = set(kinds) or set(UPDATE_KINDS) - _ONLY_IF_ASKED

    async def poll(self, offset: int, limit: int, within: timedelta) -> list[Update]:
        """Confirms what comes before the offset, then waits for something to give.

        As at Telegram, of two polls at once the older one ends with the conflict.
        """
        self.end_poll(_OTHER_POLL)
        mine = self._poll
        self.confirm(offset)
        await self.changes.until(
            lambda: bool(self.pending) or self._poll != mine or self._closed, min(within, LONGEST_POLL)
        )
        if self._poll != mine:
            raise Refusal(409, f"Conflict: {self._ended_because}")
        return self.pending[:limit]

    def end_poll(self, because: str) -> None:
        """Ends a poll that waits, with a conflict."""
        self._poll += 1
        self._ended_because = because
        self.changes.tell()

    def close(self) -> None:
        """Lets a poll that waits go home with nothing: the fake is going away."""
        self._closed = True
        self.changes.tell()

    def confirm(self, offset: int) -> None:
        """Forgets updates below the offset; a negative one keeps that many of the newest."""
        if offset < 0:
            kept = self.pending[offset:]
            offset = kept[0]["update_id"] if kept else self._next_id
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.confirmed = max(self.confirmed, offset)
        self.changes.tell()
