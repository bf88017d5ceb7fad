"""What each kind of update is heard as."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update, User

from bot.channels.telegram.updates import Standing, chat_of, heard_in, standing_in
from bot.messages import Heard, Kind

ME = User(7000000001, "Déclic", is_bot=True, username="declic_bot")
SENT = datetime(2026, 10, 12, 13, 30, tzinfo=UTC)
NOW = datetime(2026, 10, 12, 14, 0, tzinfo=UTC)

Json = dict[str, Any]

CAMILLE: Json = {"id": 42, "is_bot": False, "first_name": "Camille", "language_code": "fr"}
BOT: Json = {"id": ME.id, "is_bot": True, "first_name": "Déclic", "username": "declic_bot"}
OTHER: Json = {"id": 9, "is_bot": False, "first_name": "Alex"}
PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Camille"}
GROUP: Json = {"id": -100123, "type": "supergroup", "title": "Équipe"}
STICKER: Json = {
    "file_id": "a",
    "file_unique_id": "b",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
PHOTO: Json = {
    "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
    "caption": "Titre",
}


def said(chat: Json = PRIVATE, sender: Json = CAMILLE, **content: Any) -> Json:
    return {"message_id": 5, "date": SENT.timestamp(), "chat": chat, "from": sender, **content}


def marked(text: str, kind: str, part: str) -> Json:
    """A text with one part of it marked, as Telegram marks commands and names."""
    return {"text": text, "entities": [{"type": kind, "offset": text.index(part), "length": len(part)}]}


def ours(**more: Any) -> Json:
    return said(sender=BOT, text="Quel est le titre?") | more


def press(message: Json, **more: Any) -> Json:
    return {"id": "77", "from": CAMILLE, "chat_instance": "1", "message": message, "data": "t:q:v"} | more


def update(kind: str, body: Json) -> Update:
    return Update.de_json({"update_id": 1, kind: body}, None)


def hear(kind: str, body: Json) -> Heard | None:
    return heard_in(update(kind, body), ME, NOW)


def heard(key: str, text: str = "", kind: Kind = Kind.TEXT, **more: Any) -> Heard:
    fixed: Json = {"at": SENT, "chat": "42", "language": "fr"}
    return Heard("telegram", "42", key, text=text, kind=kind, **(fixed | more))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(said(text="Bonjour"), heard("m5", "Bonjour"), id="text"),
        pytest.param(said(text="Bonjour", effect_id="5"), heard("m5", "Bonjour"), id="text with an effect"),
        pytest.param(said(text="/declarer"), heard("m5", "/declarer"), id="command"),
        pytest.param(
            said(text="/declarer@Declic_Bot x@y"), heard("m5", "/declarer x@y"), id="command with our name"
        ),
        pytest.param(
            said(text="/start@other_bot"), heard("m5", "/start@other_bot"), id="another bot's command"
        ),
        pytest.param(said(text="/start abc"), heard("m5", "/start abc"), id="link with a payload"),
        pytest.param(
            said(text="Merci", reply_to_message=ours(message_id=3)),
            heard("m5", "Merci", about="3"),
            id="reply",
        ),
        pytest.param(
            said(sender=CAMILLE | {"language_code": "en-GB"}, text="Hi"),
            heard("m5", "Hi", language="en"),
            id="en",
        ),
        pytest.param(
            said(sender=CAMILLE | {"language_code": "es"}, text="Ay"),
            heard("m5", "Ay", language=None),
            id="es",
        ),
        pytest.param(said(sticker=STICKER), heard("m5", kind=Kind.UNREADABLE), id="sticker"),
        pytest.param(said(**PHOTO), heard("m5", "Titre"), id="photo with a caption"),
        pytest.param(
            said(location={"latitude": 45.5, "longitude": -73.6}),
            heard("m5", kind=Kind.UNREADABLE),
            id="location",
        ),
        pytest.param(
            said(contact={"phone_number": "1", "first_name": "A"}),
            heard("m5", kind=Kind.UNREADABLE),
            id="contact",
        ),
        pytest.param(
            said(hologram={"size": 3}), heard("m5", kind=Kind.UNREADABLE), id="a kind not invented yet"
        ),
        pytest.param(said(pinned_message=ours()), None, id="Telegram says that something was pinned"),
        pytest.param(said(sender=CAMILLE | {"is_bot": True}, text="Bip"), None, id="a bot"),
    ],
)
def test_a_message(message: Json, expected: Heard | None) -> None:
    assert hear("message", message) == expected


IN_GROUP = heard("m5@-100123", kind=Kind.GROUP, chat="-100123")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(said(GROUP, text="Bonjour à tous"), None, id="not for us"),
        pytest.param(
            said(GROUP, **marked("Dis, @declic_bot?", "mention", "@declic_bot")), IN_GROUP, id="mention"
        ),
        pytest.param(
            said(GROUP, **marked("Dis, @Declic_Bot?", "mention", "@Declic_Bot")), IN_GROUP, id="capitals"
        ),
        pytest.param(said(GROUP, **marked("Dis, @alex?", "mention", "@alex")), None, id="mention of another"),
        pytest.param(said(GROUP, **marked("/start", "bot_command", "/start")), IN_GROUP, id="command"),
        pytest.param(
            said(GROUP, **marked("/start@declic_bot", "bot_command", "/start@declic_bot")),
            IN_GROUP,
            id="our command",
        ),
        pytest.param(
            said(GROUP, **marked("/start@alex_bot", "bot_command", "/start@alex_bot")),
            None,
            id="another's command",
        ),
        pytest.param(said(GROUP, text="Merci", reply_to_message=ours()), IN_GROUP, id="reply to us"),
        pytest.param(
            said(GROUP, text="Oui", reply_to_message=said(sender=OTHER, text="?")), None, id="another reply"
        ),
        pytest.param(said(GROUP, sticker=STICKER), None, id="sticker"),
        pytest.param(
            said(
                GROUP,
                photo=PHOTO["photo"],
                caption="@declic_bot",
                caption_entities=[{"type": "mention", "offset": 0, "length": 11}],
            ),
            IN_GROUP,
            id="mention under a photo",
        ),
        pytest.param(
            said(
                GROUP,
                text="Déclic?",
                entities=[{"type": "text_mention", "offset": 0, "length": 6, "user": BOT}],
            ),
            IN_GROUP,
            id="mention by link",
        ),
    ],
)
def test_a_group_is_heard_only_when_it_speaks_to_us(message: Json, expected: Heard | None) -> None:
    assert hear("message", message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(
            said(text="Bonsoir", edit_date=SENT.timestamp() + 9),
            heard("e5-1791811809", "Bonsoir", Kind.EDITED),
            id="text",
        ),
        pytest.param(
            said(location={"latitude": 45.5, "longitude": -73.6}, edit_date=1791811809),
            None,
            id="a position moves",
        ),
        pytest.param(said(GROUP, text="Bonsoir", edit_date=1791811809), None, id="in a group"),
    ],
)
def test_an_edited_message(message: Json, expected: Heard | None) -> None:
    assert hear("edited_message", message) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            press(ours()), heard("p77", kind=Kind.PRESS, at=NOW, press="t:q:v", about="5"), id="button"
        ),
        pytest.param(
            press({"chat": PRIVATE, "message_id": 3, "date": 0}),
            heard("p77", kind=Kind.PRESS, at=NOW, press="t:q:v", about="3"),
            id="under a message that is too old to be shown",
        ),
        pytest.param(
            press(ours(chat=GROUP)),
            heard("p77", kind=Kind.GROUP, at=NOW, press="t:q:v", about="5", chat="-100123"),
            id="in a group",
        ),
        pytest.param(press(ours(), data=None, game_short_name="x"), None, id="without data"),
    ],
)
def test_a_press(query: Json, expected: Heard | None) -> None:
    assert hear("callback_query", query) == expected


def membership(chat: Json, status: str) -> Json:
    places = [
        {"user": BOT, "status": one} | ({"until_date": 0} if one == "kicked" else {})
        for one in ("left", status)
    ]
    return {
        "chat": chat,
        "from": CAMILLE,
        "date": SENT.timestamp(),
        "old_chat_member": places[0],
        "new_chat_member": places[1],
    }


@pytest.mark.parametrize(
    ("chat", "status", "expected"),
    [
        (PRIVATE, "kicked", Standing("42", reachable=False)),
        (PRIVATE, "member", Standing("42", reachable=True)),
        (GROUP, "kicked", None),
        (GROUP, "member", None),
    ],
)
def test_blocking_concerns_the_private_chat(chat: Json, status: str, expected: Standing | None) -> None:
    told = update("my_chat_member", membership(chat, status))
    assert standing_in(told) == expected
    assert heard_in(told, ME, NOW) is None


def test_each_update_belongs_to_a_chat() -> None:
    assert chat_of(update("message", said(GROUP, text="Bonjour"))) == "-100123"
    assert chat_of(update("callback_query", press(ours()))) == "42"
    assert (
        chat_of(update("poll_answer", {"poll_id": "1", "option_ids": [], "option_persistent_ids": []})) == ""
    )
