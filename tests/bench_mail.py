"""E-mail in `make bench`: how fast it is read, caught up with, answered and sent, with real servers."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.assistant import Assistant
from bot.channels.mail.fetch.heard import text_of
from bot.channels.mail.read import read_mail
from bot.channels.mail.write import MailSender
from bot.cli.channels import Tools, opened
from bot.clock import SystemClock
from bot.compose import furnish, library_in
from bot.knowledge import Knowledge
from bot.post import Post
from handlers import ABILITIES
from storage import mailboxes
from storage.database import Database, open_database
from storage.schema import migrate
from tests.bench_mailbox import WAITING, fill
from tests.bot.channels.mails import FORWARDS, MESSAGES, REPLIES, mail
from tests.correspondents import Correspondent
from tests.fakes.mail import BlackHole, mail_for_a_test, running_black_hole, running_dovecot
from tests.fakes.mail.dovecot import Dovecot
from tests.mailed import mailing_for, to_mail, wording, written
from tests.postal import PostOffice, eventually

READ_OVER = 5
"""How often each real mail is read."""
ASKED = 20
"""Questions whose answers are timed."""
LOST_AFTER = (0.5, 4.0, 9.0)
"""Seconds for which each of some lines had waited when it was lost: the longest delay comes of the shortest."""
SWALLOWING = 2.0
"""Seconds for which nothing goes through, the hint of new mail least of all; after that only the old line is dead."""
WRITTEN = 500
SENT = 200
PAUSE = 0.05
QUESTION = "Bonjour,\n\nJ'ai oublié mon mot de passe, que faire?\n\nMerci,\nCamille\n"
ANSWER = "<b>Bonjour</b>\n\n" + "Voici ce que nous savons de cette question, en quelques mots. " * 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured, and what was aimed at."""

    what: str
    found: str
    aim: str = ""


def measured(folder: Path) -> Iterator[Figure]:
    """Every row of the table. Raises DovecotMissingError where there is no server to measure with."""
    yield reading()
    yield writing()
    with running_dovecot() as dovecot:
        yield asyncio.run(sending(dovecot))
        yield asyncio.run(catching_up(dovecot, folder))
        yield asyncio.run(answering(dovecot, folder))
        yield asyncio.run(answering_over_lost_lines(dovecot, folder))


def reading() -> Figure:
    """Real messages, and replies as people send them."""
    raws = [path.read_bytes() for path in MESSAGES]
    raws += [mail(path.read_bytes()) for path in (*REPLIES, *FORWARDS)]
    begun = time.perf_counter()
    for raw in raws * READ_OVER:
        text_of(read_mail(raw))
    return _rate("mails read and cleaned", len(raws) * READ_OVER, begun, "300/s")


def writing() -> Figure:
    """Text and HTML, as they travel."""
    letter = to_mail(ANSWER, "Oui", "Non")
    begun = time.perf_counter()
    for number in range(WRITTEN):
        written(replace(letter, id=number + 1))
    return _rate("letters written", WRITTEN, begun)


async def sending(dovecot: Dovecot) -> Figure:
    """Over one line, into a real mailbox; the servers, on this machine too, take most of the time."""
    async with mail_for_a_test(dovecot) as servers:
        letter = to_mail(ANSWER, "Oui", "Non", to=servers.person())
        sender = MailSender(mailing_for(servers), wording(), SystemClock())
        await sender.send(letter)
        begun = time.perf_counter()
        for number in range(SENT):
            await sender.send(replace(letter, id=number + 1))
        figure = _rate("letters written and sent, one by one", SENT, begun)
        await sender.close()
        return figure


async def catching_up(dovecot: Dovecot, folder: Path) -> Figure:
    """From a mailbox nobody has read to the last answer in the outbox; letters leave later, at the server's pace."""
    async with _office(dovecot, folder / "caught-up.db") as office:
        house, clock, database = furnish(office.settings, ABILITIES), SystemClock(), office.database
        knowledge = Knowledge(library_in(house.settings.cache), database, clock)
        assistant = Assistant(database, house, clock, knowledge, Post(database, [], clock, "bench"))
        await fill(office.mail, database, assistant)
        async with opened(Tools(house, database, clock)) as channels:
            begun = time.perf_counter()
            tasks = [asyncio.create_task(one) for channel in channels for one in channel.sources(assistant)]
            await _caught_up(database)
            figure = _rate(f"mails caught up with, of {WAITING:,} waiting", WAITING, begun, "100/s")
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        return figure


async def answering(dovecot: Dovecot, folder: Path) -> Figure:
    """While the server says at once that mail has come."""
    async with _office(dovecot, folder / "answered.db") as office, office.open():
        await _waiting(office)
        await _answered(office, ASKED)
        seconds = [await _answered(office, number) for number in range(ASKED)]
    found = f"p50 {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s"
    return Figure("from delivery to the answer delivered", found, "1 s")


async def answering_over_lost_lines(dovecot: Dovecot, folder: Path) -> Figure:
    """Lines that a router forgot while they waited for mail: nothing comes over them, and nobody tells."""
    async with AsyncExitStack() as stack:
        holes = [await stack.enter_async_context(running_black_hole(dovecot.imaps_port)) for _ in LOST_AFTER]
        files = [folder / f"lost-{number}.db" for number in range(len(holes))]
        offices = [
            await stack.enter_async_context(_office(dovecot, file, hole.port))
            for file, hole in zip(files, holes, strict=True)
        ]
        lost = map(_answered_after_loss, offices, holes, LOST_AFTER)
        seconds = await asyncio.gather(*lost)
    # Or asyncio complains of proxied lines that end with the loop.
    await asyncio.sleep(PAUSE)
    return Figure(
        "the same, where the line is dead", f"at most {max(seconds):.1f} s, of {len(seconds)}", "30 s"
    )


async def _answered_after_loss(office: PostOffice, hole: BlackHole, after: float) -> float:
    async with office.open():
        await _waiting(office)
        await asyncio.sleep(after)
        hole.swallow()
        asyncio.get_running_loop().call_later(SWALLOWING, hole.let_through)
        return await _answered(office, 0, patience=60)


async def _answered(office: PostOffice, number: int, patience: float = 10) -> float:
    """Seconds from a question's delivery to its answer's."""
    parent = Correspondent(office.mail, office.mail.person(f"parent.{number}"))
    envelopes = office.mail.smtp.envelopes
    before = len(envelopes)
    await parent.writes(QUESTION)
    begun = time.perf_counter()
    async with asyncio.timeout(patience):
        while True:
            await asyncio.sleep(0.005)
            if len(envelopes) > before:
                return time.perf_counter() - begun


async def _waiting(office: PostOffice) -> None:
    """Until the line waits for mail."""
    await eventually(mailboxes.all_cursors, bool, office.database)
    await asyncio.sleep(2 * PAUSE)


async def _caught_up(database: Database) -> None:
    while True:
        cursors = await database.read(mailboxes.all_cursors)
        if any(cursor.last_uid >= WAITING for cursor in cursors):
            return
        await asyncio.sleep(PAUSE)


@asynccontextmanager
async def _office(dovecot: Dovecot, file: Path, port: int | None = None) -> AsyncIterator[PostOffice]:
    database = open_database(f"sqlite:///{file}")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        await migrate(database)
        servers = await stack.enter_async_context(mail_for_a_test(dovecot))
        yield PostOffice(servers, database, port or dovecot.imaps_port)


def _rate(what: str, count: int, begun: float, aim: str = "") -> Figure:
    return Figure(what, f"{count / (time.perf_counter() - begun):,.0f}/s", aim)
