"""`declic campaigns`: how far each is, its brakes, and what the plan will send."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from handlers.reminders.beginning import fill
from storage import campaigns, roster
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.people import Place
from storage.roster import School
from storage.states import Audience, Role, Sector
from tests.bot.cli.conftest import Organisation


def many(tx: Transaction) -> None:
    """A third school, so large that nothing has to be hidden of all together."""
    larger = roster.add_school(tx, School("École des Pins fictifs", Sector.PUBLIC, 1))
    for number in range(20):
        roster.add_person(tx, f"Personne {number}", "fr", (Place(Role.TEACHER, larger),), datetime.now(UTC))


def begun(tx: Transaction, *, among_many: bool = True) -> None:
    """One campaign of the plan for staff, its letters waiting, and one by hand that is not filled yet."""
    now = datetime.now(UTC)
    aim = Aim(Audience.STAFF, "2026-1")
    until = now + timedelta(days=3)
    campaigns.begin(tx, NewCampaign("declare:2026-1:7", "declare", aim, now.date(), until, 7), now)
    while fill(tx, now):
        pass
    by_hand = Aim(Audience.IN_CHARGE, "2026-1", school_id=1)
    campaigns.begin(
        tx, NewCampaign("hand:x", "hand", by_hand, now.date(), until, note="Secret.", made_by=4), now
    )
    if among_many:
        many(tx)


async def test_campaigns_are_listed_with_how_far_they_are_and_no_words_of_anybodys(
    organisation: Organisation,
) -> None:
    await organisation.write(begun)
    told, as_json = await organisation("campaigns"), await organisation("campaigns", "list", "--json")
    first, _, second, counts = [line.strip() for line in told.out.splitlines()]
    assert first.startswith(
        "n° 2 Responsables des écoles où des personnes manquent, École des Tilleuls fictifs"
    )
    assert second.startswith(
        "n° 1 Personnes qui n’ont rien envoyé, ou seulement un brouillon, toutes les écoles"
    )
    assert "░░░░░ 0 %" in counts.replace("\N{NO-BREAK SPACE}", " ")
    assert "Secret" not in told.out + as_json.out
    assert [(one["number"], one["state"], one["waiting"]) for one in json.loads(as_json.out)] == [
        (2, "filling", None),  # of a small school
        (1, "running", 3),
    ]


async def test_of_a_small_group_no_number_is_told(organisation: Organisation) -> None:
    """Three people in all: neither how many campaigns reach, nor how many the plan would."""
    await organisation.write(partial(begun, among_many=False))
    pages = [
        (await organisation("campaigns", *words)).out
        for words in ((), ("show", "1"), ("pause", "1"), ("plan", "--days", "366"))
    ]
    assert all("à l’école" in page for page in pages)
    assert not any(word in page for page in pages for word in ("artis", "attente", "%", "nulle part"))
    asked = await organisation("campaigns", "cancel", "1")
    assert "attente" not in asked.err
    assert "partiraient" not in asked.err
    [_, first] = json.loads((await organisation("campaigns", "list", "--json")).out)
    assert (first["state"], first["waiting"], first["skipped"]) == ("paused", None, None)
    planned = json.loads((await organisation("campaigns", "plan", "--days", "366", "--json")).out)
    assert {(one["count"], one["by_channel"], one["left_out"]) for one in planned} == {(None, None, None)}


@pytest.mark.parametrize(
    ("commands", "code", "says"),
    [
        pytest.param([("show", "1")], 0, "En attente : 3", id="one"),
        pytest.param([("pause", "1")], 0, "C’est en pause", id="paused"),
        pytest.param([("pause", "1"), ("pause", "1")], 1, "déjà en pause", id="twice"),
        pytest.param([("resume", "1")], 1, "déjà en cours", id="never paused"),
        pytest.param([("resume", "2")], 1, "la campagne se prépare déjà", id="never begun to leave"),
        pytest.param([("pause", "1"), ("resume", "1")], 0, "C’est reparti", id="resumed"),
        pytest.param([("cancel", "1")], 1, "Annuler la campagne n° 1?", id="not without asking"),
        pytest.param([("cancel", "1", "--yes")], 0, "La campagne est annulée", id="cancelled"),
        pytest.param([("cancel", "1", "--yes"), ("resume", "1")], 1, "déjà annulée", id="for good"),
        pytest.param([("pause", "99")], 1, "Aucune campagne ne porte le n° 99", id="none"),
        pytest.param(
            [("cancel", "99", "--yes")], 1, "Aucune campagne ne porte le n° 99", id="none to cancel"
        ),
    ],
)
async def test_the_brakes(
    organisation: Organisation, commands: list[tuple[str, ...]], code: int, says: str
) -> None:
    await organisation.write(begun)
    *before, last = commands
    for words in before:
        await organisation("campaigns", *words)
    told = await organisation("campaigns", *last)
    assert (told.code, says in (told.out + told.err).replace("\N{NO-BREAK SPACE}", " ")) == (code, True)


async def test_the_plan_is_told_with_how_many_people_as_of_now(organisation: Organisation) -> None:
    """Each of these days has been planned by somebody; whoever would be reached is counted."""
    await organisation.write(many)
    told = await organisation("campaigns", "plan", "--days", "366", "--json")
    planned = json.loads(told.out)
    today = datetime.now(UTC).date()
    assert [one["day"] for one in planned] == sorted(one["day"] for one in planned)
    assert all(date.fromisoformat(one["day"]) - today <= timedelta(days=366) for one in planned)
    assert {(one["rule"], one["count"]) for one in planned} >= {
        ("declare", 3),
        ("follow-up", 1),
        ("relay", 0),
    }
    assert {one["state"] for one in planned} == {None}


async def test_what_has_begun_says_how_it_stands(organisation: Organisation) -> None:
    first = json.loads((await organisation("campaigns", "plan", "--days", "366", "--json")).out)[0]
    await organisation.write(partial(_begins, first))
    told = await organisation.having(language="en")("campaigns", "plan", "--days", "366")
    assert "no. 1, being prepared" in told.out.splitlines()[0]


def _begins(one: dict[str, object], tx: Transaction) -> None:
    now = datetime.now(UTC)
    key = f"{one['rule']}:{one['period']}:{one['offset']}"
    aim = Aim(Audience(str(one["whom"])), str(one["period"]))
    campaigns.begin(tx, NewCampaign(key, str(one["rule"]), aim, now.date(), now, 7), now)


async def test_a_plan_that_is_not_followed_says_so(organisation: Organisation) -> None:
    told = await organisation.having(reminders="false")("campaigns", "plan", "--days", "0")
    assert "Le plan n’est pas suivi" in told.out
