"""« Me le rappeler demain »: once more on the next working day, and what has been read stays what has been read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from storage import campaigns
from storage.database import Transaction
from tests.campaigning import MONTREAL, act, at, by_hand, declares, ledger, local
from tests.stage import Player, Stage

MONDAY = local(23, 9)
NEXT_DAY = local(24, 9)
NOTED = "Je vous le rappelle le mardi 24 novembre 2026"
LEFT_THERE = "Il n’y a pas de rappel à remettre à demain."


async def reminded(stage: Stage) -> tuple[int, Player]:
    """A campaign of the Monday, and Camille who has had its reminder."""
    number = await by_hand(stage)
    await stage.post.drain()
    camille = stage.person("camille", "mail")
    assert "Il reste 7" in camille.reads()
    return number, camille


@pytest.mark.parametrize(
    ("meanwhile", "comes"),
    [
        pytest.param(lambda _tx: None, True, id="nothing"),
        pytest.param(lambda tx: declares(tx, "camille"), False, id="declared"),
        pytest.param(lambda tx: campaigns.cancel(tx, 1, MONDAY), False, id="called off"),
    ],
)
async def test_it_comes_where_it_is_still_of_use_and_who_was_reached_has_been_reached(
    sqlite_url: str, meanwhile: Callable[[Transaction], object], comes: bool
) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        assert NOTED in await camille.presses_old(f"!tomorrow:{number}")
        await act(stage, meanwhile)
        stage.clock.at = NEXT_DAY
        await stage.post.drain()
        assert bool(camille.reads()) is comes
        outcome = "left" if comes else "tomorrow"
        assert await ledger(stage, "camille") == [("hand:one", "camille", outcome, None)]


async def test_a_campaign_that_is_paused_and_resumed_meanwhile_leaves_it_for_tomorrow(
    sqlite_url: str,
) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        await camille.presses_old(f"!tomorrow:{number}")
        await act(stage, lambda tx: campaigns.pause(tx, number))
        await at(stage, local(23, 10))
        await act(stage, lambda tx: campaigns.resume(tx, number))
        await at(stage, local(23, 11))
        await stage.post.drain()
        assert camille.reads() == ""
        stage.clock.at = NEXT_DAY
        await stage.post.drain()
        assert "Il reste 6" in camille.reads()


async def test_who_asked_for_one_gets_no_other_that_day(database_url: str) -> None:
    """On the Friday for the Monday, which is the last day and has a reminder of its own."""
    async with Stage(database_url, at=local(2)) as stage:
        for moment in (local(27), local(27, 9)):
            await at(stage, moment)
            await stage.post.drain()
        camille = stage.person("camille", "mail")
        assert "vous le rappelle le lundi 30" in await camille.says("demain")
        for moment in (local(30), local(30, 7), local(30, 16)):
            await at(stage, moment)
            await stage.post.drain()
        told = [(key, outcome) for key, _, outcome, _ in await ledger(stage, "camille") if "declare" in key]
        assert told == [("declare:2026-1:2", "left"), ("declare:2026-1:0", "merged")]
        assert ("declare:2026-1:0", "morgan", "left", None) in await ledger(stage, "morgan")


@pytest.mark.parametrize("replies", [True, False])
async def test_in_the_middle_of_a_draft_it_is_no_answer_to_the_question_that_waits(
    sqlite_url: str, replies: bool
) -> None:
    async with Stage(sqlite_url, at=local(17, 9)) as stage:
        lou = stage.person("lou")
        for text in ("déclarer", "1", "passer", "Le renard bleu"):
            await lou.says(text)
        await at(stage, local(23, 9))
        await stage.post.drain()
        assert "brouillon" in lou.reads()
        page = await (lou.replies("demain") if replies else lou.says("demain"))
        assert NOTED in page
        assert "Qui est l’auteur" in page
        assert "Qui est l’auteur" not in await lou.says("demain")


async def test_nothing_is_promised_of_a_campaign_that_was_called_off(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        await act(stage, lambda tx: campaigns.cancel(tx, number, MONDAY))
        assert LEFT_THERE in await camille.presses_old(f"!tomorrow:{number}")


async def test_a_number_that_no_campaign_has_is_read_as_the_last_reminder(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        _, camille = await reminded(stage)
        assert NOTED in await camille.presses_old(f"!tomorrow:{'9' * 20}")


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        pytest.param(datetime(2030, 3, 22, 8, tzinfo=MONTREAL), True, id="a week of working days is left"),
        pytest.param(datetime(2030, 3, 29, 8, tzinfo=MONTREAL), False, id="the weekend is"),
    ],
)
async def test_before_a_deadline_on_a_sunday_tomorrow_is_offered_while_a_working_day_is_left(
    sqlite_url: str, day: datetime, offered: bool
) -> None:
    async with Stage(sqlite_url, at=day) as stage:
        await at(stage, day)
        await stage.post.drain()
        lou = stage.person("lou")
        assert "dimanche 31 mars 2030" in lou.reads()
        assert ("Me le rappeler demain" in [button.label for button in lou.page.buttons]) is offered
        answer = await lou.says("demain")
        assert ("Je vous le rappelle le lundi 25 mars 2030" in answer) is offered
        assert ("le prochain jour où j’écris vient après" in answer) is not offered


@pytest.mark.parametrize("words", ["demain", "plus tard", "remind me tomorrow"])
async def test_who_is_in_charge_puts_their_own_off_too(sqlite_url: str, words: str) -> None:
    async with Stage(sqlite_url, at=local(23, 8)) as stage:
        await at(stage, local(23, 8))
        await stage.post.drain()
        direction = stage.person("direction")
        assert "Le bilan de la semaine" in direction.reads()
        assert NOTED in await direction.says(words)
        assert "Qui n’a rien fait?" in [button.label for button in direction.page.buttons]
        await at(stage, NEXT_DAY)
        await stage.post.drain()
        assert "Le bilan de la semaine" in direction.reads()


async def test_after_the_deadline_it_comes_while_the_period_is_open(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=local(3, 8, month=12)) as stage:
        await at(stage, local(3, 8, month=12))
        await stage.post.drain()
        direction = stage.person("direction")
        assert "L’échéance est passée" in direction.reads()
        page = await direction.says("demain")
        assert "Je vous le rappelle le vendredi 4 décembre 2026" in page
        assert "L’échéance reste" not in page
        await at(stage, local(4, 8, month=12))
        await stage.post.drain()
        assert "L’échéance est passée" in direction.reads()
        stage.clock.at = local(11, 9, month=12)
        assert "Il n’y a pas de rappel" in await direction.presses_old("!tomorrow:")


async def test_nor_once_it_is_about_to_close(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=local(3, 8, month=12)) as stage:
        await at(stage, local(3, 8, month=12))
        await stage.post.drain()
        direction = stage.person("direction")
        stage.clock.at = local(14, 9, month=12)
        page = await direction.presses_old("!tomorrow:1")
        assert "Il est possible de déclarer jusqu’au lundi 14 décembre 2026" in page
