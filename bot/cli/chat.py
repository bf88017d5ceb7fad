"""`declic chat`: one person at this terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TextIO

from bot.assistant import Assistant
from bot.channels.terminal import Chat, TerminalSender, open_terminal
from bot.channels.terminal.chat import CHANNEL
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish, matcher_for
from bot.post import Post
from bot.render import DEFAULT_LANGUAGE
from bot.settings import Settings
from bot.turn import Ability
from storage import people
from storage.database import Transaction, open_database
from storage.people import Person
from storage.schema import migrate


class Demo(Protocol):
    """The fictional organisation."""

    def load_demo(self, tx: Transaction, now: datetime) -> bool:
        """Puts it into an empty database."""
        ...

    def person_for(self, tx: Transaction, who: str) -> Person | None:
        """Somebody of it, by role or name."""
        ...


async def talk(
    settings: Settings,
    abilities: Sequence[Ability],
    demo: Demo | None,
    who: str,
    language: str | None,
    source: TextIO,
    out: TextIO,
) -> Told:
    """The whole conversation, from the banner to the goodbye."""
    clock = SystemClock()
    database = open_database(settings.database)
    try:
        await migrate(database)
        person = await database.write(
            lambda tx: _whoever(tx, demo, who, language, clock.now().astimezone(settings.zone))
        )
        if person is None:
            return operators_wording().told("cli/nobody", {"who": who}, ok=False)
        house = furnish(settings, abilities)
        screen, typist = open_terminal(source, out)
        chosen = language or person.language or DEFAULT_LANGUAGE
        address = str(person.id)
        sender = TerminalSender(screen, house.wording, chosen)
        post = Post(database, [sender], clock, f"chat-{address}", only={CHANNEL: address})
        assistant = Assistant(database, house, clock, matcher_for(house).match, post)
        conversation = Chat(assistant, post, clock, house.wording, screen, typist, address, chosen)
        await conversation.hold({"person": person.name or who, "demo": demo is not None})
        return Told()
    finally:
        await database.close()


def _whoever(
    tx: Transaction, demo: Demo | None, who: str, language: str | None, now: datetime
) -> Person | None:
    """The person to be, at a terminal address of their own."""
    if demo:
        demo.load_demo(tx, now)
    found = demo.person_for(tx, who) if demo else next(iter(people.find(tx, who)), None)
    if found and language:
        people.set_language(tx, found.id, language)
    if found and demo is None:
        people.link(tx, found.id, CHANNEL, str(found.id), now)
    return found
