"""All that the fake remembers, and the two things that happen in it: a message is sent, an update is made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.telegram.changes import Changes
from tests.fakes.telegram.chats import Chat, Chats, Message
from tests.fakes.telegram.files import File, Files
from tests.fakes.telegram.menus import Menus
from tests.fakes.telegram.pace import Pace
from tests.fakes.telegram.presses import Presses
from tests.fakes.telegram.updates import Updates
from tests.fakes.telegram.webhook import Webhook

Json = dict[str, Any]

_UNTIL = {"kicked": {"until_date": 0}}


@dataclass(slots=True)
class World:
    """`clock` gives the aware time for dates and limits; `bot` is the bot's own user."""

    bot: Json
    clock: Callable[[], datetime]
    changes: Changes = field(default_factory=Changes)
    chats: Chats = field(default_factory=Chats)
    files: Files = field(default_factory=Files)
    menus: Menus = field(default_factory=Menus)
    pace: Pace = field(default_factory=Pace)
    presses: Presses = field(default_factory=Presses)
    webhook: Webhook = field(default_factory=Webhook)
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = Updates(self.changes)

    @property
    def now(self) -> int:
        return int(self.clock().timestamp())

    def post(self, chat: Chat, sender: Json, content: Json, source: str, file: File | None = None) -> Message:
        """Puts a new message into a chat; telling the bot of it is another matter."""
        head = {"message_id": next(self.chats.message_ids), "date": self.now}
        message = chat.take(Message(head | {"from": sender, "chat": chat.body} | content, source, file))
        self.changes.tell()
        return message

    def membership(self, chat: Chat, by: Json, before: str, after: str) -> None:
        """Tells the bot that its own place in a chat has changed (blocked, added, left)."""
        places = [{"user": self.bot, "status": status} | _UNTIL.get(status, {}) for status in (before, after)]
        change = {"old_chat_member": places[0], "new_chat_member": places[1]}
        self.updates.add("my_chat_member", {"chat": chat.body, "from": by, "date": self.now} | change)
