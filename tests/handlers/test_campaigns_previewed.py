"""What the preview of a campaign made by hand shows: in one's own school who would get it, and every text."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage import people, roster
from storage.database import Transaction
from storage.people import Place
from storage.states import Role
from tests.campaigning import act, id_of
from tests.stage import TUESDAY, Stage

TO_OWN_SCHOOL = "!campaign:missing-school-1.2026-1"
TEXTS = "Les textes du brouillon et en anglais"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


def more(tx: Transaction, count: int) -> None:
    """So many more teachers in the first school, and one who wants no reminders."""
    for number in range(count + 1):
        name = f"Élise {number:02}"
        person_id = roster.add_person(tx, name, "fr", (Place(Role.TEACHER, 1),), TUESDAY)
        people.link(tx, person_id, "mail", f"p{number}@exemple.invalid", TUESDAY)
    people.set_reminders(tx, id_of(tx, f"Élise {count:02}"), wanted=False)


@pytest.mark.parametrize(
    ("count", "ends"),
    [
        (0, "Camille Essai, Morgan Sample\n"),
        (10, "Élise 08, Élise 09, Morgan Sample\n"),
        (11, "Élise 09, Élise 10 et 1 autre\n"),
        (15, "Élise 09, Élise 10 et 5 autres\n"),
    ],
)
async def test_in_ones_own_school_those_who_would_get_it_are_named(
    stage: Stage, count: int, ends: str
) -> None:
    await act(stage, lambda tx: more(tx, count))
    page = await stage.person("direction").presses_old(TO_OWN_SCHOOL)
    assert "\nCamille Essai, " in page
    assert ends in page
    assert f"Élise {count:02}" not in page


async def test_elsewhere_nobody_is(stage: Stage) -> None:
    await act(stage, lambda tx: more(tx, 20))
    page = await stage.person("operator").presses_old("!campaign:missing-all.2026-1")
    assert "Recevraient le rappel" in page
    assert "Camille" not in page
    assert "Élise" not in page


async def test_the_other_texts_are_shown_with_the_same_words(stage: Stage) -> None:
    direction = stage.person("direction")
    await direction.presses_old(TO_OWN_SCHOOL)
    await direction.presses("Ajouter un mot")
    await direction.says("Venez me voir jeudi.")
    page = await direction.presses(TEXTS)
    in_order = ("À qui a un brouillon, en français", "Votre brouillon n’est pas envoyé", "Le même message, en anglais",
                "13 days left", "À qui a un brouillon, en anglais", "Your draft has not been sent")  # fmt: skip
    places = [page.find(one) for one in in_order]
    assert -1 not in places
    assert places == sorted(places)
    assert page.count("Venez me voir jeudi.") >= len(in_order) // 2
    assert "La campagne n° 1 est prête" in await direction.says("oui")


async def test_they_go_with_the_preview(stage: Stage) -> None:
    direction = stage.person("direction")
    await direction.presses_old(TO_OWN_SCHOOL)
    press = next(one.press for one in direction.page.buttons if one.label == TEXTS)
    await direction.presses("Ne rien envoyer")
    assert "n’est plus valable" in await direction.presses_old(press)
