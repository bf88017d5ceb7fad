"""One tap takes a question that nothing here answers to the team."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage import enquiries, tickets
from storage.database import Transaction
from storage.tickets import NewTicket
from tests.editions import follow, found
from tests.stage import Player, Stage

SCRIPT = {
    "password?": found("answer", "password-forgotten"),
    "which?": found("ask_back", "declare-how", "declare-deadlines"),
}
TAP = "Transmettre ma question à l’équipe"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


def taps(player: Player) -> list[str]:
    """What the last page's buttons hand over."""
    return [button.press for button in player.page.buttons if button.label == TAP]


@pytest.mark.parametrize(
    "said",
    [
        ("nobody knows",),
        ("which?", "autre chose"),
        ("password?", "pas utile", "pas utile"),
    ],
)
async def test_the_very_question_is_handed_over(stage: Stage, said: tuple[str, ...]) -> None:
    camille = stage.person("camille")
    for text in said:
        await camille.says(text)
    assert taps(camille) == ["!forward:1"]
    assert "n°\N{NO-BREAK SPACE}1" in await camille.presses(TAP)


async def test_what_is_with_the_team_already_is_not_handed_over_again(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("nobody knows")

    def hand_over(tx: Transaction) -> None:
        asked = enquiries.by_id(tx, 1)
        assert asked
        new = NewTicket(asked.person_id, "question", asked.text, asked.channel, asked.address, None)
        enquiries.attach(tx, 1, tickets.open_one(tx, new, stage.clock.now()))

    await stage.database.write(hand_over)
    await camille.says("/pas_utile")
    assert taps(camille) == []
    assert [button.label for button in camille.page.buttons] == ["Parler à quelqu’un"]
