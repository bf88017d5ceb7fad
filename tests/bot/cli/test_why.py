"""`declic why`: what reached somebody and how that ended, what did not and why, and what is planned."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from handlers.declarations.periods import period_of
from storage import campaigns, people, reminders
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.declarations import say_nothing
from storage.reminders import Entry
from storage.states import Audience, ReminderOutcome, Standing
from tests.bot.cli.conftest import Organisation
from tests.campaigning import id_of

NOW = datetime.now(UTC)
PERIOD = period_of(NOW.date()).key


def begun(
    tx: Transaction,
    rule: str,
    days_ago: int,
    audience: Audience = Audience.STAFF,
    school_id: int | None = None,
) -> int:
    """A campaign of so many days ago."""
    at = NOW - timedelta(days=days_ago)
    until = at + timedelta(days=4)
    new = NewCampaign(f"{rule}:{days_ago}", rule, Aim(audience, PERIOD, school_id), at.date(), until, 14)
    made = campaigns.begin(tx, new, at)
    assert made
    return made


def happens(tx: Transaction) -> None:
    camille, lou = id_of(tx, "camille"), id_of(tx, "lou")
    first, second = begun(tx, "declare", 25), begun(tx, "declare", 12)
    begun(tx, "digest", 12, Audience.IN_CHARGE)
    begun(tx, "hand", 10, school_id=2)
    at = NOW - timedelta(days=25)
    left = Entry(first, camille, ReminderOutcome.LEFT, at, Standing.NOTHING, channel="mail", letter_id=99)
    done = Entry(second, camille, ReminderOutcome.SKIPPED, at, Standing.DECLARED, "declared")
    merged = Entry(first, lou, ReminderOutcome.MERGED, at)
    reminders.note(tx, [left, done, merged])
    say_nothing(tx, lou, PERIOD, NOW - timedelta(days=20))
    tx.exec_driver_sql("UPDATE person SET created_at = '2026-01-01 00:00:00'")
    tx.exec_driver_sql("UPDATE address SET linked_at = '2026-01-01 00:00:00'")


@pytest.fixture
async def reminding(organisation: Organisation) -> Organisation:
    await organisation.write(happens)
    return organisation


async def lines_of(command: Organisation, *words: str) -> list[str]:
    done = await command("why", *words)
    assert (done.code, done.err) == (0, "")
    return [line.strip() for line in done.out.splitlines() if line.startswith(("  ", "Pour "))]


async def test_what_came_and_what_did_not_stand_newest_first(reminding: Organisation) -> None:
    told = (await reminding("why", "Camille Essai")).out
    assert re.findall(r", campagne (\d)", told) == ["4", "2", "1"]


@pytest.mark.parametrize(
    ("who", "campaign", "says"),
    [
        ("Camille Essai", 1, "Parti par courriel"),
        ("Camille Essai", 1, "À ce moment : rien n’était déclaré"),
        ("Camille Essai", 2, "Pas envoyé : une déclaration était déjà envoyée (noté le "),
        (
            "Camille Essai",
            3,
            "Pas envoyé : la campagne n’est pour aucun de ses rôles (c’est vrai aujourd’hui)",
        ),
        ("Camille Essai", 4, "Pas envoyé : la campagne est pour une autre école"),
        ("Lou Ailleurs", 1, "Pas envoyé : un autre rappel du même jour était plus près de son échéance"),
        ("Lou Ailleurs", 2, "Pas envoyé : « rien à déclarer » était déjà dit, depuis le "),
    ],
)
async def test_one_campaign(reminding: Organisation, who: str, campaign: int, says: str) -> None:
    told = await lines_of(reminding, who, "--campaign", str(campaign))
    assert any(line.startswith(says) for line in told), told


async def test_campaigns_for_others_are_only_counted(reminding: Organisation) -> None:
    told = await lines_of(reminding, "Camille Essai")
    assert any("1 campagne depuis le " in line for line in told)


async def test_in_english(reminding: Organisation) -> None:
    told = await reminding.having(language="en")("why", "Lou Ailleurs", "--campaign", "2")
    assert "Not sent: “nothing to declare” had been said already, since " in told.out


async def test_what_the_plan_holds_next_and_what_stands_in_its_way(reminding: Organisation) -> None:
    assert "Partirait " in (await reminding("why", "Camille Essai")).out
    await reminding.write(lambda tx: people.set_reminders(tx, id_of(tx, "camille"), wanted=False))
    told = (await reminding("why", "Camille Essai")).out
    assert "Ne partirait pas : cette personne ne veut aucun rappel" in told


async def test_somebody_without_any_role_is_told_nothing_of(reminding: Organisation) -> None:
    told = (await reminding("why", "Alex Parent")).out
    assert "Pour d’autres rôles que les siens" in told
    assert "prochaine" not in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Personne Du-Tout",), "Je ne connais personne"),
        (("Camille Essai", "--campaign", "77"), "77"),
    ],
)
async def test_what_is_not_there_is_said(reminding: Organisation, words: tuple[str, ...], says: str) -> None:
    done = await reminding("why", *words)
    assert (done.code, done.out) == (1, "")
    assert says in done.err
