"""Lines to mail servers that are down: the operators are told once after ten minutes, and once when they are back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.alerts import to_operators
from bot.clock import Clock
from bot.mailing import CHANNEL
from bot.messages import Reply
from bot.render import Wording
from storage import outages, outbox
from storage.database import Database, DatabaseDown, Transaction
from storage.outages import Outage

log = structlog.get_logger()

PATIENCE: Final = timedelta(minutes=10)
"""How long a line may be down before anybody is told."""
LOOK_AGAIN: Final = timedelta(minutes=1)
"""How long a line that works is not looked up again: another process may have seen it fail."""


class OutageWatch:
    """Keeps in the database what is down, so that a restart forgets nothing and several processes tell once."""

    def __init__(self, wording: Wording, database: Database, clock: Clock) -> None:
        self._wording = wording
        self._database = database
        self._clock = clock
        self._fine: dict[str, datetime] = {}

    async def failed(self, line: str, reason: str) -> None:
        """A line does not work now; `reason` holds no secret. It may be told again at every try."""
        self._fine.pop(line, None)
        try:
            await self._database.write(lambda tx: self._note_failure(tx, line, reason))
        except DatabaseDown:
            log.warning("outage-not-kept", line=line)

    async def works(self, line: str) -> None:
        """A line works now; it may be told again at every round."""
        now = self._clock.now()
        if line in self._fine and now - self._fine[line] < LOOK_AGAIN:
            return
        try:
            await self._database.write(lambda tx: self._note_return(tx, line))
        except DatabaseDown:
            log.warning("outage-not-kept", line=line)
        else:
            self._fine[line] = now

    def _note_failure(self, tx: Transaction, line: str, reason: str) -> None:
        now = self._clock.now()
        outage = outages.begun(tx, line, reason, now)
        if now - outage.since >= PATIENCE and outages.told(tx, line, now):
            log.error("line-down", line=line, minutes=_minutes(outage, now))
            self._tell(tx, "mail/alert-down", outage, now)

    def _note_return(self, tx: Transaction, line: str) -> None:
        now = self._clock.now()
        outage = outages.over(tx, line)
        if outage and outage.told_at:
            log.info("line-back", line=line, minutes=_minutes(outage, now))
            self._tell(tx, "mail/alert-back", outage, now)

    def _tell(self, tx: Transaction, template: str, outage: Outage, now: datetime) -> None:
        facts = {"line": outage.line, "reason": outage.reason, "minutes": _minutes(outage, now)}
        outbox.put(tx, to_operators(tx, self._wording, Reply(template, facts), avoid=CHANNEL), now)


def _minutes(outage: Outage, now: datetime) -> int:
    return int((now - outage.since) / timedelta(minutes=1))
