"""Plays spans of days on a database of the cast, and looks at what would have left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.cli.rehearsal.playing import Play, Sent
from bot.cli.rehearsal.telling import Line, Year, year_of
from bot.compose import furnish
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers import ABILITIES
from handlers.reminders.plan import planned
from storage import rehearsal
from storage.database import Database, Transaction, open_database
from storage.rehearsal import Declares, Told
from tests.cast import seed

Prepare = Callable[[Transaction], object]


def settings_for(url: str, **more: Any) -> Settings:
    """Of the tests' organisation, on that database."""
    return Settings(
        _env_file=None,
        organisation="Équipe fictive",
        contact="aide@exemple.invalid",
        destination="collector",
        database=url.replace("postgresql+asyncpg:", "postgresql:"),
        **more,
    )


@dataclass(frozen=True, slots=True)
class Played:
    """What a play has shown."""

    settings: Settings
    sent: tuple[Sent, ...]
    ledger: tuple[Told, ...]
    year: Year

    @property
    def lines(self) -> Mapping[tuple[date, str, int], Line]:
        """By day, rule and offset."""
        return {
            (day, line.rule, line.offset): line for day, lines in self.year.days.items() for line in lines
        }

    def of_rule(self, name: str) -> list[tuple[str, int, int, int]]:
        """Month and day, offset, how many left and how many were merged, of one rule."""
        return [
            (f"{day:%m-%d}", line.offset, line.total, line.merged)
            for (day, rule, _), line in self.lines.items()
            if rule == name
        ]

    @property
    def at(self) -> list[datetime]:
        """When each left, in the organisation's time."""
        return [one.at.astimezone(self.settings.zone) for one in self.sent]


async def play(
    url: str,
    first: date,
    last: date,
    *,
    prepare: Prepare | None = None,
    declared: Iterable[Declares] = (),
    **more: Any,
) -> Played:
    """The cast, put in the day before, from the first day to the last; nobody of it has done anything."""
    set_up_logs("error")
    settings = settings_for(url, **more)
    database = open_database(url)
    try:
        return await _play(database, settings, (first, last), prepare, declared)
    finally:
        await database.close()


async def _play(
    database: Database,
    settings: Settings,
    span: tuple[date, date],
    prepare: Prepare | None,
    declared: Iterable[Declares],
) -> Played:
    first, last = span
    await database.write(lambda tx: seed(tx, datetime.combine(first, time(), settings.zone)))
    if prepare:
        await database.write(prepare)
    played = Play(furnish(settings, ABILITIES), database, first, last)
    await played.play(declared)
    ledger = await database.read(lambda tx: rehearsal.told(tx, first))
    year = year_of(ledger, planned(first, last, settings), settings.zone)
    return Played(settings, tuple(played.sent), ledger, year)
