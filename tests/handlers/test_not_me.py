"""« Ce n’est pas moi »: pressed at an address of theirs it takes a new one away, and it harms nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Kind
from handlers.roster.not_me import AT_ONCE
from storage import addresses, people
from storage.database import Transaction
from tests.stage import Stage
from tests.strangers import Stranger, code_in, stranger

CAMILLE = "camille@tilleuls.invalid"
NOT_ME, GONE, DONE = "Ce n'est pas moi", "plus rien à retirer", "n’est plus relié à votre nom"
ALERT = "Accès retiré\N{NO-BREAK SPACE}: Telegram"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def links(stage: Stage, at: str = "301") -> Stranger:
    """Somebody ties their Telegram account to Camille's name, with a code from her mailbox."""
    somebody = stranger(stage, at)
    await somebody.says("/lier")
    await somebody.says(CAMILLE)
    assert "Camille Essai" in await somebody.says(code_in(stage, CAMILLE))
    return somebody


async def is_camille(stage: Stage, at: str = "301") -> bool:
    def whose(tx: Transaction) -> bool:
        return people.id_at(tx, "telegram", at) == people.id_at(tx, "mail", CAMILLE)

    return await stage.database.read(whose)


def press(stage: Stage) -> str:
    """What the button on the notice to Camille carries."""
    return stage.person("camille").page.buttons[0].press


@pytest.mark.parametrize("channel", ["telegram", "terminal", "mail"])
async def test_at_any_other_address_one_press_takes_it_away_and_tells_the_team(
    stage: Stage, channel: str
) -> None:
    somebody = await links(stage)
    camille, operator = stage.person("camille", channel), stage.person("operator")
    operator.reads()
    said = await camille.presses(NOT_ME) if channel != "mail" else await camille.writes("1")
    assert DONE in said
    assert "changez le mot de passe" in said
    assert not await is_camille(stage)
    assert "je ne connais pas encore cette adresse" in await somebody.says("mes adresses")
    assert ALERT in operator.reads()
    await operator.replies("Je vous appelle cet avant-midi.")
    assert "cet avant-midi" in camille.reads()


async def test_pressed_twice_it_was_done_once(stage: Stage) -> None:
    await links(stage)
    camille, operator = stage.person("camille"), stage.person("operator")
    again = press(stage)
    await camille.presses(NOT_ME)
    assert GONE in await camille.presses_old(again)
    assert GONE in await stage.person("camille", "terminal").presses(NOT_ME)
    assert operator.reads().count(ALERT) == 1


async def test_long_after_it_is_asked_about_first(stage: Stage) -> None:
    await links(stage)
    camille, old = stage.person("camille"), press(stage)
    stage.tick(AT_ONCE + timedelta(days=16))
    assert "depuis le 17 novembre 2026" in await camille.presses_old(old)
    assert await is_camille(stage)
    assert ALERT not in stage.person("operator").reads()
    await camille.presses("Ce n’est pas moi, le retirer")
    assert not await is_camille(stage)
    assert ALERT in stage.person("operator").reads()


async def test_it_counts_for_no_later_link_of_the_same_address(stage: Stage) -> None:
    somebody = await links(stage)
    camille, old = stage.person("camille"), press(stage)
    now = stage.clock.now()
    await stage.database.write(lambda tx: addresses.take_away(tx, "telegram", somebody.at, now))
    assert GONE in await camille.presses_old(old)
    await links(stage)
    assert GONE in await camille.presses_old(old)
    assert await is_camille(stage)
    assert ALERT not in stage.person("operator").reads()


@pytest.mark.parametrize(
    ("who", "channel", "proven", "answer"),
    [
        ("lou", "telegram", True, GONE),
        ("stranger", "telegram", True, "je ne connais pas encore cette adresse"),
        ("camille", "mail", False, "je dois m’assurer que c’est bien vous"),
    ],
)
async def test_nobody_else_can_press_it(
    stage: Stage, who: str, channel: str, proven: bool, answer: str
) -> None:
    await links(stage)
    player, pressed = stage.person(who, channel), press(stage)
    player.reads()
    await stage.hear(replace(player.heard(kind=Kind.PRESS, press=pressed), proven=proven))
    assert answer in player.reads()
    assert await is_camille(stage)


async def test_it_does_nothing_at_the_very_address(stage: Stage) -> None:
    somebody = await links(stage)
    assert GONE in await somebody.presses_old(press(stage))
    assert await is_camille(stage)


async def test_the_address_of_the_roster_stays(stage: Stage) -> None:
    await links(stage)
    assert GONE in await stage.person("camille").presses_old("!not-me:00000000")
    assert await stage.database.read(lambda tx: people.id_at(tx, "mail", CAMILLE))


async def test_what_was_asked_from_there_is_not_answered_there(stage: Stage) -> None:
    somebody = await links(stage)
    camille, pressed = stage.person("camille"), press(stage)
    await somebody.says("parler à quelqu’un")
    await somebody.says("Donnez-moi mes déclarations de l’an dernier.")
    operator = stage.person("operator")
    await operator.presses("Discuter")
    await camille.presses_old(pressed)
    somebody.reads()
    camille.reads()
    assert "Je m’en occupe" in await operator.presses_old("!see:1")
    await operator.replies("Voici vos déclarations.")
    assert somebody.reads() == ""
    assert "Voici vos déclarations." in "".join(
        stage.person("camille", one).reads() for one in ("telegram", "terminal", "mail")
    )
