"""The fake as tests hold it: an HTTP server on this machine, its people, its trouble, its records."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.desk import Call, Desk, Refused
from tests.fakes.telegram.errors import Refusal, flooded
from tests.fakes.telegram.person import Person
from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.trouble import Snag
from tests.fakes.telegram.world import World

_LARGEST_CALL = 64 * 1024 * 1024
_PATIENCE = timedelta(seconds=30)
_BOT = {"id": 7000000001, "is_bot": True, "first_name": "Déclic", "username": "declic_bot"}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FakeTelegram:
    """`async with FakeTelegram() as telegram:` serves the Bot API; leaving fails if a call was not valid.

    `clock` gives the aware time of messages and limits; `patience` bounds every wait of `hears` and the like;
    `limits`: no more than a message a second to a person, 30 a second overall.
    """

    token = "7000000001:AAFakeTokenOfTheBotForTestsOnly_1234"

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = _utc_now,
        patience: timedelta = _PATIENCE,
        limits: bool = False,
    ) -> None:
        self._world = World(_BOT, clock)
        self._desk = Desk(self._world, self.token)
        self._patience = patience
        self._people: dict[int, Person] = {}
        self._port = 0
        self.limit_pace(limits)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST_CALL)
        app.add_routes(self._desk.routes())
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._world.updates.close()
        await self._runner.cleanup()
        if not self.violations:
            return
        listed = "\n".join(f"- {violation}" for violation in self.take_violations())
        if error is None:
            raise AssertionError(f"calls that Telegram does not allow:\n{listed}")
        error.add_note(f"calls that Telegram does not allow:\n{listed}")

    @property
    def base_url(self) -> str:
        """For python-telegram-bot: the token is put right behind it."""
        return f"http://127.0.0.1:{self._port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/file/bot"

    # What the bot did

    @property
    def calls(self) -> list[Call]:
        """Every call: its method and its fields, read as the types they have."""
        return self._desk.calls

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The fields of every call of that method."""
        return [call.fields for call in self.calls if call.method == method]

    async def called(self, method: str, times: int = 1) -> None:
        """Waits until the method has been called so many times in all: a bot that polls is there."""
        done = await self._world.changes.until(lambda: len(self.calls_of(method)) >= times, self._patience)
        assert done, f"{method} was called {len(self.calls_of(method))} time(s), not {times}"

    @property
    def refusals(self) -> list[Refused]:
        """Calls that were answered with an error, and which."""
        return self._desk.refusals

    @property
    def violations(self) -> list[str]:
        """Calls that no correct caller makes; leaving fails while there are any."""
        return self._desk.violations

    def take_violations(self) -> list[str]:
        """Hands over the violations, so that leaving does not fail on them."""
        taken = list(self._desk.violations)
        self._desk.violations.clear()
        return taken

    @property
    def offset_confirmed(self) -> int:
        """The highest offset that the bot has given: all updates below it are forgotten. 0 before any."""
        return self._world.updates.confirmed

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Updates that the bot has not confirmed, oldest first."""
        return list(self._world.updates.pending)

    async def all_confirmed(self) -> None:
        """Waits until the bot has confirmed every update."""
        done = await self._world.changes.until(lambda: not self._world.updates.pending, self._patience)
        assert done, f"the bot has not confirmed {self.pending}"

    @property
    def unanswered(self) -> list[Press]:
        """Buttons whose spinner still turns: answerCallbackQuery has not come."""
        return self._world.presses.unanswered()

    # Who is there

    def person(
        self,
        id: int,  # noqa: A002 - Telegram's own word
        first_name: str = "Camille",
        *,
        language_code: str = "fr",
        met: bool = True,
        **more: str,
    ) -> Person:
        """Somebody with a private chat; not `met`: the bot cannot write to them until they have written."""
        if id not in self._people:
            named = {"first_name": first_name, **more}
            chat = self._world.chats.add(Chat({"id": id, "type": "private", **named}, met))
            user = {"id": id, "is_bot": False, **named, "language_code": language_code}
            self._people[id] = Person(self._world, user, chat, self._patience)
        return self._people[id]

    def group(self, id: int = -100123, title: str = "Équipe") -> Chat:  # noqa: A002 - Telegram's own word
        """A group with the bot in it; its id is negative, a supergroup's begins with -100."""
        kind = "supergroup" if str(id).startswith("-100") else "group"
        return self._world.chats.add(Chat({"id": id, "type": kind, "title": title}))

    # Webhook

    async def deliver_webhook(self, *, to: str | None = None, secret: str | None = None) -> list[int]:
        """Posts the pending updates in order and returns the HTTP statuses; what is not taken stays pending.

        `to` (scheme://host:port) replaces that of the registered address; `secret` forges the header.
        """
        assert self._world.webhook.url, "the bot has set no webhook"
        statuses: list[int] = []
        for update in self.pending:
            statuses.append(await self.redeliver(update, to=to, secret=secret))
            if statuses[-1] >= 300:
                break
            self._world.updates.confirm(update["update_id"] + 1)
        return statuses

    async def redeliver(
        self, update: dict[str, Any], *, to: str | None = None, secret: str | None = None
    ) -> int:
        """Posts one update, pending or not, as Telegram does when it did not see the first answer."""
        hook = self._world.webhook
        return await hook.deliver(update, to, hook.secret if secret is None else secret)

    # Trouble

    async def block(self, chat: int) -> None:
        """The person of that chat blocks the bot, which is told so; writing again unblocks it."""
        await self._people[chat].blocks_the_bot()

    def limit_pace(self, on: bool = True) -> None:
        """Switches Telegram's limits on the rate of messages on or off."""
        self._world.pace.enforced = on

    def flood(self, chat: int, retry_after: int, times: int = 1) -> None:
        """The next calls to this chat are too many; `retry_after` in seconds."""
        self._desk.trouble.snags.append(Snag(times, flooded(retry_after), chat=chat))

    def flood_all(self, retry_after: int, times: int = 1, method: str | None = None) -> None:
        """The next calls are too many, whatever the chat (getUpdates only if it is named)."""
        self._desk.trouble.snags.append(Snag(times, flooded(retry_after), method))

    def fail(self, times: int = 1, method: str | None = None, code: int = 502) -> None:
        """The next calls find Telegram out of order (getUpdates only if it is named)."""
        self._desk.trouble.snags.append(Snag(times, Refusal(code, HTTPStatus(code).phrase), method))

    def hold(self, method: str, *, after: bool = False) -> asyncio.Event:
        """Calls of the method get no answer until the event is set, `after` they were carried out or before."""
        return self._desk.trouble.held.setdefault((method, after), asyncio.Event())

    def drop(self, times: int = 1, method: str | None = None, *, after: bool = False) -> None:
        """The next calls get no answer: the line is cut, `after` they were carried out or before."""
        self._desk.trouble.snags.append(Snag(times, None, method, after=after))
