"""`make bench`: how fast it is, as tables. Figures only: a shared machine's clock proves nothing."""

from __future__ import annotations

import asyncio
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from bot.assistant import Assistant
from bot.clock import SystemClock
from bot.compose import furnish, library_in
from bot.knowledge import Knowledge
from bot.logs import set_up_logs
from bot.messages import Heard, Letter
from bot.post import Post
from bot.settings import Settings, load_settings
from handlers import ABILITIES, demo
from storage import people
from storage.database import Database, open_database
from storage.schema import migrate
from tests import (
    bench_campaign,
    bench_excluded,
    bench_mail,
    bench_participation,
    bench_pictures,
    bench_roster,
)
from tests.bench_telegram import conversation_handler
from tests.fakes.mail import DovecotMissingError
from tests.fakes.postgres import PostgresMissingError, running_postgres

DECLARATIONS = 40
WARM_UP = 3
CHAT = """
import atexit, pathlib, re, sys
peak = lambda: re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
atexit.register(lambda: print(peak(), file=sys.stderr))
from bot.cli import main
sys.argv = ["declic", "chat"]
main()
"""
"""A chat that says at its end how many kilobytes it held at most."""
SAID = (
    "déclarer",
    "un livre",
    "passer",
    "{title}",
    "Odile Exemple",
    "passer",
    "2019",
    "240",
    "12-20",
    "papier",
    "28",
    "hier",
    "passer",
    "envoyer",
)
"""One whole declaration, a turn a line."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one thing measured took, one entry a turn."""

    what: str
    seconds: Sequence[float]
    elapsed: float

    def cells(self) -> Iterator[str]:
        """Turns a second, p50 and p99 in milliseconds."""
        hundredths = statistics.quantiles(self.seconds, n=100)
        yield self.what
        yield f"{len(self.seconds) / self.elapsed:,.0f}"
        yield f"{hundredths[49] * 1000:.1f}"
        yield f"{hundredths[98] * 1000:.1f}"


class Nowhere:
    """Takes every letter at once, and says so."""

    name = "bench"
    rate: float | None = None

    def __init__(self) -> None:
        self.arrived = asyncio.Event()

    async def send(self, letter: Letter) -> str:
        self.arrived.set()
        return str(letter.id)


async def turns(what: str, hear: Callable[[str], Awaitable[object]]) -> Row:
    """Whole declarations one after the other, the first few not counted."""
    seconds: list[float] = []
    begun = time.perf_counter()
    for n in range(-WARM_UP, DECLARATIONS):
        if n == 0:
            seconds.clear()
            begun = time.perf_counter()
        title = hashlib.sha256(str(n).encode()).hexdigest()
        for line in SAID:
            start = time.perf_counter()
            await hear(line.format(title=title))
            seconds.append(time.perf_counter() - start)
    return Row(what, seconds, time.perf_counter() - begun)


async def declarations(what: str, url: str) -> Row:
    """Through `hear()`, each letter claimed, sent nowhere and marked; a turn lasts until its letter has left."""
    clock, database = SystemClock(), open_database(url)
    settings = load_settings(demo.demo_settings())
    try:
        await migrate(database)
        address = await _teacher(database, settings, clock)
        house = furnish(settings, ABILITIES)
        door = Nowhere()
        post = Post(database, [door], clock, "bench")
        assistant = Assistant(
            database, house, clock, Knowledge(library_in(house.settings.cache), database, clock), post
        )

        async def hear(text: str) -> None:
            door.arrived.clear()
            await assistant.hear(Heard("bench", address, uuid4().hex, clock.now(), text))
            await door.arrived.wait()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(post.run())
            row = await turns(what, hear)
            await post.stop()
        return row
    finally:
        await database.close()


async def _teacher(database: Database, settings: Settings, clock: SystemClock) -> str:
    now = clock.now().astimezone(settings.zone)
    await database.write(lambda tx: demo.load_demo(tx, now))
    teacher = await database.read(lambda tx: demo.person_for(tx, "teacher"))
    assert teacher
    await database.write(lambda tx: people.link(tx, teacher.id, "bench", "1", now))
    return "1"


