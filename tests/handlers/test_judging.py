"""A reminder says what is true when it leaves, and does not leave when there is nothing to say any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from storage import addresses, campaigns, people, reminders, talks
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.declarations import say_nothing
from storage.reminders import Entry
from storage.states import Audience, DeclarationState, ReminderKind, ReminderOutcome, Standing
from storage.tables import declaration, person, role
from tests.campaigning import PERIOD, act, at, by_hand, declares, hours, id_of, ledger, letters, local
from tests.stage import TUESDAY, Stage

Happens = Callable[[Transaction], object]


def dies(tx: Transaction, channel: str) -> None:
    value = {"telegram": "101", "terminal": "camille", "mail": "camille@tilleuls.invalid"}[channel]
    addresses.mark_dead(tx, channel, value, "gone", TUESDAY)


def dies_everywhere(tx: Transaction) -> None:
    for channel in ("telegram", "terminal", "mail"):
        dies(tx, channel)


def leaves(tx: Transaction) -> None:
    tx.execute(update(role).where(role.c.person_id == id_of(tx, "camille")).values(closed_at=TUESDAY))


def reached_by(tx: Transaction, count: int, days_ago: int) -> None:
    """So many other campaigns have reached Camille."""
    when = TUESDAY - timedelta(days=days_ago)
    for number in range(count):
        aim = Aim(Audience.ABSENT, PERIOD)
        new = NewCampaign(f"hand:before-{number}", "hand", aim, when.date(), TUESDAY)
        made = campaigns.begin(tx, new, when)
        assert made
        campaigns.cancel(tx, made, when)
        reminders.note(tx, [Entry(made, id_of(tx, "camille"), ReminderOutcome.LEFT, when)])


@pytest.mark.parametrize(
    ("happens", "outcome", "reason"),
    [
        pytest.param(lambda tx: None, "left", None, id="nothing has happened"),
        pytest.param(lambda tx: declares(tx, "camille"), "skipped", "declared", id="declared"),
        pytest.param(
            lambda tx: say_nothing(tx, id_of(tx, "camille"), PERIOD, TUESDAY),
            "skipped",
            "said-nothing",
            id="nothing to declare",
        ),
        pytest.param(
            lambda tx: people.set_reminders(tx, id_of(tx, "camille"), wanted=False),
            "skipped",
            "stopped",
            id="no reminders at all",
        ),
        pytest.param(
            lambda tx: reminders.choose(tx, id_of(tx, "camille"), ReminderKind.DEADLINES, wanted=False),
            "skipped",
            "unwanted",
            id="none of that kind",
        ),
        pytest.param(
            lambda tx: reminders.choose(tx, id_of(tx, "camille"), ReminderKind.ACCOUNT, wanted=False),
            "left",
            None,
            id="none of another kind",
        ),
        pytest.param(leaves, "skipped", "left", id="no longer on the roster"),
        pytest.param(dies_everywhere, "skipped", "unreachable", id="reached nowhere"),
        pytest.param(lambda tx: dies(tx, "mail"), "left", None, id="reached elsewhere"),
        pytest.param(lambda tx: reached_by(tx, 1, 0), "left", None, id="one other today"),
        pytest.param(lambda tx: reached_by(tx, 2, 6), "skipped", "enough", id="two in seven days"),
        pytest.param(lambda tx: reached_by(tx, 2, 7), "left", None, id="two before that"),
        pytest.param(
            lambda tx: campaigns.cancel(tx, 1, TUESDAY),
            "skipped",
            "cancelled",
            id="the campaign is called off",
        ),
    ],
)
async def test_what_has_happened_since_it_was_decided_counts(
    database_url: str, happens: Happens, outcome: str, reason: str | None
) -> None:
    async with Stage(database_url) as stage:
        await by_hand(stage)
        await act(stage, happens)
        await stage.post.drain()
        told = [entry for entry in await ledger(stage, "camille") if entry[0] == "hand:one"]
        assert told == [("hand:one", "camille", outcome, reason)]
        read = [stage.person("camille", channel).reads() for channel in ("mail", "telegram", "terminal")]
        assert len(list(filter(None, read))) == (outcome == "left")


async def test_who_declares_a_minute_before_the_sending_begins_gets_nothing(sqlite_url: str) -> None:
    async with Stage(sqlite_url, hours=hours("16:00-20:00")) as stage:
        await at(stage, local(27, 0, 5))
        stage.clock.at = local(27, 15, 59)
        await stage.person("camille").says("rien à déclarer")
        await stage.person("camille").presses("Oui, rien à déclarer")
        stage.clock.at = local(27, 16)
        await stage.post.drain()
        told = [entry[2:] for entry in await ledger(stage, "camille") if entry[0].startswith("declare")]
        assert told == [("skipped", "said-nothing")]
        assert stage.person("camille", "mail").reads() == ""
        assert "Nous n’avons encore rien reçu" in stage.person("lou").reads()


async def test_a_draft_has_a_text_of_its_own_and_the_ledger_tells_the_standing(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        await act(stage, lambda tx: talks.start(tx, id_of(tx, "camille"), "declare", {}, TUESDAY))
        await stage.post.drain()
        assert "brouillon" in stage.person("camille", "mail").reads()
        [past, *_] = await stage.database.read(lambda tx: reminders.of_person(tx, id_of(tx, "camille")))
        assert (past.standing, past.outcome, past.channel) == (Standing.DRAFT, ReminderOutcome.LEFT, "mail")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        pytest.param(DeclarationState.REFUSED, "n’a pas été acceptée", id="refused"),
        pytest.param(DeclarationState.WITHDRAWN, "Vous avez retiré votre déclaration", id="withdrawn"),
    ],
)
async def test_who_sent_what_does_not_count_is_not_told_that_nothing_came(
    sqlite_url: str, state: DeclarationState, said: str
) -> None:
    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        await act(stage, lambda tx: declares(tx, "camille"))
        await act(stage, lambda tx: tx.execute(update(declaration).values(state=state)))
        await stage.post.drain()
        page = stage.person("camille", "mail").reads()
        assert said in page
        assert "encore rien reçu" not in page
        assert "encore rien reçu" in stage.person("lou").reads()
        assert said in await stage.person("camille").says("c’est fait")


async def test_it_leaves_on_the_channel_that_is_preferred_by_then(sqlite_url: str) -> None:
    def prefers(tx: Transaction) -> None:
        tx.execute(update(person).where(person.c.id == id_of(tx, "camille")).values(reminds_on="telegram"))

    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        await act(stage, prefers)
        await stage.post.drain()
        assert stage.person("camille", "mail").reads() == ""
        assert "Nous n’avons encore rien reçu" in stage.person("camille").reads()


async def test_everybody_reads_it_in_their_language_and_the_page_is_kept(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        await stage.post.drain()
        read = stage.person("morgan", "mail").reads()
        assert "We have not received anything from you yet" in read
        press = stage.person("morgan", "mail").page.buttons[1].label
        assert "nothing" in (await stage.person("morgan", "mail").presses(press)).lower()


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (local(27, 6, 59), False),
        (local(27, 7), True),
        (local(27, 8), False),
        (local(27, 15, 30), True),
        (local(27, 20), False),
        (local(28, 16), False),
        pytest.param(local(30, 15, 30, month=10), True, id="Friday before the clocks go back"),
        pytest.param(local(2, 15, 29), False, id="Monday in November, a minute before"),
        pytest.param(local(2, 15, 30), True, id="Monday after the clocks went back"),
        pytest.param(local(6, 7, month=3), True, id="Friday before the clocks go forward"),
        pytest.param(local(9, 6, 59, month=3), False, id="Monday in March, a minute before"),
        pytest.param(local(9, 7, month=3), True, id="Monday after the clocks went forward"),
    ],
)
async def test_reminders_leave_in_the_sending_hours_only(
    sqlite_url: str, moment: datetime, leaves: bool
) -> None:
    async with Stage(sqlite_url, hours=hours("7:00-8:00", "15:30-20:00")) as stage:
        stage.clock.at = moment - timedelta(days=2, hours=20)
        await by_hand(stage)
        stage.clock.at = moment
        await stage.post.drain()
        assert {state for _, state in await letters(stage)} == ({"sent"} if leaves else {"waiting"})
