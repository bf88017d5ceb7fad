"""A person on Telegram: writes, presses buttons, sends things, and waits to hear from the bot."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.fakes.telegram.chats import Chat, Message, Shown, shown
from tests.fakes.telegram.entities import find_entities
from tests.fakes.telegram.keyboards import Button, seen
from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.things import thing
from tests.fakes.telegram.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}\Z")
_BLOCKED = "bot was blocked by the user"


class Person:
    """Made by `FakeTelegram.person`. Where no group is named, things happen in the private chat."""

    def __init__(self, world: World, user: dict[str, Any], chat: Chat, patience: timedelta) -> None:
        self.user = user
        self._name = user["first_name"]
        self.private = chat
        self._world = world
        self._patience = patience
        self._heard: dict[int, int] = {}

    @property
    def id(self) -> int:
        """The user's identifier, and that of the private chat."""
        return self.private.id

    @property
    def chat(self) -> list[Shown]:
        """The private chat as it stands now, after edits and deletions."""
        return self.private.now

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands that the menu offers: names and descriptions."""
        found = self._world.menus.seen(self.id, "private", self.user.get("language_code", ""))
        return [(command["command"], command["description"]) for command in found]

    @property
    def presses_made(self) -> list[Press]:
        """Every button pressed, with what the bot answered on screen."""
        return [press for press in self._world.presses.made.values() if press.person == self.id]

    @property
    def unheard(self) -> list[Shown]:
        """What the bot has sent and `hears` has not yet returned."""
        return [shown(message) for message in self.private.sent[self._heard.get(self.id, 0) :]]

    async def says(self, text: str) -> Shown:
        return self._speak(self.private, _text(text), text)

    async def starts(self, payload: str = "") -> Shown:
        """Presses Start, or follows a link t.me/bot?start=payload."""
        assert _PAYLOAD.match(payload), f"no link can carry {payload!r}"
        return await self.says(f"/start {payload}".strip())

    async def says_in_group(self, group: Chat, text: str) -> Shown:
        return self._speak(group, _text(text), text)

    async def adds_the_bot_to(self, group: Chat) -> None:
        group.closed = None
        self._world.membership(group, self.user, "left", "member")

    async def replies_to(self, message: Shown | int, text: str, *, where: Chat | None = None) -> Shown:
        chat = where or self.private
        answered = _message(chat, message).body
        quoted = {name: answered[name] for name in answered if name != "reply_to_message"}
        return self._speak(chat, _text(text) | {"reply_to_message": quoted}, text)

    async def edits(self, message: Shown | int, text: str, *, where: Chat | None = None) -> Shown:
        """Changes an own message of text."""
        mine = _message(where or self.private, message)
        assert mine.body["from"] == self.user, f"message {mine.id} is somebody else's"
        kept = {name: value for name, value in mine.body.items() if name != "entities"}
        mine.body, mine.source = kept | _text(text) | {"edit_date": self._world.now}, text
        self._world.updates.add("edited_message", mine.body)
        return shown(mine)

    async def sends(
        self, kind: str, content: bytes = b"", *, name: str = "", caption: str = "", size: int | None = None
    ) -> Shown:
        """Sends a sticker, voice, location, photo, document or contact; `size` (bytes) may be a claim."""
        body, file = thing(self._world.files, kind, content, name, size)
        return self._speak(self.private, body | ({"caption": caption} if caption else {}), caption, file)

    async def presses(self, label: str, *, where: Chat | None = None) -> Press:
        """Presses the newest button shown with that label, or else the newest with that in its label."""
        message, button = _find(where or self.private, label)
        assert button.data is not None, (
            f"the button {button.label!r} tells the bot nothing, it opens {button.url}"
        )
        return self._press(where or self.private, message.body, button.data)

    async def presses_old(self, message: Shown | int, data: str, *, where: Chat | None = None) -> Press:
        """Presses a button that may be gone: on a screen not yet refreshed, or on a deleted message."""
        chat = where or self.private
        identifier = message if isinstance(message, int) else message.id
        if identifier in chat.messages:
            return self._press(chat, chat.messages[identifier].body, data)
        return self._press(chat, {"chat": chat.body, "message_id": identifier, "date": 0}, data)

    async def blocks_the_bot(self) -> None:
        if self.private.closed is None:
            self.private.closed = _BLOCKED
            self._world.membership(self.private, self.user, "member", "kicked")

    async def hears(self, count: int = 1, *, where: Chat | None = None) -> list[Shown]:
        """Waits until the bot has sent so many messages more, and returns these, as they stand now."""
        chat = where or self.private
        start = self._heard.get(chat.id, 0)
        if not await self._waits(lambda: len(chat.sent) >= start + count):
            new = "\n".join(f"- {shown(message).text}" for message in chat.sent[start:]) or "- nothing"
            raise AssertionError(f"{self._name} waited for {count} message(s) and heard:\n{new}")
        self._heard[chat.id] = start + count
        return [shown(message) for message in chat.sent[start : start + count]]

    async def sees(self, text: str, *, where: Chat | None = None) -> Shown:
        """Waits until a message of the bot shows this text, after an edit say, and returns the newest."""
        chat = where or self.private

        def found() -> list[Shown]:
            return [message for message in chat.now if message.from_bot and text in message.text]

        if not await self._waits(lambda: bool(found())):
            there = "\n".join(f"- {message.text}" for message in chat.now) or "- nothing"
            raise AssertionError(f"{self._name} waited to see {text!r}; the chat shows:\n{there}")
        return found()[-1]

    async def is_answered(self, press: Press) -> Press:
        """Waits until the button's spinner has stopped."""
        assert await self._waits(lambda: press.answered), f"the press {press.data!r} was never answered"
        return press

    async def _waits(self, until: Callable[[], bool]) -> bool:
        return await self._world.changes.until(until, self._patience)

    def _speak(self, chat: Chat, content: dict[str, Any], source: str, file: Any = None) -> Shown:
        if chat.private and chat.closed:
            chat.closed = None
            self._world.membership(chat, self.user, "kicked", "member")
        chat.met = True
        message = self._world.post(chat, self.user, content, source, file)
        if chat.closed is None:
            self._world.updates.add("message", message.body)
        return shown(message)

    def _press(self, chat: Chat, message: dict[str, Any], data: str) -> Press:
        press = self._world.presses.add(self.id, data)
        body = {"id": press.id, "from": self.user, "message": message, "data": data}
        self._world.updates.add("callback_query", body | {"chat_instance": str(chat.id)})
        return press


def _text(text: str) -> dict[str, Any]:
    entities = find_entities(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _message(chat: Chat, message: Shown | int) -> Message:
    identifier = message if isinstance(message, int) else message.id
    assert identifier in chat.messages, f"there is no message {identifier} in this chat"
    return chat.messages[identifier]


def _find(chat: Chat, label: str) -> tuple[Message, Button]:
    there = _buttons(chat)
    exact = [(message, button) for message, button in there if button.label == label]
    close = [(message, button) for message, button in there if label.casefold() in button.label.casefold()]
    found = exact or close
    newest = [(message, button) for message, button in found if message is found[-1][0]]
    if len(newest) == 1:
        return newest[0]
    labels = ", ".join(repr(button.label) for _, button in newest or there) or "none"
    how_many = "several buttons are" if newest else "no button is"
    raise AssertionError(f"{how_many} like {label!r}; there are: {labels}")


def _buttons(chat: Chat) -> list[tuple[Message, Button]]:
    """Every button that the chat shows, the newest message's last."""
    keyboards = [(message, seen(message.body.get("reply_markup"))) for message in chat.messages.values()]
    return [(message, button) for message, keyboard in keyboards for row in keyboard for button in row]
