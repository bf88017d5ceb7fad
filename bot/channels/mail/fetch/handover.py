"""Handing mail over to who takes it in: the database may be away for as long as it likes, and no mail blocks others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog

from bot.channels.mail.fetch.found import Found, Takes
from bot.channels.mail.fetch.line import Patience
from bot.clock import Clock
from storage.database import DatabaseDown

log = structlog.get_logger()

T = TypeVar("T")

TRIES = 3


@dataclass(frozen=True, slots=True)
class Handover:
    """For one mailbox."""

    mailbox: str
    taker: Takes
    clock: Clock
    patience: Patience

    async def take(self, batch: Sequence[Found]) -> None:
        """All of it is done with when it returns; it raises nothing. A mail without a byte could not be fetched."""
        for one in batch:
            if not one.raw:
                # Its place in the place of its bytes: two such mails are two.
                place = f"{self.mailbox} UID {one.uid} {one.at:%Y-%m-%d %H:%M:%S}\n"
                await self._give_up(replace(one, raw=place.encode()))
        if there := [one for one in batch if one.raw]:
            await self._take_all(there)

    async def insist(self, act: Callable[[], Awaitable[T]]) -> T:
        """Does it again and again, with waits, while the database does not answer."""
        tries = 0
        while True:
            try:
                return await act()
            except Exception as error:
                if not _is_down(error):
                    raise
            tries += 1
            log.error("mailbox-waits", meaning="the database does not answer", tries=tries)
            await self.clock.sleep(self.patience.after(tries))

    async def _take_all(self, batch: Sequence[Found]) -> None:
        try:
            await self.insist(lambda: self.taker.take_all(self.mailbox, batch))
        except Exception:
            log.exception("mails-not-taken", uids=[one.uid for one in batch])
        else:
            return
        for one in batch:
            await self._take_one(one)

    async def _take_one(self, one: Found) -> None:
        for tries in range(1, TRIES + 1):
            try:
                await self.insist(lambda: self.taker.take_all(self.mailbox, [one]))
            except Exception:
                log.exception("mail-not-taken", uid=one.uid, tries=tries)
                await self.clock.sleep(self.patience.after(tries))
            else:
                return
        await self._give_up(one)

    async def _give_up(self, one: Found) -> None:
        try:
            await self.insist(lambda: self.taker.give_up(self.mailbox, one))
        except Exception:
            log.exception("mail-lost", uid=one.uid)


def _is_down(error: Exception) -> bool:
    """Also when it comes out of several things done side by side."""
    if isinstance(error, ExceptionGroup):
        return error.subgroup(DatabaseDown) is not None
    return isinstance(error, DatabaseDown)
