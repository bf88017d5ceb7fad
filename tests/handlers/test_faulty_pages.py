"""A page that cannot be written pauses its campaign and no other, and the operators are told of it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import update
from sqlalchemy.util import await_only

from bot.post import Post
from handlers.reminders import pages
from handlers.reminders.judging import judge_for
from storage import campaign_progress, talks
from storage.database import Transaction, open_database
from storage.states import TalkState
from storage.tables import talk
from storage.talks import KeptTalk
from tests.campaigning import act, by_hand, declares, id_of, ledger, letters
from tests.stage import TUESDAY, Deliverer, Stage

PAUSED = "est en pause"


async def test_a_page_that_cannot_be_written_pauses_its_campaign_and_the_operators_are_written_to(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Stage(database_url) as stage:
        broken = await by_hand(stage)
        monkeypatch.setattr(pages, "deadline_of", _fails)
        await stage.person("lou").says("bonjour")
        [one] = await stage.database.read(campaign_progress.listed)
        assert (one.campaign.id, one.campaign.state, one.to_go) == (broken, "paused", 3)
        assert "Bonjour" in stage.mailboxes["telegram", "103"].letters[0].page.html
        assert [PAUSED in stage.person(one).reads() for one in ("operator", "sophie")] == [True, True]


async def test_two_processes_that_meet_the_same_fault_do_not_wait_for_each_other(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both hold the campaign when they find it."""
    both = asyncio.Barrier(2)
    met: list[None] = []

    def fails(*_: object) -> None:
        if len(met) < both.parties:
            met.append(None)
            await_only(both.wait())
        raise KeyError

    async with Stage(postgres_url) as stage:
        await by_hand(stage)
        monkeypatch.setattr(pages, "deadline_of", fails)
        databases = [open_database(postgres_url) for _ in range(2)]
        posts = [
            Post(database, [Deliverer(on, stage.mailboxes)], stage.clock, on, judge=judge_for(stage.house))
            for database, on in zip(databases, ("mail", "telegram"), strict=True)
        ]
        await asyncio.gather(*(post.drain() for post in posts))
        for database in databases:
            await database.close()
        [one] = await stage.database.read(campaign_progress.listed)
        assert (one.campaign.state, one.to_go) == ("paused", 3)
        monkeypatch.undo()
        await stage.post.drain()
        assert stage.person("sophie").reads().count(PAUSED) == 1


async def test_a_draft_that_is_sent_while_its_reminder_is_written_stops_nobody_else(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« Envoyer » is committed by another process between two statements of the judge."""
    sent: list[None] = []
    unfinished = talks.unfinished

    async with Stage(postgres_url) as stage:
        other = open_database(postgres_url)

        def send(tx: Transaction) -> None:
            tx.execute(update(talk).values(state=TalkState.FINISHED))
            declares(tx, "camille")

        def overtaken(tx: Transaction, person_id: int, conversation: str) -> KeptTalk | None:
            if not sent:
                sent.append(None)
                await_only(other.write(send))
            return unfinished(tx, person_id, conversation)

        await act(stage, lambda tx: talks.start(tx, id_of(tx, "camille"), "declare", {}, TUESDAY))
        await by_hand(stage)
        monkeypatch.setattr(talks, "unfinished", overtaken)
        await stage.post.drain()
        stage.tick()
        await stage.post.drain()
        await other.close()
        told = {name: (outcome, reason) for _, name, outcome, reason in await ledger(stage)}
        assert told == {"camille": ("skipped", "declared"), "morgan": ("left", None), "lou": ("left", None)}
        assert {state for _, state in await letters(stage)} == {"skipped", "sent"}
        assert PAUSED not in stage.person("sophie").reads()


def _fails(*_: object) -> None:
    raise KeyError("deadline")