def start_up(url: str) -> tuple[float, float]:
    """Seconds from nothing to the first answer of `declic chat`, and the megabytes it held at most."""
    begun = time.perf_counter()
    environment = {**os.environ, "DECLIC_DATABASE": url}
    with subprocess.Popen(
        [sys.executable, "-c", CHAT],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
    ) as chat:
        _, peak = chat.communicate(b"bonjour\n")
    return time.perf_counter() - begun, int(peak) / 1024


def measured(folder: Path) -> Iterator[Row]:
    """Every row of the table."""
    yield asyncio.run(declarations("SQLite, synchronous=FULL", f"sqlite:///{folder / 'bench.db'}"))
    try:
        with running_postgres(durable=True) as server:
            yield asyncio.run(declarations("PostgreSQL, fsync on", asyncio.run(server.create("bench"))))
    except PostgresMissingError as missing:
        Console().print(f"PostgreSQL: {missing}")
    yield asyncio.run(turns("ConversationHandler, in memory, not durable", conversation_handler()))


def by_mail(folder: Path) -> Table:
    """How fast e-mail goes; what needs a mail server is left out where there is none."""
    table = Table("e-mail", "measured", "aim")
    try:
        for figure in bench_mail.measured(folder):
            table.add_row(figure.what, figure.found, figure.aim)
    except DovecotMissingError as missing:
        Console().print(f"Dovecot: {missing}")
    return table


def of_lists(folder: Path) -> Table:
    """How long a long list of people takes to put in."""
    table = Table("roster", "measured", "aim")
    wording = furnish(load_settings(demo.demo_settings()), ABILITIES).wording
    for figure in bench_roster.measured(wording, bench_roster.in_sqlite(folder)):
        table.add_row(figure.what, figure.found, figure.aim)
    return table


def with_exclusions(folder: Path) -> Table:
    """What a long exclusion list and a full year of declarations cost a turn."""
    table = Table("exclusions: the slowest turn", "measured", "aim")
    for figure in bench_excluded.measured(folder):
        table.add_row(figure.what, figure.found, figure.aim)
    return table


def of_participation(folder: Path) -> Table:
    """How long it takes to count who took part, after years of declarations."""
    table = Table("participation", "measured", "aim")
    figures = list(bench_participation.measured(bench_participation.in_sqlite(folder)))
    try:
        with running_postgres(durable=True) as server:
            urls = {"PostgreSQL": asyncio.run(server.create("participation"))}
            figures += bench_participation.measured(urls)
    except PostgresMissingError as missing:
        Console().print(f"PostgreSQL: {missing}")
    for figure in figures:
        table.add_row(figure.what, figure.found, figure.aim)
    return table


def of_campaigns(folder: Path) -> Table:
    """How long everybody takes to decide on, and how fast reminders leave."""
    table = Table("campaigns", "measured", "aim")
    for figure in bench_campaign.measured(folder):
        table.add_row(figure.what, figure.found, figure.aim)
    return table


def with_pictures() -> Table:
    """What reading a photo costs."""
    table = Table("photos", "measured", "aim")
    for figure in bench_pictures.measured():
        table.add_row(figure.what, figure.found, figure.aim)
    return table


def main() -> None:
    """Prints the tables."""
    set_up_logs("error")
    table = Table("a turn of a declaration", "turns/s", "p50 ms", "p99 ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for row in measured(folder):
            table.add_row(*row.cells())
        url = f"sqlite:///{folder / 'start.db'}"
        first, memory = start_up(url)
        again, memory = start_up(url)
        roster = of_lists(folder)
        exclusions = with_exclusions(folder)
        participation = of_participation(folder)
        mail = by_mail(folder)
        campaigns = of_campaigns(folder)
    pictures = with_pictures()
    Console().print(table)
    Console().print(
        f"declic chat, first start with the demo: {first:.2f} s; later: {again:.2f} s; {memory:.0f} MB at most"
    )
    Console().print(roster)
    Console().print(exclusions)
    Console().print(participation)
    Console().print(pictures)
    Console().print(mail)
    Console().print(campaigns)


if __name__ == "__main__":
    main()
