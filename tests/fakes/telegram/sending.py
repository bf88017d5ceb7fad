"""Messages of the bot: sent, edited, deleted."""

from datetime import timedelta
from typing import Any

from tests.fakes.telegram.chats import Chat, Message
from tests.fakes.telegram.entities import find_entities, parse_html, trimmed, units
from tests.fakes.telegram.errors import bad_request, misuse, not_imitated
from tests.fakes.telegram.files import File
from tests.fakes.telegram.keyboards import checked
from tests.fakes.telegram.spec import Upload
from tests.fakes.telegram.world import Json, World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""Characters (code points) after entities parsing; only the entities themselves count UTF-16 code units.

Measured at Telegram on 2026-08-29: 4096 emoji (8192 units) are taken, 4097 are "too long"
(FerroxLabs/wayland, issue 934). Whoever splits by UTF-16 units stays on the safe side.
"""

LARGEST_DOCUMENT = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
_UNDELETABLE_AFTER = timedelta(hours=48)
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


def send_message(world: World, call: Json) -> Json:
    return _send(world, call, _text(call), call["text"])


def send_document(world: World, call: Json) -> Json:
    file = world.files.sent(_not_an_address(call["document"]), LARGEST_DOCUMENT)
    content = {"document": file.as_json() | {"file_name": file.name, "mime_type": file.mime}}
    return _send(world, call, content | _caption(call), call.get("caption", ""), file)


def send_photo(world: World, call: Json) -> Json:
    file = world.files.sent(_not_an_address(call["photo"]), LARGEST_PHOTO)
    if not file.content.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    content = {"photo": [file.as_json() | {"width": 800, "height": 600}]}
    return _send(world, call, content | _caption(call), call.get("caption", ""), file)


def edit_message_text(world: World, call: Json) -> Json:
    message = _own_message(world, call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    if "text" not in call:
        raise misuse("message text is empty")
    return _change(world, message, _text(call) | _markup(call), call["text"])


def edit_message_reply_markup(world: World, call: Json) -> Json:
    message = _own_message(world, call)
    kept = {name: message.body[name] for name in _CONTENT if name in message.body}
    return _change(world, message, kept | _markup(call), message.source)


def delete_message(world: World, call: Json) -> bool:
    chat = world.chats.open(call["chat_id"])
    message = chat.message(call["message_id"], "message to delete not found")
    if world.now - message.body["date"] > _UNDELETABLE_AFTER.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    world.changes.tell()
    return True


def _send(world: World, call: Json, content: Json, source: str, file: File | None = None) -> Json:
    markup = _markup(call)
    chat = world.chats.open(call["chat_id"])
    reply = _reply(chat, call.get("reply_parameters"))
    world.pace.count(chat, world.clock())
    return world.post(chat, world.bot, content | markup | reply, source, file).body


_CONTENT = ("text", "entities")


def _text(call: Json) -> Json:
    text, entities = _rendered(call, call["text"], "entities")
    if not text:
        raise misuse("message text is empty")
    if len(text) > LONGEST_TEXT:
        raise misuse("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(call: Json) -> Json:
    text, entities = _rendered(call, call.get("caption", ""), "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise misuse("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _rendered(call: Json, source: str, entities: str) -> tuple[str, list[Json]]:
    mode = call.get("parse_mode", "")
    if mode in ("Markdown", "MarkdownV2"):
        raise not_imitated(f"parse_mode {mode}")
    if mode not in ("", "HTML"):
        raise misuse("unsupported parse_mode")
    if mode:
        text, known = parse_html(source)
    else:
        text, known = trimmed(source, _inside(source, call.get(entities, [])))
    return text, find_entities(text, known)


def _inside(text: str, entities: list[Json]) -> list[Json]:
    if any(e["offset"] < 0 or e["length"] < 1 or e["offset"] + e["length"] > units(text) for e in entities):
        raise misuse("ENTITY_BOUNDS_INVALID")
    return entities


def _markup(call: Json) -> Json:
    markup = checked(call.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


_REPLY = {"message_id", "chat_id", "allow_sending_without_reply"}


def _reply(chat: Chat, asked: Json | None) -> Json:
    if asked is None:
        return {}
    if asked.keys() - _REPLY or asked.get("chat_id", chat.id) != chat.id:
        raise not_imitated(f"a reply with {asked}")
    if asked["message_id"] not in chat.messages and asked.get("allow_sending_without_reply"):
        return {}
    answered = chat.message(asked["message_id"], "message to be replied not found").body
    return {"reply_to_message": {name: answered[name] for name in answered if name != "reply_to_message"}}


def _not_an_address(given: Upload | str) -> Any:
    if isinstance(given, str) and given.startswith(("http://", "https://")):
        raise not_imitated("files that Telegram fetches from an address")
    return given


def _own_message(world: World, call: Json) -> Message:
    if "chat_id" not in call or "message_id" not in call:
        raise misuse("message identifier is not specified")
    message = world.chats.open(call["chat_id"]).message(call["message_id"], "message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, new: Json, source: str) -> Json:
    replaced = (*_CONTENT, "reply_markup")
    if {name: message.body[name] for name in replaced if name in message.body} == new:
        raise bad_request(_UNCHANGED)
    kept = {name: value for name, value in message.body.items() if name not in replaced}
    message.body, message.source = kept | new | {"edit_date": world.now}, source
    world.changes.tell()
    return message.body
