"""What comes in from Telegram: long polls, each message heard before it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import Bot, BotCommandScopeAllPrivateChats, CallbackQuery, Update, User
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken

from bot.channels.doors import Hears, Heeded
from bot.channels.ending import FINISH, to_the_end
from bot.channels.telegram import signs
from bot.channels.telegram.connect import POLL_SECONDS
from bot.channels.telegram.files import fetch, sent_in
from bot.channels.telegram.patience import decide_wait
from bot.channels.telegram.updates import CHANNEL, Standing, chat_of, heard_in, language_of, standing_in
from bot.clock import Clock
from bot.messages import Heard, Kind
from bot.render import DEFAULT_LANGUAGE, Wording
from storage import addresses
from storage.database import Database, DatabaseDown

log = structlog.get_logger()

T = TypeVar("T")

WANTED = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)

Menu = Mapping[str, Sequence[tuple[str, str]]]
"""By language, the commands of the menu: the word without its slash, and what it does."""

MEANINGS: Mapping[type[Exception], str] = {
    Conflict: "another process receives with this token, or a webhook is set for it",
    InvalidToken: "Telegram does not know this token; see declic check",
    DatabaseDown: "the database does not answer; messages wait at Telegram meanwhile",
}
"""What the operator should know about trouble that goes on until somebody mends it."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Receives for one bot. No second one may run with the same token."""

    bot: Bot
    assistant: Hears
    database: Database
    clock: Clock
    wording: Wording
    menu: Menu
    finish: timedelta = FINISH
    """How long what is being heard may take once the receiver is cancelled."""

    async def run(self) -> None:
        """Until it is cancelled: what is being heard is then heard to its end, unless that takes too long.

        What was not confirmed is given again at the next start, and heard once all the same.
        """
        me = await self._insist(self.bot.get_me)
        await self._insist(self._set_menu)
        offset: int | None = None
        while True:
            updates = await self._insist(lambda: self._poll(offset))  # noqa: B023 - awaited before it changes
            await to_the_end(self._take_all(updates, me), self.finish)
            offset = updates[-1].update_id + 1 if updates else offset

    async def _set_menu(self) -> None:
        for language, commands in self.menu.items():
            await self.bot.set_my_commands(
                commands,
                scope=BotCommandScopeAllPrivateChats(),
                language_code=None if language == DEFAULT_LANGUAGE else language,
            )

    async def _poll(self, offset: int | None) -> tuple[Update, ...]:
        return await self.bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=WANTED)

    async def _take_all(self, updates: Sequence[Update], me: User) -> None:
        """Chats side by side, each in its own order; returns when all of it is safe in the database."""
        async with asyncio.TaskGroup() as tasks:
            for of_chat in _by_chat(updates):
                tasks.create_task(self._take_in_order(of_chat, me))

    async def _take_in_order(self, updates: Iterable[Update], me: User) -> None:
        """One update that cannot be taken in at all must not keep all others out."""
        for update in updates:
            try:
                await self._take(update, me)
            except Exception:
                log.exception("telegram-update-lost", update=update.update_id)

    async def _take(self, update: Update, me: User) -> None:
        changed = standing_in(update)
        if changed:
            await self._insist(lambda: self._note(changed))
        heard = heard_in(update, me, self.clock.now())
        if heard is None:
            return
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(signs.show_typing(self.bot, heard.chat))
            whole = await self._with_file(update, heard)
            heeded = await self._insist(lambda: self.assistant.hear(whole))
        if update.callback_query:
            await self._end_press(update.callback_query, heeded)

    async def _with_file(self, update: Update, heard: Heard) -> Heard:
        """Fetched before it is heard: a file that cannot be had keeps its message from nobody."""
        sent = sent_in(update.message) if update.message and heard.kind is Kind.TEXT else None
        return replace(heard, files=(await fetch(self.bot, sent, self.clock),)) if sent else heard

    async def _end_press(self, query: CallbackQuery, heeded: Heeded) -> None:
        language = language_of(query.from_user) or DEFAULT_LANGUAGE
        notice = self.wording.text("telegram/stale", language, {}) if heeded.stale else None
        await signs.end_press(self.bot, query.id, notice)
        if query.message and heeded.stale:
            await signs.take_buttons(self.bot, query.message)
        elif query.message and heeded.fate == "heard":
            await signs.show_choice(self.bot, query.message, query.data or "")

    async def _note(self, changed: Standing) -> None:
        now = self.clock.now()
        if changed.reachable:
            await self.database.write(lambda tx: addresses.revive(tx, CHANNEL, changed.address))
        else:
            await self.database.write(
                lambda tx: addresses.mark_dead(tx, CHANNEL, changed.address, "blocked", now)
            )

    async def _insist(self, act: Callable[[], Awaitable[T]]) -> T:
        """Does it again and again, with waits, until it is done."""
        tries = 0
        while True:
            try:
                return await act()
            except Exception as error:
                tries += 1
                wait = decide_wait(error, tries)
                if wait is None:
                    raise
                _report(error, tries, wait)
            await self.clock.sleep(wait.total_seconds())


def _by_chat(updates: Sequence[Update]) -> Iterable[list[Update]]:
    chats: dict[str, list[Update]] = {}
    for update in updates:
        chats.setdefault(chat_of(update), []).append(update)
    return chats.values()


def _report(error: Exception, tries: int, wait: timedelta) -> None:
    """Names the kind of error only: the text of some of them holds the token."""
    meaning = MEANINGS.get(type(error))
    tell = log.error if meaning else log.warning
    tell(
        "telegram-waits",
        error=type(error).__name__,
        meaning=meaning,
        tries=tries,
        seconds=wait.total_seconds(),
    )
