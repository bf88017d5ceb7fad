"""Alerts that come in a storm: few letters, none lost, and what is urgent at once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.gathering import AT_ONCE
from bot.messages import Heard, Reply
from bot.turn import Turn
from handlers import support
from storage import outbox, people
from storage.database import Transaction
from tests.stage import Stage, as_text

LISTED = re.compile(r"n°\s(\d+)")


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def opens(
    stage: Stage,
    kind: str = "account-locked",
    matter: str = "Mon compte est bloqué.",
    by: tuple[str, str] = ("telegram", "101"),
) -> int:
    """Somebody asks for help: the number of their ticket."""

    def work(tx: Transaction) -> int:
        now = stage.clock.now().astimezone(stage.house.settings.zone)
        person = people.by_address(tx, *by)
        assert person
        turn = Turn(stage.house, tx, Heard(*by, stage.key(), now, matter), person, now)
        number = support.open_ticket(turn, kind, matter)
        support.alert(turn, number, Reply("support/alert-ticket", support.described(turn, number, matter)))
        outbox.put(tx, turn.others, now)
        return number

    return await stage.database.write(work)


async def test_a_storm_of_requests_makes_few_letters_and_loses_none(stage: Stage) -> None:
    operator = stage.person("operator")
    numbers = []
    for _ in range(200):
        numbers.append(await opens(stage))
        stage.tick(timedelta(seconds=3))
    stage.tick(timedelta(hours=1))
    await stage.do_chores()
    letters = operator.mailbox.letters
    assert len(letters) <= 12
    told = {int(number) for letter in letters for number in LISTED.findall(as_text(letter.page))}
    assert told == set(numbers)
    await stage.do_chores()
    assert len(operator.mailbox.letters) == len(letters)


async def test_a_request_in_a_list_is_shown_and_answered_as_if_it_had_come_alone(stage: Stage) -> None:
    operator, camille = stage.person("operator"), stage.person("camille")
    for _ in range(AT_ONCE):
        await opens(stage)
    await opens(stage, matter="Un souci de trop.")
    await stage.post.drain()
    assert "Un souci de trop." not in operator.reads()
    stage.tick(timedelta(hours=1))
    await stage.do_chores()
    assert "Un souci de trop." in operator.reads()
    assert "Un souci de trop." in await operator.presses(f"Voir n° {AT_ONCE + 1}")
    assert "C’est parti" in await operator.replies("Voici comment faire.")
    assert "Voici comment faire." in camille.reads()


async def test_a_request_comes_at_once_when_those_before_are_taken_up(stage: Stage) -> None:
    operator = stage.person("operator")
    for _ in range(2 * AT_ONCE):
        await opens(stage)
        await stage.post.drain()
        assert "Mon compte est bloqué." in operator.reads()
        await operator.presses("Je m'en occupe")


@pytest.mark.parametrize(
    ("kind", "letters"), [("distress", 7), ("codes", 7), ("not-me", 7), ("other", AT_ONCE)]
)
async def test_what_is_urgent_is_never_gathered(stage: Stage, kind: str, letters: int) -> None:
    for _ in range(7):
        await opens(stage, kind)
    await stage.post.drain()
    assert len(stage.person("operator").mailbox.letters) == letters


async def test_kinds_do_not_wait_for_each_other(stage: Stage) -> None:
    for kind in ("fees", "questa", "other"):
        await opens(stage, kind)
    await stage.post.drain()
    assert len(stage.person("operator").mailbox.letters) == 3


async def test_somebody_whose_request_waits_for_a_list_is_told_that_it_is_passed_on(stage: Stage) -> None:
    for _ in range(AT_ONCE):
        await opens(stage, "human")
    camille = stage.person("camille")
    await camille.says("parler à quelqu'un")
    assert "C’est transmis à l’équipe." in await camille.says("Mon compte est bloqué depuis hier.")
    assert len(stage.person("operator").mailbox.letters) == AT_ONCE


async def test_nobody_finds_their_own_request_in_a_list(stage: Stage) -> None:
    operator, sophie = stage.person("operator"), stage.person("sophie", "mail")
    for _ in range(AT_ONCE):
        await opens(stage)
    own = await opens(stage, matter="Ma propre demande.", by=("terminal", "operator"))
    await opens(stage, matter="Celle de quelqu’un d’autre.")
    await stage.post.drain()
    for one in (operator, sophie):
        one.reads()
    stage.tick(timedelta(hours=1))
    await stage.do_chores()
    listed = [one.reads() for one in (operator, sophie)]
    assert ["Celle de quelqu’un" in text for text in listed] == [True, True]
    assert [str(own) in LISTED.findall(text) for text in listed] == [False, True]
