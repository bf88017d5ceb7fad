"""What is fetched in one go: as much as memory and patience bear, and a mail that breaks lines by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.channels.mail.fetch.answers import Entry
from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.imap import Connection
from bot.channels.mail.fetch.line import ImapLost
from bot.channels.mail.read import LARGEST

BATCH_BYTES = 4 * 1024 * 1024
"""A single mail may be larger, up to LARGEST, where it is cut."""
TRIES = 4
"""After so many lines lost over it a mail is no more asked for: some servers fail at one mail for ever."""


class Batches:
    """Those of one mailbox; remembers what lines were lost over, as long as the process lives."""

    def __init__(self) -> None:
        self._lost_over: Counter[int] = Counter()

    def forget(self) -> None:
        """The UIDs name other mails now."""
        self._lost_over.clear()

    def of(self, entries: Sequence[Entry]) -> Iterator[list[Entry]]:
        """In the same order."""
        batch: list[Entry] = []
        weight = 0
        for entry in entries:
            size = self._weigh(entry)
            if batch and weight + size > BATCH_BYTES:
                yield batch
                batch, weight = [], 0
            batch.append(entry)
            weight += size
        if batch:
            yield batch

    async def fetch(self, connection: Connection, batch: Sequence[Entry], now: datetime) -> list[Found]:
        """The mails of a batch but those deleted meanwhile; without a byte, one that cannot be had. Raises ImapLost."""
        uids = [entry.uid for entry in batch]
        if self._lost_over[uids[0]] >= TRIES:
            return [Found(uids[0], b"", batch[0].at or now)]
        try:
            bodies = await connection.bodies(uids, LARGEST)
        except ImapLost:
            self._lost_over.update(uids)
            raise
        for uid in uids:
            del self._lost_over[uid]
        there = (entry for entry in batch if entry.uid in bodies)
        return [Found(entry.uid, bodies[entry.uid], entry.at or now) for entry in there]

    def _weigh(self, entry: Entry) -> int:
        return BATCH_BYTES if self._lost_over[entry.uid] else min(entry.size or 0, LARGEST)
