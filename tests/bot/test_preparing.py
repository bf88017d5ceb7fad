"""What takes too long for a transaction is done beside it, and the turn is taken anew as if nothing had been."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.preparing import MOST
from bot.turn import Said, Turn, say
from storage import declarations, people
from storage.database import Transaction
from tests.poisoning import WORD, house_with
from tests.stage import Stage

PERIOD = "2026-1"


@dataclass(frozen=True, slots=True)
class Slow:
    """Something slow; where it was done is noted."""

    name: str
    where: list[str] = field(default_factory=list, compare=False)
    fails: bool = False

    def read(self, tx: Transaction) -> Callable[[], str]:
        self.where.append("writing" if _writes(tx) else "reading")
        return self._make

    def _make(self) -> str:
        if self.fails:
            raise RuntimeError(self.name)
        self.where.append("made" if threading.current_thread() is not threading.main_thread() else "kept up")
        return self.name


def _writes(tx: Transaction) -> bool:
    """Whether the transaction could change anything; PostgreSQL reads as it writes."""
    if tx.dialect.name != "sqlite":
        return False
    return not tx.execute(text("PRAGMA query_only")).scalar()


async def test_it_is_made_beside_the_transaction_and_changes_nothing_twice(database_url: str) -> None:
    where: list[str] = []

    def answer(turn: Turn, _argument: str) -> Said:
        declarations.say_nothing(turn.tx, turn.person.id, PERIOD, turn.now)
        people.set_reminders(turn.tx, turn.person.id, not turn.person.reminders)
        turn.prepared(Slow("first", where))
        turn.prepared(Slow("second", where))
        return say("nothing/command")

    async with Stage(database_url, house=house_with(answer)) as stage:
        camille = stage.person("camille")
        assert await camille.says(WORD)
        assert where == ["reading", "made"] * 2
        person = await stage.database.read(lambda tx: people.by_address(tx, camille.channel, camille.address))
        assert person
        assert not person.reminders
        assert len(camille.mailbox.letters) == 1
        assert await stage.redeliver_last() == ""


@pytest.mark.parametrize(
    "wanted",
    [lambda made: Slow("broken", fails=True), lambda made: Slow(str(len(made)), made)],
    ids=["it fails", "it never ends"],
)
async def test_a_turn_that_is_never_ready_is_tried_and_parked(
    wanted: Callable[[list[str]], Slow], sqlite_url: str
) -> None:
    made: list[str] = []

    def answer(turn: Turn, _argument: str) -> Said:
        while True:
            turn.prepared(wanted(made))

    async with Stage(sqlite_url, house=house_with(answer)) as stage:
        with capture_logs() as events:
            assert "Désolé" in await stage.person("camille").says(WORD)
        assert [one["event"] for one in events].count("turn-failed") == 3
        assert made.count("made") in (0, 3 * MOST)
