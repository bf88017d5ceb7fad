"""`declic chat`: one person at this terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from bot.turn import Ability, House
from faq.loader import EntriesFaulty
from handlers.reminders.judging import judge_for
from storage import people
from storage.database import Database, Transaction
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


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is to sit at the terminal, and in which language; the ends are where they type and what they see."""

    who: str
    """A role or a name of the demo; else as `meant` reads it."""
    language: str | None
    demo: Demo | None
    source: TextIO
    out: TextIO


async def talk(settings: Settings, abilities: Sequence[Ability], seat: Seat) -> Told:
    """The whole conversation, from the banner to the goodbye."""
    database = database_of(settings)
    try:
        await migrate(database)
        now = SystemClock().now().astimezone(settings.zone)
        seated = await database.write(lambda tx: _seated(tx, seat, now))
        if len(seated.found) != 1:
            return _unclear(seated, seat.demo)
        await _hold(furnish(settings, abilities), database, seated.found[0], seat)
        return Told()
    except EntriesFaulty as faulty:
        return operators_wording().told("cli/faq/faulty", {"reasons": faulty.faults}, ok=False)
    finally:
        await database.close()


async def _hold(house: House, database: Database, person: Person, seat: Seat) -> None:
    clock, address = SystemClock(), str(person.id)
    screen, typist = open_terminal(seat.source, seat.out)
    language = seat.language or person.language or DEFAULT_LANGUAGE
    sender, only = TerminalSender(screen, house.wording, language), {CHANNEL: address}
    post = Post(database, [sender], clock, f"chat-{address}", only=only, judge=judge_for(house))
    library = library_in(house.settings.cache)
    library.check()
    async with Knowledge(library, database, clock).open() as knowledge:
        errands = errands_for(house.settings, database, clock)
        assistant = Assistant(database, house, clock, knowledge, post, errands)
        conversation = Chat(assistant, post, clock, house.wording, screen, typist, address, language)
        await conversation.hold({"person": person.name, "demo": seat.demo is not None})


def _seated(tx: Transaction, seat: Seat, now: datetime) -> Meant:
    """Those who may be meant; when it is one person, they now have an address at this terminal."""
    demo = seat.demo
    seated = Meant(seat.who, _meant(tx, demo, seat.who, now)) if demo else meant(tx, seat.who)
    found = seated.found
    if len(found) == 1 and seat.language:
        people.set_language(tx, found[0].id, seat.language)
    if len(found) == 1 and demo is None:
        people.link(tx, found[0].id, CHANNEL, str(found[0].id), now)
    return seated if found or demo or seated.near else replace(seated, near=somebody(tx))


def _meant(tx: Transaction, demo: Demo, who: str, now: datetime) -> tuple[Person, ...]:
    """Somebody of the demo, which is put in place first."""
    demo.load_demo(tx, now)
    person = demo.person_for(tx, who)
    return (person,) if person else ()


def _unclear(seated: Meant, demo: Demo | None) -> Told:
    if seated.found:
        return operators_wording().told("cli/whom", seated.data, ok=False)
    facts = {"who": seated.words, "near": seated.near, "demo": demo is not None}
    return operators_wording().told("cli/nobody", facts, ok=False)
