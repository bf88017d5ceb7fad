"""« Campagnes » counts letters beside the turn: nothing is done before they are counted."""

from __future__ import annotations

import pytest

from bot.preparing import Unprepared
from bot.turn import Turn
from handlers.reminders.campaigns import answer
from storage import campaigns, people
from storage.database import Transaction
from storage.states import CampaignState
from tests.campaigning import by_hand
from tests.stage import Stage


@pytest.mark.parametrize("argument", ["", "1", "1-pause", "1-cancel", "1-cancel-sure"])
async def test_letters_are_counted_beside_the_turn(sqlite_url: str, argument: str) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        heard = stage.person("operator").heard()

        def asked(tx: Transaction) -> CampaignState | None:
            person = people.by_address(tx, heard.channel, heard.sender)
            assert person
            now = stage.clock.now().astimezone(stage.house.settings.zone)
            with pytest.raises(Unprepared):
                answer(Turn(stage.house, tx, heard, person, now), argument)
            found = campaigns.by_id(tx, number)
            return found.state if found else None

        assert await stage.database.write(asked) is CampaignState.RUNNING
