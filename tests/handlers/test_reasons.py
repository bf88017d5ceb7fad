"""The judge, the forecast and what is said afterwards give the same reason, and thanks go to who has declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import combinations

import pytest
from sqlalchemy import delete, select, update

from bot.cli.invite import Guests, _ids
from bot.cli.told import operators_wording
from handlers.reminders.about import rule_for
from handlers.reminders.beginning import begin_and_fill
from handlers.reminders.previews import rules_on
from handlers.reminders.untold import ask, why_not_by
from handlers.reminders.why_not import REASONS
from storage import campaigns, forecasts, invitations, people, reminders
from storage.campaigns import Aim
from storage.database import Transaction
from storage.reasons import ORDER
from storage.states import Audience, DeclarationState, ReminderKind, Standing
from storage.tables import campaign, declaration, reminder, role
from tests.campaigning import MONTREAL, PERIOD, act, at, by_hand, declares, id_of, ledger, local, states
from tests.handlers.test_judging import Happens, dies_everywhere, reached_by
from tests.stage import TUESDAY, Stage


def invited(tx: Transaction, count: int = 2) -> None:
    for _ in range(count):
        invitations.make(tx, id_of(tx, "camille"), TUESDAY - timedelta(days=1))


HAPPENS: Mapping[str, tuple[str, Happens]] = {
    "declares": ("declared", lambda tx: declares(tx, "camille")),
    "stops": ("stopped", lambda tx: people.set_reminders(tx, id_of(tx, "camille"), wanted=False)),
    "switches off": (
        "unwanted",
        lambda tx: reminders.choose(tx, id_of(tx, "camille"), ReminderKind.DEADLINES, wanted=False),
    ),
    "is reached nowhere": ("unreachable", dies_everywhere),
    "has had two": ("enough", partial(reached_by, count=2, days_ago=1)),
    "was invited twice": ("enough", invited),
}


@pytest.mark.parametrize(
    "together", [*((one,) for one in HAPPENS), *combinations(HAPPENS, 2)], ids=" and ".join
)
async def test_the_same_reason_whoever_is_asked(sqlite_url: str, together: tuple[str, ...]) -> None:
    first = min((HAPPENS[one][0] for one in together), key=ORDER.index)
    async with Stage(sqlite_url) as stage:
        settings, now = stage.house.settings, stage.clock.now().astimezone(MONTREAL)
        number = await by_hand(stage)
        for one in together:
            await act(stage, HAPPENS[one][1])

        def said(tx: Transaction) -> tuple[set[str], str | None]:
            rules = rules_on(settings, rule_for(Audience.STAFF), now.date() + timedelta(days=1))
            forecast = forecasts.forecast(tx, Aim(Audience.STAFF, PERIOD), rules)
            [camille] = [one for one in [people.by_id(tx, id_of(tx, "camille"))] if one]
            asked = ask(tx, settings, camille, now, now - timedelta(days=9))
            one = campaigns.by_id(tx, number)
            return set(forecast.left_out), why_not_by(asked, one).reason if one else None

        forecast, why = await stage.database.read(said)
        await stage.post.drain()
        judged = [reason for key, _, _, reason in await ledger(stage, "camille") if key == "hand:one"]
        assert (judged, forecast) == ([first], set() if first == "declared" else {first})
        assert why in (first, "waiting") if first in ("declared", "unreachable") else why == first


def test_the_order_is_one() -> None:
    assert tuple(reason for reason, *_ in REASONS if reason in ORDER) == ORDER
    assert [one for one in ORDER if one in (*forecasts.WISHES, *forecasts.HAD)] == [
        *forecasts.WISHES,
        *forecasts.HAD,
    ]


@pytest.mark.parametrize(
    ("happens", "outcome", "reason"),
    [
        (lambda tx: None, "left", None),
        pytest.param(
            lambda tx: tx.execute(update(declaration).values(state=DeclarationState.WITHDRAWN)),
            "skipped",
            "other-standing",
            id="withdrawn meanwhile",
        ),
    ],
)
async def test_thanks_go_to_who_has_declared_and_to_nobody_else(
    sqlite_url: str, happens: Happens, outcome: str, reason: str | None
) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, lambda tx: declares(tx, "camille"))
        await by_hand(stage, standing=Standing.DECLARED)
        await act(stage, happens)
        await stage.post.drain()
        assert [entry[1:] for entry in await ledger(stage)] == [("camille", outcome, reason)]
        assert ("Merci, votre déclaration est reçue" in stage.person("camille", "mail").reads()) is (
            not reason
        )


@pytest.mark.parametrize(
    ("then", "days", "begun"),
    [
        pytest.param((30, 14, 8, 6, 2, 0), 24, {"declare:2026-1:7"}, id="the day after"),
        pytest.param((30, 14, 3, 2, 0), 27, {"declare:2026-1:7", "declare:2026-1:3"}, id="four days after"),
        pytest.param(
            (30, 14, 7, 6, 2, 0), 24, {"declare:2026-1:7", "declare:2026-1:6"}, id="both are wanted"
        ),
    ],
)
async def test_a_plan_that_is_changed_does_not_remind_of_the_same_again(
    sqlite_url: str, then: tuple[int, ...], days: int, begun: set[str]
) -> None:
    async with Stage(sqlite_url, at=local(20)) as stage:
        await at(stage, local(23, 7))
        changed = stage.house.settings.model_copy(update={"remind_before": then})
        stage.clock.at = local(days, 7)
        await begin_and_fill(replace(stage.house, settings=changed), stage.database, local(days, 7))
        found = {key for key in await states(stage) if key.startswith("declare")}
        assert begun <= found
        assert not {"declare:2026-1:6", "declare:2026-1:8"} & (found - begun)


@pytest.mark.parametrize("lost", [True, False])
async def test_what_somebody_has_made_is_called_off_when_they_are_not_in_charge_any_more(
    sqlite_url: str, lost: bool
) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage, school_id=1)
        of_maker = "dominique"
        await act(
            stage,
            lambda tx: tx.execute(update(campaign).values(made_by=id_of(tx, of_maker))),
        )
        if lost:
            await act(
                stage, lambda tx: tx.execute(delete(role).where(role.c.person_id == id_of(tx, of_maker)))
            )
        await at(stage, TUESDAY.astimezone(MONTREAL))
        assert (await states(stage))["hand:one"] == ("cancelled" if lost else "running")
        await stage.post.drain()
        assert {entry[3] for entry in await ledger(stage)} == ({"cancelled"} if lost else {None})
        assert number


async def test_of_many_nobody_is_invited_who_was_or_had_enough_within_a_week(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        await stage.post.drain()

        def may_be(tx: Transaction, most: int) -> tuple[int, ...]:
            wording, since = operators_wording(), TUESDAY - timedelta(days=6)
            return _ids(tx, wording, Guests(everybody=True), since, most)

        free = await stage.database.read(lambda tx: may_be(tx, 2))
        assert free
        await act(stage, lambda tx: invitations.make(tx, free[0], TUESDAY - timedelta(days=5)))
        assert free[0] not in await stage.database.read(lambda tx: may_be(tx, 2))
        reached = select(reminder.c.person_id)
        had = set(await stage.database.read(lambda tx: tx.scalars(reached).all()))
        assert had & set(await stage.database.read(lambda tx: may_be(tx, 1))) == set()
