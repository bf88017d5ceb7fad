"""The digests of participation: on Mondays to those who follow it, each morning of the last week to the operators."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from handlers.reports.morning import round_at
from storage import addresses, declarations
from storage.database import Transaction
from tests.campaigning import act, at, declares, hours, id_of, ledger, local
from tests.handlers.test_headcount_reminder import responsible, seen
from tests.stage import Stage

MONDAY = local(16, 7, 5)


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url, at=local(13, 12), hours=hours("07:00-20:00")) as stage:
        yield stage


async def monday(stage: Stage) -> None:
    await at(stage, MONDAY)
    await stage.post.drain()


async def test_a_responsible_reads_what_the_week_has_brought(stage: Stage) -> None:
    await act(stage, lambda tx: declares(tx, "camille"))
    await at(stage, local(23, 7, 5))
    await stage.post.drain()
    page = seen(stage.person("direction").reads())
    assert "Le bilan de la semaine" in page
    assert "École des Tilleuls fictifs : 1 sur 2 (50 %), dont 1 de plus depuis 7 jours" in page
    assert "À joindre autrement" not in page
    assert "[1. Le rapport et son graphique]" in page


async def test_what_goes_in_its_place_tells_it_too(stage: Stage) -> None:
    """Two weeks before the deadline the follow-up goes, and the digest of that Monday is merged into it."""
    await act(stage, lambda tx: declarations.say_nothing(tx, id_of(tx, "camille"), "2026-1", local(12, 9)))
    await monday(stage)
    page = seen(stage.person("direction").reads())
    assert "• École des Tilleuls fictifs : 1 sur 2, dont 1 de plus depuis 7 jours; 1 à relancer" in page


async def test_a_service_centre_reads_it_too_and_small_groups_stay_at_their_school(stage: Stage) -> None:
    await act(stage, lambda tx: responsible(tx, stage.clock.now(), "mail"))
    await monday(stage)
    page = seen(stage.person("stranger", "mail").reads())
    assert "Centre de services fictif : petit groupe, ces chiffres restent à l’école" in page
    told = [entry for entry in await ledger(stage, "zoé") if entry[0].startswith("digest")]
    assert told == [("digest-centres:2026-1:14", "zoé", "left", None)]


async def test_who_is_reached_nowhere_is_named_to_be_reached_otherwise(stage: Stage) -> None:
    def dead(tx: Transaction) -> None:
        for channel, value in (
            ("telegram", "102"),
            ("terminal", "morgan"),
            ("mail", "morgan@tilleuls.invalid"),
        ):
            addresses.mark_dead(tx, channel, value, "gone", stage.clock.now())

    await act(stage, dead)
    await monday(stage)
    direction = stage.person("direction")
    told = "À joindre autrement (aucune adresse où écrire) : Morgan Sample"
    assert told in seen(direction.reads())
    assert "À joindre autrement : Morgan Sample" in seen(await direction.says("participation"))
    assert "Morgan Sample (à joindre autrement)" in seen(await direction.says("qui n’a rien fait"))
    await at(stage, local(30, 7, 5))
    await act(stage, lambda tx: declares(tx, "morgan"))
    await stage.post.drain()
    assert "À joindre autrement" not in direction.reads()


async def test_nobody_gets_it_when_nobody_is_missing(stage: Stage) -> None:
    await act(stage, lambda tx: declares(tx, "camille"))
    await act(stage, lambda tx: declares(tx, "morgan"))
    await monday(stage)
    assert stage.person("direction").reads() == ""


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        (local(24, 8), local(24, 8)),
        (local(24, 11, 59), local(24, 8)),
        (local(30, 9), local(30, 8)),
        (local(24, 7, 59), None),
        (local(24, 12), None),
        (local(23, 9), None),
        (local(28, 9), None),
        (local(1, 9, month=12), None),
    ],
)
def test_the_mornings_of_the_last_week(moment: datetime, began: datetime | None) -> None:
    assert round_at(moment) == began


async def test_the_operators_read_each_morning_how_far_all_have_come(stage: Stage) -> None:
    stage.clock.at = local(24, 8, 1)
    await stage.do_chores()
    page = seen(stage.person("operator").reads())
    assert "Participation, ce matin" in page
    assert "Groupe de moins de cinq personnes" in page
    assert "Participation, ce matin" in seen(stage.person("sophie").reads())
    await stage.restart()
    await stage.do_chores()
    assert stage.person("operator").reads() == ""
    stage.clock.at = local(25, 8, 1)
    await stage.do_chores()
    assert "Participation, ce matin" in seen(stage.person("operator").reads())
