"""A list that waits is applied or dropped by whatever says yes or no, and by nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.tables import roster_file
from tests.bringing import file_named
from tests.stage import Stage

LIST = file_named("equipe.csv")
ASKED_TWICE, DROPPED, WAITS = "C’est beaucoup", "j’ai oublié cette liste", "Votre liste attend toujours"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ouais vas-y", ASKED_TWICE),
        ("cest beau", ASKED_TWICE),
        ("ça lair correct", ASKED_TWICE),
        ("parfait, vas-y", ASKED_TWICE),
        ("Oui parfait, merci", ASKED_TWICE),
        ("appliquer tout", ASKED_TWICE),
        ("sounds good", ASKED_TWICE),
        ("ok go", ASKED_TWICE),
        ("👍", ASKED_TWICE),
        ("non laisse faire", DROPPED),
        ("never mind, thanks", DROPPED),
        ("super", WAITS),
        ("à demain", WAITS),
        ("c’est quoi un ISBN?", WAITS),
        ("line 3?", WAITS),
    ],
)
async def test_words_about_a_list_that_waits(sqlite_url: str, words: str, said: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.says("", LIST)
        assert said in await direction.says(words)
        lines = await stage.database.read(lambda tx: tx.execute(select(roster_file.c.lines)).scalar_one())
        assert bool(lines) == (said != DROPPED)


@pytest.mark.parametrize(
    "words", ["oui sauf la ligne 3", "oui mais pas Camille", "ok mais pourquoi Camille?"]
)
async def test_what_is_no_plain_yes_changes_nothing(sqlite_url: str, words: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.says("", LIST)
        said = await direction.says(words)
        assert DROPPED not in said
        assert "C’est fait" not in said
