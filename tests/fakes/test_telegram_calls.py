"""The fake Telegram refuses every call that Telegram would, and remembers those that no correct bot makes."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from tests.fakes.telegram import FakeTelegram, Person

DATA = "a" * 64


async def post(
    telegram: FakeTelegram, method: str, token: str = FakeTelegram.token, **body: Any
) -> tuple[int, str]:
    """Makes a call in JSON, right or wrong; returns the status and what was said of it."""
    address = f"{telegram.base_url}{token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=body) as answer:
        said = await answer.json()
        return answer.status, said.get("description", "")


@pytest.mark.parametrize(
    ("method", "fields", "status", "said"),
    [
        ("sendTelegram", {}, 404, "method not found"),
        ("sendMessage", {"chat_id": 42}, 400, "text: is required"),
        ("sendMessage", {"chat_id": 42, "text": "a", "colour": "red"}, 400, "colour: there is no such field"),
        ("sendMessage", {"chat_id": 42, "text": 12}, 400, "text: must be String, not 12"),
        ("sendMessage", {"chat_id": True, "text": "a"}, 400, "chat_id: must be Integer"),
        ("sendMessage", {"chat_id": 42, "text": "a", "reply_markup": {}}, 400, "is required"),
        (
            "sendMessage",
            {"chat_id": 42, "text": "a", "reply_markup": {"inline_keyboard": [[{"text": 1}]]}},
            400,
            "reply_markup.inline_keyboard[0][0].text: must be String, not 1",
        ),
        (
            "sendMessage",
            {"chat_id": 42, "text": "a", "reply_markup": {"force_reply": True}},
            501,
            "keyboards",
        ),
        ("sendMessage", {"chat_id": 42, "text": "a", "message_thread_id": 1}, 501, "with message_thread_id"),
        ("sendMessage", {"chat_id": 42, "text": "a", "parse_mode": "MarkdownV2"}, 501, "MarkdownV2"),
        ("sendMessage", {"chat_id": 42, "text": "a", "parse_mode": "XML"}, 400, "unsupported parse_mode"),
        ("sendDice", {"chat_id": 42}, 501, "does not imitate sendDice"),
        ("sendDocument", {"chat_id": 42, "document": "attach://nothing"}, 400, "no such file in the call"),
        ("sendChatAction", {"chat_id": 42, "action": "sleeping"}, 400, "wrong parameter action"),
        (
            "setMyCommands",
            {"commands": [{"command": "Aide", "description": "a"}]},
            400,
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "aide", "description": ""}]},
            400,
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "everybody"}},
            400,
            "scope.type: must be 'default', not 'everybody'",
        ),
        ("getUpdates", {"limit": 101}, 400, "limit must be 1-100"),
        ("getUpdates", {"allowed_updates": ["letters"]}, 400, "there is no kind letters"),
        ("setWebhook", {"url": "http://declic.example/"}, 400, "HTTPS URL"),
        ("setWebhook", {"url": "https://declic.example/", "secret_token": "é"}, 400, "secret token"),
    ],
)
async def test_calls_that_no_correct_bot_makes(
    telegram: FakeTelegram, camille: Person, method: str, fields: dict[str, Any], status: int, said: str
) -> None:
    answered, description = await post(telegram, method, **fields)
    assert answered == status
    assert said in description
    [violation] = telegram.take_violations()
    assert method in violation
    assert camille.chat == []


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"colour": "red"}, "colour: there is no such field"),
        ({"disable_notification": "perhaps"}, "disable_notification: must be Boolean, not 'perhaps'"),
        ({"link_preview_options": "none"}, "link_preview_options: must be LinkPreviewOptions, not 'none'"),
        ({"entities": [{"type": "bold", "offset": 5, "length": 9}]}, "ENTITY_BOUNDS_INVALID"),
        ({"reply_parameters": {"message_id": "1"}}, "reply_parameters.message_id: must be Integer, not '1'"),
        ({"reply_parameters": {"message_id": 1, "quote": "a"}}, "does not imitate a reply with"),
    ],
)
async def test_what_comes_as_a_form_is_read_as_its_type(
    telegram: FakeTelegram, bot: Bot, camille: Person, extra: dict[str, Any], said: str
) -> None:
    with pytest.raises(TelegramError):
        await bot.send_message(42, "Bonjour", api_kwargs=extra)
    [violation] = telegram.take_violations()
    assert said in violation


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda bot: bot.send_document(42, b""), "File must be non-empty"),
        (lambda bot: bot.send_document(42, "file-999"), "Wrong file identifier"),
        (lambda bot: bot.get_file("file-999"), "Invalid file_id"),
        (lambda bot: bot.leave_chat(42), "can't be changed in private chats"),
    ],
    ids=["empty file", "unknown file", "unknown download", "private chat"],
)
async def test_what_may_happen_to_a_correct_bot_is_no_violation(
    telegram: FakeTelegram, bot: Bot, camille: Person, call: Callable[[Bot], Awaitable[Any]], said: str
) -> None:
    with pytest.raises(TelegramError, match=said):
        await call(bot)
    assert (telegram.violations, camille.chat) == ([], [])


async def test_leaving_fails_on_violations_not_taken() -> None:
    with pytest.raises(AssertionError, match="sendMessage: Bad Request: text: is required"):
        async with FakeTelegram() as telegram:
            await post(telegram, "sendMessage", chat_id=42)


async def test_violations_do_not_hide_another_error() -> None:
    error, telegram = KeyError(), FakeTelegram()
    await telegram.__aenter__()
    await post(telegram, "sendMessage", chat_id=42)
    await telegram.__aexit__(KeyError, error, None)
    assert "text: is required" in error.__notes__[0]


async def test_another_token_is_nobody(telegram: FakeTelegram) -> None:
    assert await post(telegram, "getMe", token="1:no") == (401, "Unauthorized")
    assert telegram.calls == []


async def test_calls_are_remembered_with_their_values(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Oui", callback_data="oui"))
    await bot.send_message(42, "12", reply_markup=keyboard, disable_notification=True)
    assert [call.method for call in telegram.calls] == ["getMe", "sendMessage"]
    [fields] = telegram.calls_of("sendMessage")
    assert (fields["chat_id"], fields["text"], fields["disable_notification"]) == (42, "12", True)
    assert fields["reply_markup"] == {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui"}]]}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", "Message text is empty"),
        (" \n ", "Message text is empty"),
        ("a" * 4096, None),
        ("😀" * 4096, None),
        ("a" * 4097, "Message is too long"),
        (f"<b>{'a' * 4096}</b>", None),
    ],
    ids=["empty", "blank", "longest", "longest emoji", "too long", "tags not counted"],
)
async def test_the_length_of_texts(
    telegram: FakeTelegram, bot: Bot, camille: Person, text: str, refused: str | None
) -> None:
    if refused is None:
        await bot.send_message(42, text, parse_mode="HTML")
        assert len((await camille.hears())[0].text) == 4096
        return
    with pytest.raises(BadRequest, match=refused):
        await bot.send_message(42, text, parse_mode="HTML")
    assert len(telegram.take_violations()) == 1


@pytest.mark.parametrize(
    ("label", "action", "refused"),
    [
        ("Oui", {"callback_data": DATA}, None),
        ("Oui", {"callback_data": "é" * 32}, None),
        ("Oui", {"url": "https://declic.example"}, None),
        ("Oui", {"callback_data": "é" * 33}, "Button_data_invalid"),
        ("Oui", {"callback_data": ""}, "text buttons are unallowed"),
        ("Oui", {}, "text buttons are unallowed"),
        ("Oui", {"callback_data": "o", "url": "https://declic.example"}, "exactly one of url, callback_data"),
        (" ", {"callback_data": "o"}, "text must be non-empty"),
    ],
)
async def test_buttons(
    telegram: FakeTelegram, bot: Bot, camille: Person, label: str, action: dict[str, Any], refused: str | None
) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(label, **action)]])
    if refused is None:
        await bot.send_message(42, "Envoyer?", reply_markup=keyboard)
        assert (await camille.hears())[0].buttons == [[label]]
        return
    with pytest.raises(BadRequest, match=refused):
        await bot.send_message(42, "Envoyer?", reply_markup=keyboard)
    assert len(telegram.take_violations()) == 1


async def test_edits_that_change_nothing_or_have_nothing_to_change(bot: Bot, camille: Person) -> None:
    said = await camille.says("Bonjour")
    sent = await bot.send_message(42, "<b>Bonjour</b>", parse_mode="HTML")
    document = await bot.send_document(42, b"a")
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("<strong>Bonjour</strong> ", 42, sent.message_id, parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(42, sent.message_id)
    for identifier, why in (
        (999, "Message to edit not found"),
        (said.id, "Message can't be edited"),
        (document.message_id, "There is no text in the message to edit"),
    ):
        with pytest.raises(BadRequest, match=why):
            await bot.edit_message_text("Bonsoir", 42, identifier)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(42, 999)
