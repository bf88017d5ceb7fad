"""August, on the clock: the reminder about the contacts of directions, and every way in which it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.messages import File
from tests.bringing import file_named
from tests.campaigning import act, at, hours, ledger, local
from tests.handlers.test_headcount_reminder import responsible, seen
from tests.letters import Draft
from tests.stage import Player, Stage

FIRST = local(7, 7, 5, month=8)
SECOND = local(21, 7, 5, month=8)
RUISSEAU = "École du Ruisseau fictif : Rita Rive, r.rive@ruisseau.invalid"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url, at=local(3, 12, month=8), hours=hours("07:00-20:00")) as stage:
        yield stage


async def reminded(stage: Stage, channel: str) -> Player:
    """Zoé Roche has had the reminder of the seventh of August."""
    await act(stage, lambda tx: responsible(tx, stage.clock.now(), channel))
    await at(stage, FIRST)
    await stage.post.drain()
    zoe = stage.person("stranger", channel)
    page = zoe.reads()
    assert "Il nous en manque un" in page
    assert "• École du Ruisseau fictif" in page
    return zoe


@pytest.mark.parametrize("channel", ["telegram", "mail"])
async def test_lines_in_a_reply_are_shown_at_once_and_applied(stage: Stage, channel: str) -> None:
    zoe = await reminded(stage, channel)
    text = f"Bonjour,\n\n{RUISSEAU}\n\nMerci!\nZoé Roche"
    page = seen(await (zoe.writes(text) if channel == "mail" else zoe.replies(text)))
    assert "Personnes à ajouter : 1" in page
    assert "Rita Rive, École du Ruisseau fictif" in page
    applied = await (zoe.writes("oui") if channel == "mail" else zoe.presses("Appliquer"))
    assert "la liste du personnel est à jour" in applied
    await at(stage, SECOND)
    await stage.post.drain()
    assert zoe.reads() == ""
    told = [one for one in await ledger(stage, "zoé") if one[0].startswith("contacts")]
    assert told == [("contacts:2026-1:24", "zoé", "left", None)]


async def test_on_a_chat_the_line_need_not_be_a_reply(stage: Stage) -> None:
    zoe = await reminded(stage, "telegram")
    assert "Rita Rive, École du Ruisseau fictif" in await zoe.says(RUISSEAU)


@pytest.mark.parametrize("channel", ["telegram", "mail"])
@pytest.mark.parametrize("text", ["", "Voici la liste."])
async def test_a_file_without_roles_in_a_reply_is_of_directions(
    stage: Stage, channel: str, text: str
) -> None:
    zoe = await reminded(stage, channel)
    file: File = file_named("directions.csv")
    if channel == "mail":
        page = await zoe.writes(text, draft=Draft(files=(file,)))
    else:
        page = await zoe.says(text, file)
    assert "Personnes à ajouter : 2" in seen(page)
    assert "Rita Rive, École du Ruisseau fictif" in page


async def test_a_line_that_cannot_be_used_says_why(stage: Stage) -> None:
    zoe = await reminded(stage, "mail")
    page = seen(await zoe.writes("École des Érables : Anne Érable, anne@erables.invalid"))
    assert "Je n’ai pas pu utiliser cette ligne" in page
    assert "aucune école ne s’appelle" in page or "aucune de vos écoles" in page


async def test_a_new_mail_with_such_a_file_still_lacks_the_roles(stage: Stage) -> None:
    zoe = await reminded(stage, "mail")
    draft = Draft(subject="Liste", files=(file_named("directions.csv"),))
    assert "Rôle" in await zoe.writes("Voici la liste.", draft=draft)
