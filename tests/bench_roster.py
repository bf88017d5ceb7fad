"""`make bench`: how long a list of five thousand people takes to put in, fifty faulty lines among them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from bot.clock import SystemClock
from bot.reading.sheets import read_sheet
from bot.render import Wording
from handlers.roster.lines import sheet_of, words_of
from handlers.roster.plan import Plan
from handlers.roster.present import applied, planned
from handlers.roster.scope import EVERYTHING
from storage.database import Database, Transaction, open_database
from storage.schema import migrate

PEOPLE = 5000
FAULTY = 50
SCHOOLS = 100
HEADINGS = (
    "Centre de services",
    "École",
    "Secteur",
    "Effectif",
    "Nom",
    "Prénom",
    "Courriel",
    "Rôle",
    "Langue",
)
AIM = "10 s"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    found: str
    aim: str = ""


def people() -> bytes:
    """The list as an XLSX file: every hundredth line has no address that can be."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for number in range(PEOPLE):
        school = number % SCHOOLS
        mail = (
            f"p{number}.invalid" if number % (PEOPLE // FAULTY) == 0 else f"p{number}@ecole{school}.invalid"
        )
        place = (f"Centre {school % 5}", f"École {school} fictive", "public", PEOPLE // SCHOOLS)
        sheet.append((*place, f"Nom{number}", "Camille", mail, "Enseignante", "français"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def measured(wording: Wording, urls: dict[str, str]) -> Iterator[Figure]:
    """The whole way from bytes to commit, and the same list again."""
    content = people()
    for name, url in urls.items():
        yield from asyncio.run(_put_in(name, url, content, wording))


async def _put_in(name: str, url: str, content: bytes, wording: Wording) -> tuple[Figure, ...]:
    database = open_database(url)
    try:
        await migrate(database)

        def put(tx: Transaction) -> Plan:
            words = words_of(wording)
            plan = planned(tx, sheet_of(read_sheet("liste.xlsx", content), words).lines, EVERYTHING, words)
            applied(tx, plan, SystemClock().now())
            return plan

        first, plan = await _timed(database, put)
        again, same = await _timed(database, put)
        assert (len(plan.refused), bool(same.changes)) == (FAULTY, False)
        what = f"{name}: {PEOPLE:,} people, {FAULTY} lines refused"
        return Figure(what, f"{first:.1f} s", AIM), Figure(f"{name}: the same list again", f"{again:.1f} s")
    finally:
        await database.close()


async def _timed(database: Database, put: Callable[[Transaction], Plan]) -> tuple[float, Plan]:
    begun = time.perf_counter()
    plan = await database.write(put)
    return time.perf_counter() - begun, plan


def in_sqlite(folder: Path) -> dict[str, str]:
    """A new database in a folder."""
    return {"SQLite": f"sqlite:///{folder / 'roster.db'}"}
