"""The fake Telegram's updates, its webhook, and the trouble that it makes on demand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter

from tests.fakes.conftest import ANOTHER_SECOND, Clock, bot_for
from tests.fakes.telegram import FakeTelegram, Person


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_updates_stay_until_a_later_offset_confirms_them(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    for text in ("un", "deux", "trois"):
        await camille.says(text)
    first = await bot.get_updates()
    assert texts(first) == texts(await bot.get_updates()) == ["un", "deux", "trois"]
    assert telegram.offset_confirmed == 0
    assert texts(await bot.get_updates(offset=first[1].update_id, limit=1)) == ["deux"]
    assert telegram.offset_confirmed == first[1].update_id
    assert texts(await bot.get_updates(offset=-1)) == ["trois"]
    assert texts(await bot.get_updates()) == ["trois"]
    await bot.get_updates(offset=first[2].update_id + 1)
    await telegram.all_confirmed()
    assert telegram.pending == []


async def test_a_long_poll_ends_when_somebody_speaks(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=30))
        await telegram.called("getUpdates")
        await camille.says("Bonjour")
    assert texts(poll.result()) == ["Bonjour"]


async def test_of_two_polls_at_once_the_older_has_the_conflict(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    async with bot_for(telegram) as second, asyncio.TaskGroup() as tasks:
        older = tasks.create_task(conflict(bot.get_updates(timeout=30)))
        await telegram.called("getUpdates")
        newer = tasks.create_task(second.get_updates(timeout=30))
        assert "terminated by other getUpdates request" in await older
        await camille.says("Bonjour")
    assert texts(newer.result()) == ["Bonjour"]


async def conflict(poll: Awaitable[Any]) -> str:
    with pytest.raises(Conflict) as raised:
        await poll
    return raised.value.message


async def test_only_the_kinds_that_are_wanted_are_made(bot: Bot, camille: Person) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    said = await camille.says("Bonjour")
    await camille.edits(said, "Bonsoir")
    [update] = await bot.get_updates()
    assert update.edited_message
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    await camille.says("Encore")
    assert texts(await bot.get_updates()) == ["Encore"]


async def test_leaving_does_not_wait_for_a_long_poll() -> None:
    async with FakeTelegram() as telegram, bot_for(telegram) as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await telegram.called("getUpdates")
        await telegram.__aexit__(None, None, None)
        assert await poll == ()


class Hook:
    """A web server that takes what Telegram delivers, when it knows the secret."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != "sesame":
            return web.Response(status=403)
        self.heard.append(await request.json())
        return web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/telegram", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield hook
    await runner.cleanup()


async def test_a_webhook_takes_updates_with_its_secret(
    telegram: FakeTelegram, bot: Bot, camille: Person, hook: Hook
) -> None:
    await bot.set_webhook("https://declic.example/telegram", secret_token="sesame")
    await camille.says("Bonjour")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert await telegram.deliver_webhook(to=hook.address, secret="guessed") == [403]
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        1,
        "Wrong response from the webhook: 403 Forbidden",
    )
    [update] = telegram.pending
    assert await telegram.deliver_webhook(to=hook.address) == [200]
    assert await telegram.redeliver(update, to=hook.address) == 200
    assert hook.heard == [update, update]
    assert telegram.pending == []
    await camille.says("Encore")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_who_blocks_the_bot_is_out_of_reach_until_they_write(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    await telegram.block(42)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(42, "Bonjour")
    await camille.says("Me revoici")
    await bot.send_message(42, "Bonjour")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


async def test_floods_concern_one_chat_or_all(telegram: FakeTelegram, bot: Bot, camille: Person) -> None:
    telegram.person(43)
    telegram.flood(42, retry_after=7)
    await bot.send_message(43, "Bonjour")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(42, "Bonjour")
    assert refused.value.retry_after == timedelta(seconds=7)
    await bot.send_message(42, "Bonjour")
    telegram.flood_all(retry_after=2, times=2)
    assert await bot.get_updates() == ()
    for chat in (42, 43):
        with pytest.raises(RetryAfter):
            await bot.send_message(chat, "Bonsoir")
    assert [refused.code for refused in telegram.refusals] == [429, 429, 429]


async def test_telegram_out_of_order_and_lines_cut(telegram: FakeTelegram, bot: Bot, camille: Person) -> None:
    telegram.fail()
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(42, "un")
    telegram.fail(method="getUpdates")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.get_updates()
    telegram.drop()
    with pytest.raises(NetworkError, match=r"RemoteProtocolError|ReadError"):
        await bot.send_message(42, "deux")
    assert camille.chat == []
    telegram.drop(after=True)
    with pytest.raises(NetworkError, match=r"RemoteProtocolError|ReadError"):
        await bot.send_message(42, "trois")
    assert [message.text for message in camille.chat] == ["trois"]
    await bot.send_message(42, "quatre")


async def test_a_message_a_second_to_a_person(
    telegram: FakeTelegram, bot: Bot, camille: Person, clock: Clock
) -> None:
    telegram.limit_pace()
    await bot.send_message(42, "un")
    with pytest.raises(RetryAfter):
        await bot.send_message(42, "deux")
    clock.time += ANOTHER_SECOND
    await bot.send_message(42, "deux")
    telegram.limit_pace(False)
    await bot.send_message(42, "trois")
    assert len(await camille.hears(3)) == 3


async def test_thirty_messages_a_second_overall(telegram: FakeTelegram, bot: Bot, clock: Clock) -> None:
    telegram.limit_pace()
    for number in range(31):
        telegram.person(number + 1)
    for number in range(30):
        await bot.send_message(number + 1, "Bonjour")
    with pytest.raises(RetryAfter):
        await bot.send_message(31, "Bonjour")
    clock.time += ANOTHER_SECOND
    await bot.send_message(31, "Bonjour")


async def test_old_messages_cannot_be_deleted(bot: Bot, camille: Person, clock: Clock) -> None:
    sent = await bot.send_message(42, "Bonjour")
    clock.time += timedelta(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(42, sent.message_id)
