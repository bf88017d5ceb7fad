"""What sentences tell of a declaration, beside or instead of the answer to its question; titles stay titles."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.reader import asked, draft, standing
from tests.stage import Stage

KIND = ("déclarer",)
NUMBER = (*KIND, "un livre")
TITLE = (*NUMBER, "passer")
AUTHOR = (*TITLE, "Le renard bleu")
PUBLISHER = (*AUTHOR, "passer")
YEAR = (*PUBLISHER, "passer")
TOTAL = (*YEAR, "2019")
PAGES = (*TOTAL, "240")
PUPILS = (*PAGES, "12-45", "papier")
LEVEL = (*PUPILS, "26", "hier")
RECAP = (*LEVEL, "passer")
REST = {"total": "240", "copied": "12-45", "medium": "papier", "pupils": "26", "used": "hier"}


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def said(stage: Stage, so_far: tuple[str, ...], text: str) -> str:
    person = stage.person("camille")
    for one in so_far:
        await person.says(one)
    return await person.says(text)


@pytest.mark.parametrize(
    ("so_far", "text", "noted", "question"),
    [
        (KIND, "non, l'auteur est Odile Roy", ["Auteur : Odile Roy"], "kind"),
        (NUMBER, "le titre c'est La cabane du lac", ["Titre : La cabane du lac"], "isbn"),
        (NUMBER, "non, l'auteur est Odile Roy", ["Auteur : Odile Roy"], "isbn"),
        (
            TITLE,
            "non, l'auteur est Odile Roy et l'éditeur cest Éditions du Pupitre",
            ["Auteur : Odile Roy", "Éditeur : Éditions du Pupitre"],
            "title",
        ),
        (
            AUTHOR,
            "en fait l'ISBN est 978-2-07-061275-8, et l'auteur c'est Odile Tremblay",
            ["ISBN ou ISSN : 9782070612758", "Auteur : Odile Tremblay"],
            "publisher",
        ),
        (YEAR, "non, l'auteur est Odile Roy", ["Auteur : Odile Roy"], "year"),
        (PAGES, "non, l'auteur est Odile Roy", ["Auteur : Odile Roy"], "copied"),
        (
            PUPILS,
            "l'auteur est Odile Roy pis c'est 26 élèves",
            ["Auteur : Odile Roy", "Nombre d’élèves : 26"],
            "used",
        ),
        (
            LEVEL,
            "non, l'auteur est Odile Tremblay et en fait l'ISBN est 9782070612758",
            ["ISBN ou ISSN : 9782070612758", "Auteur : Odile Tremblay"],
            "level",
        ),
        (
            RECAP,
            "non, l'auteur est Odile Roy et c'est 260 pages pis 30 élèves",
            ["Auteur : Odile Roy", "Nombre total de pages : 260", "Nombre d’élèves : 30"],
            "recap",
        ),
        (RECAP, "le titre c'est Le lac, et l'auteur est Roy", ["Titre : Le lac", "Auteur : Roy"], "recap"),
        (
            RECAP,
            "non, 250 pages et 30 élèves",
            ["Nombre total de pages : 250", "Nombre d’élèves : 30"],
            "recap",
        ),
        (RECAP, "non, 260 pages", ["Nombre total de pages : 260"], "recap"),
        (RECAP, "plutôt un manuel", ["Genre : Un manuel ou un cahier scolaire"], "recap"),
        (RECAP, "pas 12-45, 12-40", ["Pages copiées : 12-40"], "recap"),
        (RECAP, "finalement c'était pas 26 c'était 25 élèves", ["Nombre d’élèves : 25"], "recap"),
        (
            RECAP,
            "la date c'était vendredi et le titre c'est Le lac",
            ["Titre : Le lac", "Date d’utilisation : vendredi 13 novembre 2026"],
            "recap",
        ),
    ],
)
async def test_what_is_told_by_its_name_is_taken_and_said_back_once(
    stage: Stage, so_far: tuple[str, ...], text: str, noted: list[str], question: str
) -> None:
    page = await said(stage, so_far, text)
    lines = "\n".join(noted).replace(" :", "\u00a0:")
    assert page.startswith(f"J’ai noté\u00a0:\n{lines}\n\n")
    assert page.count("J’ai noté") == 1
    assert "Je n’ai compris que cela." not in page
    assert asked(page) == question


async def test_it_says_so_where_there_was_more(stage: Stage) -> None:
    page = await said(stage, RECAP, "non, l'auteur est Odile Roy et c'est 12 pages pis 30 élèves")
    assert "Auteur\u00a0: Odile Roy\nNombre d’élèves\u00a0: 30\n\nJe n’ai compris que cela." in page


@pytest.mark.parametrize(
    ("so_far", "text", "field", "kept"),
    [
        (AUTHOR, "c'est Odile Roy", "Auteur", "Odile Roy"),
        (AUTHOR, "l'auteur est Odile Roy", "Auteur", "Odile Roy"),
        (PUBLISHER, "c'est les éditions du Pupitre", "Éditeur", "les éditions du Pupitre"),
        (PUBLISHER, "je pense que c’est Boréal", "Éditeur", "Boréal"),
        (TITLE, "le titre est La cabane du lac", "Titre", "La cabane du lac"),
    ],
)
async def test_a_name_is_kept_without_the_sentence(
    stage: Stage, so_far: tuple[str, ...], text: str, field: str, kept: str
) -> None:
    page = await said(stage, so_far, text)
    while asked(page) != "recap":
        page = await said(stage, (), REST.get(asked(page), "passer"))
    assert draft(page)[field] == kept


@pytest.mark.parametrize(
    "title",
    [
        "Le livre est ouvert",
        "L'auteur est mort",
        "La date est passée",
        "C'est pas moi",
        "Date : une histoire",
        "Le titre et le texte",
        "Je sais pas danser",
        "No idea for a gift",
        "La classe est un cirque",
    ],
)
async def test_a_title_that_is_a_sentence_stays_a_title(stage: Stage, title: str) -> None:
    assert asked(await said(stage, TITLE, title)) == "author"
    assert standing(await said(stage, (), "modifier titre")) == title


@pytest.mark.parametrize(
    ("so_far", "text", "question"),
    [
        (TITLE, "non j'ai pas ça", "title"),
        (TITLE, "je comprends rien", "title"),
        (TITLE, "I don't get it", "title"),
        (AUTHOR, "je sais pu", "publisher"),
        (AUTHOR, "not sure", "publisher"),
        (AUTHOR, "jai oublié l'auteur", "publisher"),
        (PUBLISHER, "I'm not sure who published it", "year"),
        (PUBLISHER, "je sais pu l'éditeur", "year"),
        (PUBLISHER, "no idea what an ISBN is", "publisher"),
        (YEAR, "i forget", "total"),
        (NUMBER, "je comprends rien", "isbn"),
        (LEVEL, "aucune idée", "recap"),
    ],
)
async def test_not_knowing_is_no_answer(
    stage: Stage, so_far: tuple[str, ...], text: str, question: str
) -> None:
    page = await said(stage, so_far, text)
    assert asked(page) == question
    assert text not in page


@pytest.mark.parametrize("so_far", [AUTHOR, PUBLISHER, YEAR, LEVEL])
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Pages : chapitre 2", "Pages copiées\u00a0: «\u00a0chapitre 2\u00a0»."),
        ("Date : la semaine passée", "Date d’utilisation\u00a0: «\u00a0la semaine passée\u00a0»."),
    ],
)
async def test_a_label_whose_value_does_not_read_is_said_at_once(
    stage: Stage, so_far: tuple[str, ...], line: str, told: str
) -> None:
    before = await said(stage, so_far[:-1], so_far[-1])
    page = await said(stage, (), line)
    assert page.startswith(told)
    assert asked(page) == asked(before)


async def test_one_of_a_list_is_told_with_its_choices(stage: Stage) -> None:
    page = await said(stage, PUBLISHER, "Support : les deux")
    assert page.startswith(
        "Support\u00a0: «\u00a0les deux\u00a0». Choisissez-en un seul\u00a0: papier, numérique ou écran."
    )


async def test_lines_that_nobody_asked_for_begin_a_declaration(stage: Stage) -> None:
    page = await said(stage, (), "Genre : livre\nTitre : Le lac\nPages : 12-45\nSupport : les deux")
    assert "Genre\u00a0: Un livre\nTitre\u00a0: Le lac\nPages copiées\u00a0: 12-45" in page
    assert "Support\u00a0: «\u00a0les deux\u00a0»." in page
    assert asked(page) == "isbn"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("déclarer un livre", "isbn"),
        ("Je voudrais déclarer un cahier d’exercices", "isbn"),
        ("déclarer une utilisation", "kind"),
    ],
)
async def test_the_kind_said_with_the_wish_is_not_asked_again(stage: Stage, text: str, question: str) -> None:
    assert asked(await said(stage, (), text)) == question


@pytest.mark.parametrize("text", ["I want to declare a book", "I would like to declare a workbook"])
async def test_the_kind_is_taken_in_english_too(stage: Stage, text: str) -> None:
    assert "What is the ISBN?" in await stage.person("morgan").says(text)
