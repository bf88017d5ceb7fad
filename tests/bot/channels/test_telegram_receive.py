"""Receiving from Telegram: what is confirmed when, and what trouble does."""

from __future__ import annotations

import logging

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import open_bot
from bot.channels.telegram.receive import Receiver
from bot.messages import Kind
from storage import people
from storage.database import Database, DatabaseDown
from tests.bot.channels.conftest import PatientClock, running
from tests.bot.channels.listener import Listener
from tests.fakes.conftest import bot_for
from tests.fakes.telegram import FakeTelegram, Person


async def test_a_message_is_confirmed_only_when_it_has_been_heard(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    safe = listener.hold("Bonjour")
    await camille.says("Bonjour")
    async with running(receiver):
        await listener.arrived.wait()
        await telegram.called("sendChatAction")
        assert len(telegram.calls_of("getUpdates")) == 1
        safe.set()
        await telegram.all_confirmed()
    assert listener.texts == ["Bonjour"]


async def test_what_was_not_confirmed_comes_again_after_a_restart(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    safe = listener.hold("deux")
    await camille.says("un")
    await camille.says("deux")
    async with running(receiver):
        await telegram.called("sendChatAction", 2)
    safe.set()
    async with running(receiver):
        await telegram.all_confirmed()
    assert listener.texts == ["un", "un", "deux"]
    assert len({heard.key for heard in listener.heard}) == 2


async def test_a_chat_is_heard_in_order_and_holds_up_no_other(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    alex = telegram.person(43, "Alex")
    await camille.says("un")
    await camille.says("deux")
    await alex.says("trois")
    await alex.says("quatre")
    slow, there = listener.hold("un"), listener.hold("quatre")
    async with running(receiver):
        await telegram.called("sendChatAction", 3)
        there.set()
        slow.set()
        await telegram.all_confirmed()
    assert listener.texts[0] == "trois"
    assert [text for text in listener.texts if text in ("un", "deux")] == ["un", "deux"]
    assert [text for text in listener.texts if text in ("trois", "quatre")] == ["trois", "quatre"]


async def test_while_the_database_is_down_messages_wait(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, clock: PatientClock
) -> None:
    listener.troubles = [DatabaseDown() for _ in range(8)]
    await camille.says("Bonjour")
    async with running(receiver):
        await telegram.all_confirmed()
    assert listener.texts == ["Bonjour"]
    assert clock.waits == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_message_that_fails_without_reason_keeps_no_other_out(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    listener.troubles = [ValueError("?") for _ in range(3)]
    await camille.says("un")
    await camille.says("deux")
    with capture_logs() as logs:
        async with running(receiver):
            await telegram.all_confirmed()
    assert listener.texts == ["deux"]
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["telegram-update-lost"]


@pytest.mark.parametrize(
    ("method", "code", "waits", "level"),
    [
        ("getUpdates", 502, [1, 2], "warning"),
        ("getUpdates", 500, [1, 2], "warning"),
        ("getUpdates", 409, [30, 30], "error"),
        ("getUpdates", 401, [30, 30], "error"),
        ("getMe", 401, [30, 30], "error"),
        ("getMe", 502, [1, 2], "warning"),
        ("setMyCommands", 502, [1, 2], "warning"),
    ],
)
async def test_trouble_with_telegram_is_waited_out_and_told(
    telegram: FakeTelegram,
    receiver: Receiver,
    listener: Listener,
    camille: Person,
    clock: PatientClock,
    *,
    method: str,
    code: int,
    waits: list[float],
    level: str,
) -> None:
    telegram.fail(2, method, code)
    await camille.says("Bonjour")
    with capture_logs() as logs:
        async with running(receiver):
            await telegram.all_confirmed()
    assert listener.texts == ["Bonjour"]
    assert clock.waits == waits
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("telegram-waits", level)] * 2
    assert all(bool(entry["meaning"]) == (level == "error") for entry in logs)
    assert telegram.token not in str(logs)


async def test_it_waits_as_long_as_telegram_asks(
    telegram: FakeTelegram, receiver: Receiver, camille: Person, clock: PatientClock
) -> None:
    telegram.flood_all(7, method="getUpdates")
    await camille.says("Bonjour")
    async with running(receiver):
        await telegram.all_confirmed()
    assert clock.waits == [7]


async def test_a_line_that_is_cut_is_taken_up_again(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, clock: PatientClock
) -> None:
    telegram.drop(method="getUpdates")
    telegram.drop(method="getUpdates", after=True)
    await camille.says("Bonjour")
    async with running(receiver):
        await telegram.all_confirmed()
    assert listener.texts == ["Bonjour"]
    assert clock.waits == [1, 2]


async def test_a_second_receiver_with_the_same_token_is_told_to_the_operator(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, clock: PatientClock
) -> None:
    async with bot_for(telegram) as second:
        with capture_logs() as logs:
            async with running(receiver):
                await telegram.called("getUpdates")
                await second.get_updates()
                await telegram.called("getUpdates", 3)
                await camille.says("Bonjour")
                await telegram.all_confirmed()
    assert [entry["error"] for entry in logs] == ["Conflict"]
    assert "another process" in logs[0]["meaning"]
    assert clock.waits == [30]
    assert listener.texts == ["Bonjour"]


async def test_only_what_concerns_us_is_asked_for_by_long_polls(
    telegram: FakeTelegram, receiver: Receiver
) -> None:
    async with running(receiver):
        await telegram.called("getUpdates")
    [poll] = telegram.calls_of("getUpdates")
    assert poll["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert poll["timeout"] == 25


async def test_somebody_sees_that_their_message_has_come_in(
    telegram: FakeTelegram, receiver: Receiver, camille: Person
) -> None:
    await camille.says("Bonjour")
    async with running(receiver):
        await telegram.all_confirmed()
    assert telegram.calls_of("sendChatAction") == [{"chat_id": 42, "action": "typing"}]


async def test_a_typing_sign_that_fails_changes_nothing(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    telegram.fail(method="sendChatAction")
    await camille.says("Bonjour")
    async with running(receiver):
        await telegram.all_confirmed()
    assert listener.texts == ["Bonjour"]


async def test_a_group_that_does_not_mean_us_is_left_alone(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    group = telegram.group()
    await camille.says_in_group(group, "Bonjour à tous")
    await camille.says_in_group(group, "Et toi, @declic_bot?")
    async with running(receiver):
        await telegram.all_confirmed()
    assert [(heard.kind, heard.text, heard.chat) for heard in listener.heard] == [
        (Kind.GROUP, "", str(group.id))
    ]
    assert len(telegram.calls_of("sendChatAction")) == 1


@pytest.mark.parametrize("kind", ["sticker", "voice", "document", "location", "contact"])
async def test_what_cannot_be_read_is_heard_as_such(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, kind: str
) -> None:
    await camille.sends(kind)
    async with running(receiver):
        await telegram.all_confirmed()
    assert [heard.kind for heard in listener.heard] == [Kind.UNREADABLE]


async def test_an_edited_message_is_another_message(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, clock: PatientClock
) -> None:
    said = await camille.says("Bonjour")
    for text in ("Bonsoir", "Allô"):
        await clock.sleep(1)
        await camille.edits(said, text)
    async with running(receiver):
        await telegram.all_confirmed()
    assert [heard.kind for heard in listener.heard] == [Kind.TEXT, Kind.EDITED, Kind.EDITED]
    assert len({heard.key for heard in listener.heard}) == 3


@pytest.mark.parametrize(
    ("language", "menu"),
    [
        ("fr", [("declarer", "Déclarer")]),
        ("en", [("declare", "Declare")]),
        ("es", [("declarer", "Déclarer")]),
    ],
)
async def test_the_menu_speaks_the_language_of_the_person(
    telegram: FakeTelegram, receiver: Receiver, language: str, menu: list[tuple[str, str]]
) -> None:
    somebody = telegram.person(44, language_code=language)
    async with running(receiver):
        await telegram.called("getUpdates")
    assert somebody.menu == menu


async def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(
    telegram: FakeTelegram, receiver: Receiver, database: Database, camille: Person, clock: PatientClock
) -> None:
    person = await database.write(lambda tx: people.add(tx, clock.now(), "Camille", "fr"))
    await database.write(lambda tx: people.link(tx, person, "telegram", "42", clock.now()))

    async def reachable() -> bool:
        return bool(await database.read(lambda tx: people.addresses(tx, person)))

    async with running(receiver):
        await camille.blocks_the_bot()
        await telegram.all_confirmed()
        assert not await reachable()
        await camille.says("Me revoilà")
        await telegram.all_confirmed()
        assert await reachable()


async def test_the_token_is_in_no_log(caplog: pytest.LogCaptureFixture, telegram: FakeTelegram) -> None:
    caplog.set_level(logging.INFO)
    async with open_bot(telegram.token, telegram.base_url) as bot:
        await bot.get_me()
        telegram.fail()
        with pytest.raises(Exception, match="Bad Gateway"):
            await bot.get_me()
    assert telegram.token not in caplog.text
