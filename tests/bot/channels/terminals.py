"""A computer with the demo on it, at which people write."""

from __future__ import annotations

import io
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.channels.terminal import Chat, TerminalSender, open_terminal
from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.post import Post
from bot.turn import House
from handlers import demo
from storage.database import Database
from tests.bot.channels.listener import Listener


@dataclass(frozen=True, slots=True)
class Terminal:
    """Everybody of the demo may sit down at it."""

    database: Database
    house: House
    knowledge: Knowledge
    clock: Clock

    async def chat(
        self, who: str, *lines: str, language: str = "fr", listener: Listener | None = None
    ) -> str:
        """What stands on the screen when somebody has written these lines, to the assistant or the listener."""
        now = self.clock.now().astimezone(self.house.settings.zone)
        await self.database.write(lambda tx: demo.load_demo(tx, now))
        person = await self.database.read(lambda tx: demo.person_for(tx, who))
        assert person
        out, address = io.StringIO(), str(person.id)
        screen, typist = open_terminal(io.StringIO("".join(f"{line}\n" for line in lines)), out)
        sender = TerminalSender(screen, self.house.wording, language)
        post = Post(self.database, [sender], self.clock, f"chat-{address}", only={"terminal": address})
        assistant = listener or Assistant(self.database, self.house, self.clock, self.knowledge, post)
        chat = Chat(assistant, post, self.clock, self.house.wording, screen, typist, address, language)
        await chat.hold({"person": "Maëlle Brindille, enseignante", "demo": True})
        return out.getvalue()
