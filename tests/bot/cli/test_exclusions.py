"""`declic exclusions`: a list is looked at first, then put in place of the old one, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from storage import excluded
from storage.excluded import ExclusionList
from tests.bot.cli.conftest import Organisation

FRENCH = """Liste d’exclusions\n
ISBN;Titre;Éditeur;Catégorie;Année de la liste
978-2-07-061275-8;Le petit voyageur;Les Éditions fictives;Album;2026-2027
2-07-061275-9;Le petit voyageur;Les Éditions fictives;Album;2026

978-2-07-061275-9;Les chiffres faux;Nous;;2026
;;Sans titre;;2026
;Zénith 4 : cahier;Nous;Cahier;bientôt
;Zénith 5 : cahier;Nous;Cahier;
"""
ENGLISH = 'Title,ISBN,Publisher\n"The Blue Fox, again",,Sample Press\n'


def write(folder: Path, text: str, name: str = "liste.csv", encoding: str = "utf-8") -> str:
    (folder / name).write_bytes(text.encode(encoding))
    return name


async def kept(organisation: Organisation) -> dict[int, int]:
    """How many works each list holds."""
    lists: tuple[ExclusionList, ...] = await organisation.write(excluded.lists)
    return {one.year: one.works for one in lists}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
async def test_it_says_first_what_a_list_holds(organisation: Organisation, encoding: str) -> None:
    name = write(organisation.folder, FRENCH, encoding=encoding)
    done = await organisation("exclusions", "import", name, "--year", "2026")
    assert (done.code, done.err) == (0, "")
    for words in (
        "Liste de 2026 : 2 œuvres.",
        "Lignes en double, prises une seule fois : 1.",
        "- ligne 7 : l’ISBN est faux (978-2-07-061275-9)",
        "- ligne 8 : le titre manque",
        "- ligne 9 : l’année de la liste ne se lit pas (bientôt)",
        "relancez la commande avec --yes",
    ):
        assert words in done.out.replace("\N{NO-BREAK SPACE}", " ")
    assert await kept(organisation) == {}


async def test_with_yes_it_takes_the_place_of_that_years_list(organisation: Organisation) -> None:
    older = write(organisation.folder, ENGLISH, "old.csv")
    await organisation("exclusions", "import", older, "--year", "2025", "--yes")
    await organisation("exclusions", "import", older, "--year", "2026", "--yes")
    name = write(organisation.folder, FRENCH)
    done = await organisation("exclusions", "import", name, "--year", "2026", "--yes")
    assert "Liste de 2026 : 2 œuvres (avant : 1)." in done.out.replace("\N{NO-BREAK SPACE}", " ")
    assert await kept(organisation) == {2026: 2, 2025: 1}
    again = await organisation("exclusions", "import", name, "--year", "2026", "--yes")
    assert (again.code, await kept(organisation)) == (0, {2026: 2, 2025: 1})
    shown = await organisation("exclusions", "show")
    first, second = shown.out.replace("\N{NO-BREAK SPACE}", " ").strip().splitlines()
    assert first.startswith("2026 : 2 œuvres, importées le ")
    assert first.endswith("(celle qui compte)")
    assert second.startswith("2025 : 1 œuvre, importée le ")


async def test_a_much_shorter_list_is_asked_about_twice_and_what_is_no_isbn_is_named(
    organisation: Organisation,
) -> None:
    longer = write(organisation.folder, "Titre;ISBN\nUn;\nDeux;\nTrois;à venir\n", "long.csv")
    done = await organisation("exclusions", "import", longer, "--year", "2026", "--yes")
    assert "- ligne 4 : ce n’est pas un ISBN (à venir)" in done.out.replace("\N{NO-BREAK SPACE}", " ")
    words = (
        "exclusions",
        "import",
        write(organisation.folder, "Titre;ISBN\nUn;\n"),
        "--year",
        "2026",
        "--yes",
    )
    asked = await organisation(*words)
    assert "La liste de 2026 passerait de 3 à 1 œuvre." in asked.err
    assert "ajoutez --yes-shorter" in asked.err
    assert await kept(organisation) == {2026: 3}
    assert (await organisation(*words, "--yes-shorter")).code == 0
    assert await kept(organisation) == {2026: 1}


async def test_a_workbook_is_read_too(organisation: Organisation) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in (("Title", "ISBN", "List year"), ("The Blue Fox", 9782070612758, 2026)):
        sheet.append(row)
    book.save(organisation.folder / "list.xlsx")
    await organisation("exclusions", "import", "list.xlsx", "--yes")
    assert await kept(organisation) == {2026: 1}
    found = await organisation.write(lambda tx: excluded.with_isbn(tx, "9782070612758"))
    assert found
    assert found.title == "The Blue Fox"


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Prénom;Nom\nCamille;Roy\n", "gens.csv", "Aucune œuvre à prendre"),
        ("Titre;ISBN\n;\n", "vide.csv", "Aucune œuvre à prendre"),
        ("Titre;ISBN\n;123\n", "faux.csv", "ligne 2 : le titre manque"),
        ("%PDF-1.7", "liste.pdf", "ni un fichier CSV ni un fichier XLSX"),
    ],
)
async def test_what_is_no_list_changes_nothing(
    organisation: Organisation, text: str, name: str, words: str
) -> None:
    write(organisation.folder, ENGLISH, "old.csv")
    await organisation("exclusions", "import", "old.csv", "--year", "2026", "--yes")
    done = await organisation("exclusions", "import", write(organisation.folder, text, name), "--yes")
    assert done.code == 1
    assert words in done.err.replace("\N{NO-BREAK SPACE}", " ")
    assert await kept(organisation) == {2026: 1}


async def test_a_file_that_is_not_there_is_said(organisation: Organisation) -> None:
    done = await organisation("exclusions", "import", "nulle-part.csv")
    assert done.code == 1
    assert "nulle-part.csv ne se lit pas : ce fichier n’existe pas." in done.err.replace(
        "\N{NO-BREAK SPACE}", " "
    )


async def test_without_a_list_it_says_how_to_get_one(organisation: Organisation) -> None:
    assert "declic exclusions import" in (await organisation("exclusions", "show")).out
