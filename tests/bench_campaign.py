"""`make bench`: how long 120,000 people take to decide on, and how fast their reminders leave."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, func, insert, select, text

from bot.clock import Clock, SystemClock
from bot.compose import furnish
from bot.messages import Letter
from bot.post import Post
from bot.sending import TELEGRAM_RATE
from bot.settings import load_settings
from bot.turn import House
from handlers import ABILITIES, demo
from handlers.reminders.beginning import fill
from handlers.reminders.judging import judge_for
from storage import campaigns
from storage.campaigns import Aim, NewCampaign
from storage.database import Database, Transaction, open_database
from storage.schema import migrate
from storage.states import Audience, Role, Sector
from storage.tables import address, letter, person, role, school, service_centre
from tests.fakes.postgres import PostgresMissingError, running_postgres

PEOPLE: Final = 120_000
SCHOOLS: Final = 2_700
AT_ONCE: Final = 5_000
DRAINED: Final = 6_000
"""Reminders that leave where no limit holds."""
PACED: Final = 580
"""Reminders that leave at Telegram's rate: some twenty seconds."""
AWAY: Final = 0.1
"""Seconds until Telegram has answered."""
SECOND: Final = timedelta(seconds=1)
CHANNELS: Final = ("telegram", "mail")


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    found: str
    aim: str


@dataclass(slots=True)
class Door:
    """A channel that takes every letter, and notes when it came."""

    name: str
    clock: Clock
    rate: float | None = None
    takes: float = 0
    """Seconds that it needs for each."""
    enough: int = DRAINED
    times: list[datetime] = field(default_factory=list)
    full: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, letter: Letter) -> str:
        self.times.append(self.clock.now())
        if len(self.times) >= self.enough:
            self.full.set()
        if self.takes:
            await asyncio.sleep(self.takes)
        return str(letter.id)


def measured(folder: Path) -> Iterator[Figure]:
    """Every line of the table."""
    yield from asyncio.run(_of("SQLite", f"sqlite:///{folder / 'campaign.db'}"))
    try:
        with running_postgres(durable=True) as server:
            yield from asyncio.run(_of("PostgreSQL", asyncio.run(server.create("campaign"))))
    except PostgresMissingError as missing:
        yield Figure("PostgreSQL", str(missing), "")


async def _of(name: str, url: str) -> list[Figure]:
    house, database = furnish(load_settings(demo.demo_settings()), ABILITIES), open_database(url)
    try:
        await migrate(database)
        await _bring_people(database)
        return [
            await _filled(name, database),
            await _drained(name, house, database),
            await _paced(name, house, database),
        ]
    finally:
        await database.close()


async def _bring_people(database: Database) -> None:
    """Half of them on Telegram, half by mail."""
    now = SystemClock().now()
    await database.write(lambda tx: tx.execute(insert(service_centre).values(id=1, name="Centre fictif")))
    await _rows(
        database,
        school,
        ({"id": n, "name": f"École {n}", "sector": Sector.PUBLIC, "centre_id": 1} for n in _up_to(SCHOOLS)),
    )
    await _rows(database, person, ({"id": n, "language": "fr", "created_at": now} for n in _up_to(PEOPLE)))
    places = ({"person_id": n, "role": Role.TEACHER, "school_id": n % SCHOOLS + 1} for n in _up_to(PEOPLE))
    await _rows(database, role, places)
    await _rows(
        database,
        address,
        (
            {"channel": CHANNELS[n % 2], "value": f"{n}@ecole.invalid", "person_id": n, "linked_at": now}
            for n in _up_to(PEOPLE)
        ),
    )


def _up_to(count: int) -> range:
    return range(1, count + 1)


async def _rows(database: Database, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            await database.write(_insert(table, waiting))
            waiting = []
    if waiting:
        await database.write(_insert(table, waiting))


def _insert(table: Table, rows: Sequence[dict[str, Any]]) -> Callable[[Transaction], object]:
    return lambda tx: tx.execute(insert(table), rows)


async def _filled(name: str, database: Database) -> Figure:
    now = SystemClock().now()
    until = now + timedelta(days=4)
    new = NewCampaign("hand:bench", "hand", Aim(Audience.STAFF, "2026-1"), now.date(), until)
    await database.write(lambda tx: campaigns.begin(tx, new, now))
    before, begun = _peak(), time.perf_counter()
    while await database.write(lambda tx: fill(tx, now)):
        pass
    seconds, grown = time.perf_counter() - begun, _peak() - before
    count = await database.read(lambda tx: tx.execute(select(func.count()).select_from(letter)).scalar_one())
    assert count == PEOPLE
    await database.write(_look_around)
    return Figure(
        f"{name}: {count:,} people decided on and put in", f"{seconds:.1f} s, +{grown:.0f} MB", "10 s, flat"
    )


def _look_around(tx: Transaction) -> None:
    """What a server does of its own accord within minutes: from then on it plans by what it knows of the queue."""
    if tx.dialect.name == "postgresql":
        tx.execute(text("ANALYZE"))


async def _drained(name: str, house: House, database: Database) -> Figure:
    clock = SystemClock()
    seconds, times = await _send(house, database, [Door(one, clock, enough=DRAINED // 2) for one in CHANNELS])
    return Figure(f"{name}: leave where no limit holds", f"{len(times) / seconds:,.0f}/s", "600/s")


async def _paced(name: str, house: House, database: Database) -> Figure:
    door = Door("telegram", SystemClock(), rate=TELEGRAM_RATE, takes=AWAY, enough=PACED)
    _, times = await _send(house, database, [door])
    most = max(sum(start <= at < start + SECOND for at in times[n : n + 40]) for n, start in enumerate(times))
    found = f"{(len(times) - 1) / (times[-1] - times[0]).total_seconds():.1f}/s, at most {most} in a second"
    return Figure(f"{name}: leave at Telegram's pace", found, "29 ± 1/s, at most 30")


async def _send(house: House, database: Database, doors: Sequence[Door]) -> tuple[float, list[datetime]]:
    """Until each door has had enough: how long that took, and when they left."""
    post = Post(database, doors, SystemClock(), "bench", judge=judge_for(house))
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(post.run())
        for door in doors:
            await door.full.wait()
        seconds = time.perf_counter() - begun
        await post.stop()
    return seconds, [at for door in doors for at in door.times]


def _peak() -> float:
    """The megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
