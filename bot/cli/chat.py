"""`declic chat`: one person at this terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TextIO

from bot.assistant import Assistant
from bot.channels.terminal import Chat, TerminalSender, open_terminal
from bot.channels.terminal.chat import CHANNEL
from bot.cli.person.whom import Meant, meant, somebody
from bot.cli.start import database_of
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.compose import errands_for, furnish, library_in
from bot.knowledge import Knowledge
from bot.post import Post
from bot.render import DEFAULT_LANGUAGE
from bot.settings import Settings
from bot.turn import Ability
from faq.loader import EntriesFaulty
from handlers.reminders.judging import judge_for
from storage import people
from storage.database import Transaction
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
    database = database_of(settings)
    try:
        await migrate(database)
        seat = await database.write(
            lambda tx: _seat(tx, demo, who, language, clock.now().astimezone(settings.zone))
        )
        if len(seat.found) != 1:
            return _unclear(seat, demo)
        [person] = seat.found
        house = furnish(settings, abilities)
        screen, typist = open_terminal(source, out)
        chosen = language or person.language or DEFAULT_LANGUAGE
        address = str(person.id)
        sender = TerminalSender(screen, house.wording, chosen)
        only = {CHANNEL: address}
        post = Post(database, [sender], clock, f"chat-{address}", only=only, judge=judge_for(house))
        library = library_in(settings.cache)
        library.check()
        async with Knowledge(library, database, clock).open() as knowledge:
            errands = errands_for(settings, database, clock)
            assistant = Assistant(database, house, clock, knowledge, post, errands)
            conversation = Chat(assistant, post, clock, house.wording, screen, typist, address, chosen)
            await conversation.hold({"person": person.name, "demo": demo is not None})
        return Told()
    except EntriesFaulty as faulty:
        return operators_wording().told("cli/faq/faulty", {"reasons": faulty.faults}, ok=False)
    finally:
        await database.close()


def _seat(tx: Transaction, demo: Demo | None, who: str, language: str | None, now: datetime) -> Meant:
    """Those who may be meant; when it is one person, they now have an address at this terminal."""
    seat = Meant(who, _meant(tx, demo, who, now)) if demo else meant(tx, who)
    found = seat.found
    if len(found) == 1 and language:
        people.set_language(tx, found[0].id, language)
    if len(found) == 1 and demo is None:
        people.link(tx, found[0].id, CHANNEL, str(found[0].id), now)
    return seat if found or demo or seat.near else replace(seat, near=somebody(tx))


def _meant(tx: Transaction, demo: Demo, who: str, now: datetime) -> tuple[Person, ...]:
    """Somebody of the demo, which is put in place first."""
    demo.load_demo(tx, now)
    person = demo.person_for(tx, who)
    return (person,) if person else ()


def _unclear(seat: Meant, demo: Demo | None) -> Told:
    if seat.found:
        return operators_wording().told("cli/whom", seat.data, ok=False)
    facts = {"who": seat.words, "near": seat.near, "demo": demo is not None}
    return operators_wording().told("cli/nobody", facts, ok=False)
