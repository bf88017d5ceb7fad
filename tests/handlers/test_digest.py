"""Once a week the operators get what could not be answered, the most frequent first, and can teach it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import Means, Schedule
from bot.turn import House
from faq.edition import Reading
from storage import lessons
from tests.editions import follow, found, given
from tests.stage import Stage, furnished

MONDAY = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("America/Toronto"))
NEAR = found("unknown", "declare-how", "copy-limits")
ASKED = {
    "où ranger les craies?": ("camille", "lou", "direction"),
    "qui arrose les plantes du corridor?": ("camille", "lou"),
    "le gymnase est-il libre jeudi?": ("camille",),
    "combien de chaises au sous-sol?": ("lou",),
    "quel menu à la cantine demain?": ("parent",),
    "peut-on peindre le mur en bleu?": ("parent",),
}


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url, house=without_reminders()) as stage:
        follow(stage, dict.fromkeys(ASKED, NEAR))
        yield stage


def without_reminders() -> House:
    """One of which nothing comes on these days but the digest."""
    house = furnished()
    return replace(house, settings=house.settings.model_copy(update={"reminders": False}))


async def everybody_asks(stage: Stage) -> None:
    for question, names in ASKED.items():
        for name in names:
            await stage.person(name).says(question)


async def digest(stage: Stage, script: Mapping[str, Reading] | None = None, at: datetime = MONDAY) -> str:
    """What the operator reads when a process wakes then, in its first life."""
    stage.clock.at = at
    means = Means(stage.house, stage.database, given(script or {}))
    await Schedule(means, stage.clock).wake()
    await stage.post.drain()
    return stage.person("operator").reads().replace("\u00a0", " ")


async def test_what_most_people_asked_comes_first_and_the_rest_is_counted(stage: Stage) -> None:
    await everybody_asks(stage)
    page = await digest(stage)
    assert page.startswith("📝 Deux questions auxquelles je n’ai pas su répondre la semaine dernière")
    lines = [line for line in page.splitlines() if line[:2] in {f"{number}." for number in range(1, 7)}]
    assert lines == [
        "1. « où ranger les craies? » (3 personnes)",
        "2. « qui arrose les plantes du corridor? » (2 personnes)",
    ]
    assert page.count("Le plus près : Comment déclarer une copie") == 2
    assert "et 4 autres questions, posées une seule fois" in page
    assert "gymnase" not in page
    assert "[Question 2]" in page


async def test_what_nobody_else_asked_is_shown_once_it_is_handed_to_the_team(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("le gymnase est-il libre jeudi?")
    assert await digest(stage) == ""
    await camille.presses("Transmettre ma question à l’équipe")
    operator.reads()
    assert "1. « le gymnase est-il libre jeudi? »" in await digest(stage, at=MONDAY)


async def test_what_the_team_has_answered_is_left_out(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("le gymnase est-il libre jeudi?")
    await camille.presses("Transmettre ma question à l’équipe")
    await stage.person("operator").replies("Oui, jeudi.")
    assert await digest(stage) == ""


async def test_neither_the_letter_nor_the_study_tells_who_asked(stage: Stage) -> None:
    question = "Je m'appelle Camille Essai, des Tilleuls: où ranger les craies?"
    follow(stage, {question: NEAR})
    for name in ("lou", "camille"):
        await stage.person(name).says(question)
    operator = stage.person("operator")
    pages = [await digest(stage), await operator.presses("Question 1")]
    pages.append(await operator.presses("Une autre réponse…"))
    for page in pages:
        assert "Je m'appelle •••, des •••: où ranger les craies?" in page


async def test_the_nearest_is_not_what_did_not_help(stage: Stage) -> None:
    answers = {"où?": found("answer", "declare-how", "copy-limits")}
    follow(stage, answers)
    for name in ("camille", "lou"):
        await stage.person(name).says("où?")
        await stage.person(name).presses("👎 Pas utile")
    assert "Le plus près : Combien peut-on copier?" in await digest(stage, answers)


async def test_one_letter_a_week_however_often_somebody_wakes(stage: Stage) -> None:
    await everybody_asks(stage)
    assert await digest(stage, at=MONDAY - timedelta(minutes=1)) == ""
    assert await digest(stage, at=MONDAY + timedelta(days=2))
    assert await digest(stage, at=MONDAY + timedelta(days=2)) == ""
    assert await digest(stage, at=MONDAY + timedelta(days=7)) == ""


async def test_a_week_without_such_questions_has_no_letter(stage: Stage) -> None:
    assert await digest(stage) == ""


async def test_what_is_known_by_now_is_left_out(stage: Stage) -> None:
    await everybody_asks(stage)
    known = dict.fromkeys(list(ASKED)[:1], found("answer", "declare-how"))
    page = await digest(stage, known)
    assert page.startswith("📝 Une question à laquelle je n’ai pas su répondre")
    assert "arrose les plantes" in page


async def test_an_answer_that_did_not_help_is_no_answer(stage: Stage) -> None:
    answers = {"où?": found("answer", "declare-how")}
    follow(stage, answers)
    both = (stage.person("camille"), stage.person("lou"))
    for one in both:
        await one.says("où?")
    assert await digest(stage, answers, at=MONDAY) == ""
    for one in both:
        await one.presses("👎 Pas utile")
    assert "« où? »" in await digest(stage, answers, at=MONDAY)


async def test_a_question_of_the_digest_is_studied_and_taught(stage: Stage) -> None:
    await everybody_asks(stage)
    await digest(stage)
    operator = stage.person("operator")
    page = await operator.presses("Question 1")
    assert "où ranger les craies?" in page
    assert "personne ne recevra de message" in page
    assert "Dorénavant" in await operator.presses("Comment déclarer une copie")
    kept = await stage.database.read(lessons.in_force)
    assert [(one.text, one.entry) for one in kept] == [("où ranger les craies?", "declare-how")]
    assert stage.person("camille").reads().count("Vous demandiez") == 0
