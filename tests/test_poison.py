"""A message that cannot be heard stops nobody: tried three times, parked, the operator told, the next one heard."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from sqlalchemy import text

from bot.assistant import Assistant
from bot.channels.doors import Fate
from bot.turn import Said, Turn, say
from storage.database import Database, DatabaseDown, Transaction
from tests.poisoning import WORD, house_with
from tests.reader import asked
from tests.stage import Player, Stage, knowledge

T = TypeVar("T")
NEVER = 99
DRAFT = ("déclarer", "livre", "passer", "Le renard bleu")
SORRY = "Désolé, je n’ai pas réussi à traiter votre message."


@dataclass(slots=True)
class Poison:
    """Answers a command by failing so many times first."""

    times: int
    tried: int = 0

    def __call__(self, _turn: Turn, _argument: str) -> Said:
        self.tried += 1
        if self.tried <= self.times:
            raise RuntimeError("cannot be heard")
        return say("welcome/thanks")


async def begins_a_draft(camille: Player) -> None:
    for said in DRAFT:
        await camille.says(said)


async def test_a_message_that_always_fails_is_parked_and_the_next_one_heard(database_url: str) -> None:
    poison = Poison(NEVER)
    async with Stage(database_url, house=house_with(poison)) as stage:
        camille, operator = stage.person("camille"), stage.person("operator")
        await begins_a_draft(camille)
        assert SORRY in await camille.says(WORD)
        assert poison.tried == 3
        assert "n’a pas pu être traité après trois essais" in operator.reads()
        assert asked(await camille.says("Odile Fictive")) == "publisher"


async def test_a_parked_message_is_not_tried_again_when_it_is_brought_again(sqlite_url: str) -> None:
    poison = Poison(NEVER)
    async with Stage(sqlite_url, house=house_with(poison)) as stage:
        await stage.person("camille").says(WORD)
        assert await stage.redeliver_last() == ""
        assert (poison.tried, stage.person("operator").reads().count("trois essais")) == (3, 1)


@pytest.mark.parametrize("times", [1, 2])
async def test_a_message_that_fails_now_and_then_is_heard(times: int, database_url: str) -> None:
    async with Stage(database_url, house=house_with(Poison(times))) as stage:
        assert await stage.person("camille").says(WORD) == "Avec plaisir!"
        assert stage.person("operator").reads() == ""


async def test_nobody_else_waits_for_a_poisonous_message(database_url: str) -> None:
    async with Stage(database_url, house=house_with(Poison(NEVER))) as stage:
        camille, lou = stage.person("camille"), stage.person("lou")
        poisonous, plain = camille.heard(WORD), lou.heard("bonjour")
        outcomes = await asyncio.gather(*map(stage.assistant.hear, (poisonous, plain)))
        assert [outcome.fate for outcome in outcomes] == [Fate.PARKED, Fate.HEARD]


def test_a_message_that_ends_the_process_is_parked_when_it_arrives_for_the_fourth_time(
    sqlite_url: str,
) -> None:
    command = [sys.executable, "-m", "tests.poisoning", sqlite_url]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    lives = [json.loads(line) for line in told.splitlines()]
    assert lives[:3] == [None, None, None]
    fate, apology, alert, next_page = lives[3]
    assert (fate, SORRY in apology, "trois essais" in alert) == (Fate.PARKED, True, True)
    assert next_page.startswith("Bonjour Camille Essai!")
    assert lives[4][:3] == [Fate.REPEATED, "", ""]


@dataclass(slots=True)
class Faltering:
    """A database that goes down in the middle of so many turns: the try is counted, its turn is not kept."""

    whole: Database
    times: int
    _turns: bool = field(default=False)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self._turns = not self._turns
        if self.times and not self._turns:
            self.times -= 1
            raise DatabaseDown
        return await self.whole.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.whole.read(work)

    async def close(self) -> None:
        await self.whole.close()


async def test_a_database_that_goes_down_is_no_poison(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        camille = stage.person("camille")
        await begins_a_draft(camille)
        faltering = Faltering(stage.database, times=6)
        known = knowledge(faltering, stage.clock)
        assistant = Assistant(faltering, stage.house, stage.clock, known, stage.post)
        heard = camille.heard("Odile Fictive")
        for _ in range(6):
            with pytest.raises(DatabaseDown):
                await assistant.hear(heard)
        assert (await assistant.hear(heard)).fate is Fate.HEARD
        await stage.post.drain()
        assert asked(camille.reads()) == "publisher"


async def test_a_connection_cut_in_the_middle_of_a_turn_is_no_poison(postgres_url: str) -> None:
    cuts = iter(range(5))

    def cut(turn: Turn, _argument: str) -> Said:
        if next(cuts, None) is not None:
            turn.tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return say("welcome/thanks")

    async with Stage(postgres_url, house=house_with(cut)) as stage:
        camille = stage.person("camille")
        heard = camille.heard(WORD)
        for _ in range(5):
            with pytest.raises(DatabaseDown):
                await stage.assistant.hear(heard)
        assert (await stage.hear(heard)).fate is Fate.HEARD
        assert camille.reads() == "Avec plaisir!"
