"""A conversation at the terminal, from the banner to the goodbye."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

import structlog

from bot.channels.doors import Drains, Hears
from bot.channels.terminal.screen import Screen
from bot.channels.terminal.typist import Typist
from bot.clock import Clock
from bot.messages import Heard, Page
from bot.render import Wording
from storage.database import DatabaseDown

log = structlog.get_logger()

CHANNEL = "terminal"


@dataclass(frozen=True, slots=True)
class Chat:
    """One person at one terminal."""

    assistant: Hears
    post: Drains
    """Serves this terminal's address and no other one's."""
    clock: Clock
    wording: Wording
    screen: Screen
    typist: Typist
    address: str
    language: str

    async def hold(self, who: Mapping[str, object]) -> None:
        """The whole conversation; `who` fills the banner: `person` (name and role) and `demo` (a bool)."""
        self._say("terminal/banner", who)
        await self.post.drain()
        while (text := await self.typist.next()) is not None:
            if self._means_leaving(text):
                break
            if text.strip():
                await self._turn(text)
        self._say("terminal/goodbye", {})

    async def _turn(self, text: str) -> None:
        try:
            await self.assistant.hear(self._heard(text))
            await self.post.drain()
        except DatabaseDown:
            log.exception("terminal-not-heard")
            self._say("terminal/not-heard", {})

    def _heard(self, text: str) -> Heard:
        about, text = _addressed(text, self.wording.words("terminal/reply-hint", "reply"))
        return Heard(
            CHANNEL,
            self.address,
            uuid4().hex,
            self.clock.now(),
            text,
            about=about,
            language=self.language,
        )

    def _means_leaving(self, text: str) -> bool:
        return text.strip().casefold() in self.wording.words("terminal/banner", "leave")

    def _say(self, template: str, data: Mapping[str, object]) -> None:
        self.screen.show(Page(self.wording.text(template, self.language, data)))


def _addressed(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    """What "répondre 42 Bonjour" is about, "t42", and the rest of it; any other text is about nothing."""
    verb = "|".join(map(re.escape, words))
    found = re.fullmatch(rf"\s*(?:{verb})\s+t?(\d+)[\s:,]+(.*)", text, re.IGNORECASE | re.DOTALL)
    return (f"t{found[1]}", found[2]) if found else ("", text)
