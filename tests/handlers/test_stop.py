"""STOP and ARRÊT below a reminder: they end it at once, also for somebody in the middle of a declaration."""

from __future__ import annotations

import pytest

from storage import talks
from storage.people import wants_reminders
from tests.campaigning import at, id_of, local
from tests.letters import Draft
from tests.stage import NEW, Player, Stage

STOPPED = "vous ne recevrez plus de rappels. Les échéances restent les mêmes"
KEPT = "Ce que vous aviez commencé est gardé"
WHICH = "Que voulez-vous arrêter?"


async def with_a_draft(stage: Stage, name: str, channel: str) -> Player:
    """Has begun a declaration on the first of their channels, and is reminded of it on this one."""
    begins = stage.person(name)
    for text in ("déclarer", "1", "passer", "Le renard bleu"):
        await begins.says(text)
    await at(stage, local(23, 8))
    await stage.post.drain()
    reminded = stage.person(name, channel)
    assert "Votre brouillon n’est pas envoyé" in reminded.reads()
    return reminded


async def standing(stage: Stage, name: str) -> tuple[bool, bool]:
    """Whether somebody still wants reminders, and whether their draft is there."""
    return await stage.database.read(
        lambda tx: (
            wants_reminders(tx, id_of(tx, name)),
            talks.unfinished(tx, id_of(tx, name), "declare") is not None,
        )
    )


@pytest.mark.parametrize(
    ("words", "replies"), [("STOP", True), ("STOP", False), ("ARRÊT", False), ("me désabonner", False)]
)
async def test_on_a_chat(sqlite_url: str, words: str, replies: bool) -> None:
    async with Stage(sqlite_url) as stage:
        lou = await with_a_draft(stage, "lou", "telegram")
        page = await (lou.replies(words) if replies else lou.says(words))
        assert STOPPED in page
        assert KEPT in page
        assert await standing(stage, "lou") == (False, True)
        assert "Je reprends" in await lou.says("reprendre")


@pytest.mark.parametrize("draft", [NEW, Draft(subject="STOP")], ids=["reply", "new mail"])
async def test_by_mail(sqlite_url: str, draft: Draft) -> None:
    async with Stage(sqlite_url) as stage:
        camille = await with_a_draft(stage, "camille", "mail")
        assert STOPPED in await camille.writes("STOP\n\nCamille Essai\n", draft=draft)
        assert await standing(stage, "camille") == (False, True)


async def test_on_the_channel_of_the_draft_where_the_reminder_came_by_mail(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await with_a_draft(stage, "camille", "mail")
        assert STOPPED in await stage.person("camille").says("ARRÊT")
        assert await standing(stage, "camille") == (False, True)


async def test_its_button(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        lou = await with_a_draft(stage, "lou", "telegram")
        assert KEPT in await lou.presses("Ne plus recevoir de rappels")
        assert await standing(stage, "lou") == (False, True)


async def test_what_is_then_typed_is_not_an_answer_to_the_draft(sqlite_url: str) -> None:
    """The "1" is the button below the word that the reminders have ended."""
    async with Stage(sqlite_url) as stage:
        lou = await with_a_draft(stage, "lou", "telegram")
        await lou.says("STOP")
        assert "vous recevrez de nouveau les rappels" in await lou.says("1")
        assert await standing(stage, "lou") == (True, True)


async def test_once_the_draft_is_gone_on_with_it_is_asked_what_is_meant(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        lou = await with_a_draft(stage, "lou", "telegram")
        await lou.presses("Reprendre le brouillon")
        assert WHICH in await lou.says("STOP")
        assert await standing(stage, "lou") == (True, True)


async def test_nothing_comes_any_more(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        lou = await with_a_draft(stage, "lou", "telegram")
        await lou.says("ARRÊT")
        for day in (27, 30):
            await at(stage, local(day, 8))
            await stage.post.drain()
            assert lou.reads() == ""
