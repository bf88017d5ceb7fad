"""A picture sent to a human reaches that human as it is; a table is only named, and nothing goes to anybody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.messages import File
from tests.bringing import file_named
from tests.handlers.test_discussing import discussed
from tests.holding import found
from tests.stage import Stage

PHOTO = file_named("floue.jpg")
IPHONE = File("IMG_1.HEIC", "image/heic", b"\0\0\0\x18ftypheic\0")
LOST = replace(PHOTO, content=b"")


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize("words", ["", "Voici ce que je vois."])
@pytest.mark.parametrize("file", [PHOTO, IPHONE], ids=lambda file: file.name)
async def test_a_picture_goes_to_who_talks_with_the_person(stage: Stage, words: str, file: File) -> None:
    camille, operator = await discussed(stage)
    assert await camille.says(words, file) == ""
    told = operator.reads()
    assert operator.page.files == (file,)
    assert words in told
    assert "pas vous montrer" not in told
    assert not [one for one in (stage.person("sophie"), camille) if one.page.files]


@pytest.mark.parametrize("file", [file_named("personnel.csv"), LOST], ids=lambda file: file.name)
async def test_what_is_no_picture_or_could_not_be_had_is_only_named(stage: Stage, file: File) -> None:
    camille, operator = await discussed(stage)
    await camille.says("Voici", file)
    assert f"pas vous montrer\u00a0: {file.name}" in operator.reads()
    assert operator.page.files == ()


async def test_it_is_erased_with_the_person(stage: Stage) -> None:
    camille, operator = await discussed(stage)
    await camille.says("", PHOTO)
    operator.reads()
    await operator.says("Terminer")
    await camille.says("effacer")
    assert "effacées" in await camille.says("oui")
    left = await stage.database.read(lambda tx: found(tx, ["floue.jpg"]))
    assert left == set()
