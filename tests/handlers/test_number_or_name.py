"""Where the number of a book is asked for people give its name: that is taken as the title, and the number skipped."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.question import Answer, Unreadable
from handlers.declarations.number_or_name import a_number_or
from tests.stage import TUESDAY, Stage

NAME = "title"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Le renard bleu", NAME),
        ("« Le renard bleu »", NAME),
        ("Bonheur d’occasion", NAME),
        ("1984", None),
        ("le renard bleu", None),
        ("Je ne le trouve pas", None),
        ("Où est l’ISBN?", None),
        ("ISBN inconnu", None),
        ("978-2-07-061275-0", None),
    ],
)
def test_only_what_reads_like_a_name_is_one(text: str, instead: str | None) -> None:
    with pytest.raises(Unreadable) as refused:
        a_number_or(NAME).read(Answer(text, TUESDAY))
    assert refused.value.data.get("instead") == instead


async def test_a_number_that_was_skipped_is_given_later(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await camille.says("un livre")
    skipped = await camille.says("Le renard bleu")
    assert "Titre\N{NO-BREAK SPACE}: Le renard bleu" in skipped
    assert "Étape 4" in skipped
    assert "Quel est l’ISBN?" in await camille.says("modifier ISBN")
    assert "Étape 4" in await camille.says("9782070612758")
    for words in ("passer", "passer", "passer", "100", "1-10", "papier", "24", "hier"):
        await camille.says(words)
    recap = (await camille.says("passer")).replace("\N{NO-BREAK SPACE}", " ")
    assert "Titre : Le renard bleu" in recap
    assert "ISBN ou ISSN : 9782070612758" in recap
