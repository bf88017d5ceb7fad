"""Real titles that are commands, questions or numbers too: each of them can be entered, and none is lost."""

from __future__ import annotations

import pytest

from tests.reader import asked, standing
from tests.stage import Stage

AS_IS = (
    "Le petit prince",
    "L'étranger",
    "Aide-mémoire",
    "1984",
    "Fahrenheit 451",
    "20 000 lieues sous les mers",
    "Le Retour de Martin Guerre",
    "Changer l'eau des fleurs",
    "Modifier le climat",
    "Human Nature",
    "Bonjour tristesse",
    "Stop aux violences!",
    "Annuler la dette",
    "Passe-partout",
    "2 h 30 avec le diable",
)
ASKED = (
    "Où est Charlie?",
    "Quand la mer monte",
    "Est-ce que les éléphants oublient?",
    "Qui veut la peau de Maori Cannell?",
    "What Do You Do With an Idea?",
    "Comment déclarer la guerre à sa grand-mère",
)
QUOTED = (
    "Retour",
    "Stop",
    "Aide!",
    "Menu",
    "Merci",
    "Bonjour",
    "Reprendre",
    "Quelqu'un",
    "Help",
    "Back",
    "Non",
    "Rien",
)


async def title_asked(stage: Stage) -> None:
    camille = stage.person("camille")
    for text in ("déclarer", "livre"):
        await camille.says(text)
    assert asked(await camille.says("passer")) == "title"


async def recorded(stage: Stage) -> str:
    """The title as the person reads it when she asks to correct it."""
    return standing(await stage.person("camille").says("modifier titre"))


@pytest.mark.parametrize("title", AS_IS)
async def test_a_title_is_taken_as_it_is(title: str, sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await title_asked(stage)
        assert asked(await stage.person("camille").says(title)) == "author"
        assert await recorded(stage) == title


@pytest.mark.parametrize("title", ASKED)
async def test_a_title_that_looks_like_a_question_is_asked_about(title: str, sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await title_asked(stage)
        assert asked(await stage.person("camille").says(title)) == "held"
        assert asked(await stage.person("camille").presses("C'est ma réponse")) == "author"
        assert await recorded(stage) == title


@pytest.mark.parametrize("title", QUOTED)
@pytest.mark.parametrize("marks", ["«\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}»", '"{}"', "“{}”"])
async def test_a_title_that_is_a_command_is_taken_in_quotation_marks(
    title: str, marks: str, sqlite_url: str
) -> None:
    async with Stage(sqlite_url) as stage:
        await title_asked(stage)
        assert asked(await stage.person("camille").says(title)) != "author"
        await stage.person("camille").says("annuler")
        await title_asked(stage)
        assert asked(await stage.person("camille").says(marks.format(title))) == "author"
        assert title in await recorded(stage)


async def test_a_question_in_quotation_marks_is_not_asked_about(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await title_asked(stage)
        assert asked(await stage.person("camille").says("« Où est Charlie? »")) == "author"
