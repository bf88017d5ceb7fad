"""The title that a sentence tells after its pages; in doubt none."""

from __future__ import annotations

import pytest

from handlers.declarations.titled import Titled, titled


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("j’ai copié les pages 12 à 20 de La cabane du lac pour 28 élèves hier", Titled("La cabane du lac")),
        (
            "j’ai copié 12 pages de Matilda de Roald Dahl pour mes 24 élèves lundi passé",
            Titled("Matilda", "Roald Dahl"),
        ),
        (
            "I copied pages 12 to 20 of The Boy on the Hill by Odile Roy for 28 students yesterday",
            Titled("The Boy on the Hill", "Odile Roy"),
        ),
        ("les pages 3 à 5 du roman Matilda, 28 élèves", Titled("Matilda")),
        ("pages 3-5 de « Le journal d’Anne Frank » hier", Titled("Le journal d’Anne Frank")),
        (
            "12 pages de Harry Potter à l’école des sorciers pour 24 élèves",
            Titled("Harry Potter à l’école des sorciers"),
        ),
        ("pages 40 à 42 de La cabane du lac, ISBN 978-2-07-061275-8", Titled("La cabane du lac")),
        ("pages 3 à 5 de Le journal d’Anne Frank pour 20 élèves", None),
        ("pages 3 à 5 du Journal d’Anne Frank pour 20 élèves", None),
        ("pages 3 à 5 de Mme Tremblay pour 28 élèves", None),
        ("pages 3 à 5 de Pierre, Jean et Jacques pour 28 élèves", None),
        ("les pages 12 et 13 de Matilda que j’aime", None),
        ("12 pages d’un roman de Roald Dahl hier", None),
        ("les pages 12 et 13 exercices pour mes élèves", None),
        ("pages 3 à 5 de Matilda et pages 8 à 9 de Germinal", None),
    ],
)
def test_a_title_is_told_after_its_pages(text: str, told: Titled | None) -> None:
    assert titled(text) == told
