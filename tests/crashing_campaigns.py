"""Kills a process at every statement of a campaign's life in turn, and lets another one go on.

`python -m tests.crashing_campaigns FOLDER`, where `0.db` is a database with the cast in it, prints what came of each
kill, a line of JSON each, after that of the life undisturbed: begun, filled, judged, sent, acknowledged, ended. It
forks, always while there is neither a thread nor an event loop, so that a life costs no start-up.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Engine, event

from bot.logs import set_up_logs
from bot.messages import Lane
from bot.post import Habits, Post
from handlers.reminders import beginning
from handlers.reminders.judging import judge_for
from storage import people, roster
from storage.database import Transaction, open_database
from storage.people import Place
from storage.states import Role
from tests.crashing import AT_ONCE, CHANNELS, Fate, Paper, in_a_life
from tests.crashing import Place as Kept
from tests.stage import TickedClock, furnished

THEN = datetime(2026, 10, 30, 13, 30, tzinfo=UTC)
"""A month before the deadline, a Friday: the first reminder leaves."""
LATER = THEN + timedelta(minutes=1)
"""When the claims of the one that was killed have run out."""
WRITES = ("INSERT", "UPDATE", "DELETE")
BATCH = 2
"""Letters on their way at a time."""
SPAN = 4
"""People that one transaction decides on."""
FEW = Habits(at_once_unpaced=MappingProxyType(dict.fromkeys(Lane, BATCH)))
KEPT = {
    "campaigns": "SELECT key, state FROM campaign ORDER BY key",
    "letters": "SELECT key, address, state FROM letter ORDER BY key",
    "ledger": """SELECT campaign.key, person_id, outcome, reminder.reason, channel
        FROM reminder JOIN campaign ON campaign.id = campaign_id ORDER BY campaign.key, person_id""",
}


async def live(place: Kept, fate: Fate, worker: str = "doomed", at: datetime = THEN) -> None:
    """What a process does of a day's reminders, from the first to the last."""
    clock, house = TickedClock(at), furnished()
    database = open_database(f"sqlite:///{place.database}")
    papers = [Paper(place.letters, fate, name) for name in CHANNELS]
    post = Post(database, papers, clock, worker, habits=FEW, judge=judge_for(house))
    fate.counts = True
    await beginning.begin_and_fill(house, database, at.astimezone(house.settings.zone))
    await post.drain()
    await beginning.begin_and_fill(house, database, at.astimezone(house.settings.zone))
    await database.close()


def outcome(place: Kept, killed_at: str = "") -> str:
    """Everything that was kept and sent, as a line of JSON."""
    database = sqlite3.connect(place.database)
    tables = {name: database.execute(select).fetchall() for name, select in KEPT.items()}
    database.close()
    sent = [json.loads(line)[1:] for line in place.letters.read_text().splitlines()]
    return f"{json.dumps({'killed_at': killed_at, 'sent': sent} | tables)}\n"


def killed(folder: Path, first: int) -> Iterator[str]:
    """Kills lives at one point after another; each time, either the same worker or another one goes on."""
    for point in itertools.count(first, AT_ONCE):
        place = Kept(folder, "0").copied(f"c{point}")
        place.letters.touch()
        fate = Fate(point, note=folder / f"{place.name}.note")
        if in_a_life(partial(dies, place, fate)):
            return
        again = ("doomed", THEN) if point // AT_ONCE % 2 else ("another", LATER)
        asyncio.run(live(place, Fate(), *again))
        yield outcome(place, f"{point}: {fate.note.read_text()}")
        for file in folder.glob(f"{place.name}.*"):
            file.unlink()


def dies(place: Kept, fate: Fate) -> None:
    """Lives, with all that is written to a database counted, and each commit of it.

    What is kept before a read is what is kept before the next write.
    """
    written: list[str] = []

    def meets(statement: str) -> None:
        if statement.startswith(WRITES):
            written.append(statement)
            fate.passes(statement)

    def commits() -> None:
        if written:
            written.clear()
            fate.passes("COMMIT")

    event.listen(Engine, "before_cursor_execute", lambda _c, _cu, statement, *_more: meets(statement))
    event.listen(Engine, "commit", lambda _connection: commits())
    asyncio.run(live(place, fate))


async def prepare(file: Path) -> None:
    """Beside the cast, somebody who wants no reminders, and somebody reached nowhere."""
    database = open_database(f"sqlite:///{file}")
    await database.write(_add)
    await database.close()
    sqlite3.connect(file).execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add(tx: Transaction) -> None:
    place = Place(Role.TEACHER, 1)
    stopped, _ = (roster.add_person(tx, name, "fr", (place,), THEN) for name in ("Prof Arrêt", "Prof Nulle"))
    people.link(tx, stopped, "mail", "arret@fictif.invalid", THEN)
    people.set_reminders(tx, stopped, wanted=False)


def main(folder: Path) -> None:
    """The life undisturbed, which also warms everything up for the lives to come; then all the others."""
    set_up_logs("critical")
    beginning.AT_ONCE = SPAN  # type: ignore[misc]
    asyncio.run(prepare(folder / "0.db"))
    whole = Kept(folder, "0").copied("whole")
    asyncio.run(live(whole, Fate()))
    sys.stdout.write(outcome(whole))
    sys.stdout.flush()
    gc.freeze()
    shares = [folder / f"share-{number}" for number in range(AT_ONCE)]
    workers = [_fork(folder, share, number + 1) for number, share in enumerate(shares)]
    ended = [os.waitpid(worker, 0)[1] for worker in workers]
    sys.stdout.writelines(share.read_text() for share in shares)
    sys.exit(any(ended))


def _fork(folder: Path, share: Path, first: int) -> int:
    if worker := os.fork():
        return worker
    with share.open("w") as results:
        results.writelines(killed(folder, first))
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
