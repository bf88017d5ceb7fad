"""When campaigns made by hand leave, what the preview says of it, and how long they take."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from handlers.reminders.previews import done_by
from storage.database import Transaction
from storage.forecasts import Forecast
from storage.tables import letter
from tests.campaigning import act, at, hours, ledger, local
from tests.handlers.test_campaigns_by_hand import OPEN, TO_OWN_SCHOOL, plain, sends
from tests.stage import Stage, furnished


@pytest.mark.parametrize(
    ("moment", "label"),
    [
        pytest.param(local(17, 16), "Envoyer maintenant", id="within the hours"),
        pytest.param(local(17, 9), "Envoyer aujourd’hui à 15 h 30", id="before them"),
        pytest.param(
            local(17, 21), "Envoyer le mercredi 18 novembre 2026 à 7 h", id="after them, the next day"
        ),
        pytest.param(local(20, 20), "Envoyer le lundi 23 novembre 2026 à 7 h", id="not on a weekend"),
    ],
)
async def test_the_button_says_when_it_leaves(sqlite_url: str, moment: datetime, label: str) -> None:
    async with Stage(sqlite_url) as stage:
        stage.clock.at = moment
        page = await stage.person("direction").presses_old(TO_OWN_SCHOOL)
    assert f"[1. {label}]" in plain(page)


@pytest.mark.parametrize(
    ("moment", "label"),
    [
        pytest.param(local(17, 9), "Plutôt demain à 7 h", id="rather than this afternoon"),
        pytest.param(
            local(20, 16), "Plutôt le 23 novembre 2026 à 7 h", id="rather than on a Friday afternoon"
        ),
        pytest.param(local(17, 21), None, id="it leaves then anyhow"),
        pytest.param(local(14, 16, month=12), None, id="the period will be closed"),
    ],
)
async def test_it_can_wait_for_the_next_working_day(
    sqlite_url: str, moment: datetime, label: str | None
) -> None:
    async with Stage(sqlite_url) as stage:
        stage.clock.at = moment
        page = await stage.person("direction").presses_old(TO_OWN_SCHOOL)
    assert ("Plutôt" in page) is bool(label)
    assert not label or f"[2. {label}]" in plain(page)


async def test_what_waits_for_the_next_working_day_leaves_then(sqlite_url: str) -> None:
    async with Stage(sqlite_url, hours=hours("7:00-8:00", "15:30-20:00")) as stage:
        direction = stage.person("direction")
        await direction.presses_old(TO_OWN_SCHOOL)
        assert "Elle partira le mercredi 18 novembre 2026 à 7 h" in plain(
            await direction.says("demain matin")
        )
        for moment, outcomes in ((OPEN, set()), (local(18, 6, 59), set()), (local(18, 7), {"left"})):
            await at(stage, moment)
            await stage.post.drain()
            assert {outcome for _, _, outcome, _ in await ledger(stage)} == outcomes


async def test_letters_of_other_campaigns_leave_before(sqlite_url: str) -> None:
    """Two of an hour's worth of mail, the hour of a school's own campaign included."""
    async with Stage(sqlite_url) as stage:
        stage.clock.at = OPEN
        await act(stage, lambda tx: a_long_queue(tx, 30 * 60 - 2, OPEN))
        page = await stage.person("direction").presses_old(TO_OWN_SCHOOL)
        assert "Départ : maintenant. Tout sera parti vers 17 h" in plain(page)


def a_long_queue(tx: Transaction, count: int, now: datetime) -> None:
    """So many letters of campaigns wait for mail, and some that do not leave before."""
    row = {"channel": "mail", "lane": 1, "strict": True, "html": "", "buttons": [], "due": now}
    rows = [{**row, "address": f"{n}@exemple.invalid"} for n in range(count)]
    later = {**row, "address": "later@exemple.invalid", "due": now + timedelta(days=1)}
    others = [later, {**later, "channel": "telegram", "due": now}, {**later, "lane": 0, "due": now}]
    tx.execute(insert(letter), [*rows, *others])


@pytest.mark.parametrize(
    ("reached", "ahead", "done"),
    [
        pytest.param({"telegram": 28 * 60, "mail": 30}, {}, local(17, 16, 1), id="the slowest channel"),
        pytest.param({"mail": 30 * 60}, {}, local(17, 17), id="by mail thirty a minute"),
        pytest.param({"mail": 30 * 60 * 5}, {}, local(18, 8), id="paused between the hours"),
        pytest.param({"terminal": 9}, {}, local(17, 16), id="no limit"),
        pytest.param({"mail": 30}, {"mail": 30}, local(17, 16, 2), id="others are ahead"),
        pytest.param({"mail": 30}, {"telegram": 28 * 999}, local(17, 16, 1), id="others on another channel"),
    ],
)
def test_how_long_it_takes_is_told_by_the_limits_of_the_channels(
    reached: dict[str, int], ahead: dict[str, int], done: datetime
) -> None:
    assert done_by(furnished().settings, local(17, 16), Forecast(reached), ahead) == done


async def test_it_leaves_within_the_sending_hours_only(sqlite_url: str) -> None:
    async with Stage(sqlite_url, hours=hours("15:30-20:00")) as stage:
        await sends(stage.person("direction"))
        await stage.do_chores()
        assert await ledger(stage) == []
        stage.clock.at = OPEN
        await stage.do_chores()
        assert {outcome for _, _, outcome, _ in await ledger(stage)} == {"left"}
