"""Chats and their messages, as they stand now."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.telegram.entities import Entity, piece
from tests.fakes.telegram.errors import bad_request, forbidden
from tests.fakes.telegram.files import File
from tests.fakes.telegram.keyboards import Button, Keyboard, seen


@dataclass(slots=True)
class Message:
    """`body` is Telegram's own JSON of it; `source` the text as its sender wrote it (with the HTML)."""

    body: dict[str, Any]
    source: str = ""
    file: File | None = None

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def from_bot(self) -> bool:
        return bool(self.body["from"]["is_bot"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it: rendered `text` (or caption), what it was written as, its buttons."""

    id: int
    from_bot: bool
    text: str
    source: str
    entities: tuple[Entity, ...]
    keyboard: Keyboard
    reply_to: int | None
    edited: bool
    file: File | None

    @property
    def buttons(self) -> list[list[str]]:
        """The keyboard as rows of labels."""
        return [[button.label for button in row] for row in self.keyboard]

    def button(self, label: str) -> Button:
        return next(button for row in self.keyboard for button in row if button.label == label)

    def marked(self, kind: str) -> list[str]:
        """The parts of the text under an entity of that kind: marked("bold")."""
        return [piece(self.text, entity) for entity in self.entities if entity["type"] == kind]


def shown(message: Message) -> Shown:
    body = message.body
    kind = "entities" if "text" in body else "caption_entities"
    return Shown(
        id=message.id,
        from_bot=message.from_bot,
        text=body.get("text", body.get("caption", "")),
        source=message.source,
        entities=tuple(body.get(kind, ())),
        keyboard=seen(body.get("reply_markup")),
        reply_to=body.get("reply_to_message", {}).get("message_id"),
        edited="edit_date" in body,
        file=message.file,
    )


@dataclass(slots=True)
class Chat:
    """`closed` is why nothing can be sent to it; `sent` holds all messages of the bot, even deleted."""

    body: dict[str, Any]
    met: bool = True
    closed: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.body["id"])

    @property
    def private(self) -> bool:
        return bool(self.body["type"] == "private")

    @property
    def now(self) -> list[Shown]:
        """Everything that the chat shows, oldest first."""
        return [shown(message) for message in self.messages.values()]

    def message(self, identifier: int, otherwise: str) -> Message:
        if identifier not in self.messages:
            raise bad_request(otherwise)
        return self.messages[identifier]

    def take(self, message: Message) -> Message:
        self.messages[message.id] = message
        if message.from_bot:
            self.sent.append(message)
        return message


class Chats:
    """Every chat that Telegram knows, whether it has met the bot or not."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self.message_ids = count(1)

    def add(self, chat: Chat) -> Chat:
        return self._chats.setdefault(chat.id, chat)

    def open(self, identifier: int | str) -> Chat:
        """The chat the bot may write to, or why it may not."""
        chat = self._chats.get(int(identifier)) if isinstance(identifier, int) else None
        if chat is None or not chat.met:
            raise bad_request("chat not found" if identifier != "" else "chat_id is empty")
        if chat.closed:
            raise forbidden(chat.closed)
        return chat

    def known(self, identifier: int) -> Chat:
        if identifier not in self._chats:
            raise AssertionError(f"there is no chat {identifier}: make it with person() or group()")
        return self._chats[identifier]
