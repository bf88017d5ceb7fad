"""Lists of people as spreadsheets hold them: which column is which, and what counts as a line."""

from __future__ import annotations

import pytest

from handlers.roster.checking import mail_of
from handlers.roster.contacts import lines_of
from handlers.roster.lines import Column, Line, sheet_of
from storage.states import Role
from tests.rosters import lines, words

HEADINGS = {
    Column.CENTRE: "Centre de services | CSS | SERVICE CENTRE | school board",
    Column.SCHOOL: "École | ecole | ÉCOLE : | Nom de l’école | nom de l'ecole | Établissement | School name | School",
    Column.SECTOR: "Secteur | Réseau | Sector | public ou privé",
    Column.PARTICIPATING: "Participe | Participation | Taking part | participating",
    Column.HEADCOUNT: "Effectif | Effectifs | Head count | Headcount | Nombre d’enseignants",
    Column.PHONE: "Téléphone | Téléphone du secrétariat | Tél. | Phone | Office phone",
    Column.LAST: "Nom | NOM * | Nom de famille | Last name | Surname",
    Column.FIRST: "Prénom | Prenom | Prénom(s) | First name | Given name",
    Column.NAME: "Nom complet | Nom et prénom | Nom, prénom | Name | Full name",
    Column.MAIL: "Courriel | Adresse courriel | COURRIEL (professionnel) | E-mail | Email | e-mail address",
    Column.ROLE: "Rôle | Fonction | Poste | Role | Job title",
    Column.LANGUAGE: "Langue | Langue de correspondance | Language",
}
ROLES = {
    Role.TEACHER: "Enseignement | enseignante | enseignant(e) | enseignant.e | Enseignant·e | prof | titulaire"
    " | enseignante / enseignant | Teacher",
    Role.SPECIALIST: "Orthopédagogue | bibliothécaire | psychologue | specialist | librarian",
    Role.PROFESSIONAL: "professionnelle | Professionnel(le) | conseillère pédagogique | professional",
    Role.SCHOOL_ADMIN: "Direction | directrice | Directeur adjoint | responsable d’école | Principal | vice-principal",
    Role.SECRETARY: "Secrétaire | secrétariat | Secretary",
    Role.CSS_ADMIN: "Responsable CSS | responsable du centre de services | service centre",
    Role.OPERATOR: "équipe de soutien | operator",
}


def each(texts: str) -> list[str]:
    return texts.split(" | ")


@pytest.mark.parametrize(("column", "headings"), HEADINGS.items())
def test_a_heading_is_known_in_both_languages_however_it_is_written(column: Column, headings: str) -> None:
    found = {
        text: sheet_of([(text, "xyz", "Langue" if column is Column.MAIL else "Courriel")], words())
        for text in each(headings)
    }
    assert [text for text, sheet in found.items() if column not in sheet.columns] == []


@pytest.mark.parametrize(("role", "texts"), ROLES.items())
def test_a_role_is_known_in_both_languages(role: Role, texts: str) -> None:
    assert {text: words().role(text) for text in each(texts)} == dict.fromkeys(each(texts), role)


TITLES = {
    "titulaire 3e": Role.TEACHER,
    "ens. de musique": Role.TEACHER,
    "Enseignante de français": Role.TEACHER,
    "prof d’anglais": Role.TEACHER,
    "English teacher": Role.TEACHER,
    "Enseignante spécialiste en musique": Role.SPECIALIST,
    "agente de bureau classe 1": Role.SECRETARY,
    "responsable de l’entretien": None,
    "soutien informatique": None,
    "direction régionale": None,
    "teacher’s assistant": None,
}


@pytest.mark.parametrize(("text", "role"), TITLES.items())
def test_a_title_is_read_but_nobody_gets_a_say_by_one(text: str, role: Role | None) -> None:
    assert words().role(text) is role


@pytest.mark.parametrize("text", ["", "concierge", "parent", "enseignante / secrétaire", "élève"])
def test_what_is_no_role_is_none(text: str) -> None:
    assert words().role(text) is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Courriel;Nom;Prénom\na@b.ca;Roy;Dominique", Line(2, mail="a@b.ca", name="Dominique Roy")),
        ("First name;E-mail;Name\nDominique;a@b.ca;Roy", Line(2, mail="a@b.ca", name="Dominique Roy")),
        ("Nom;Courriel\nDominique Roy;a@b.ca", Line(2, mail="a@b.ca", name="Dominique Roy")),
        ("Personnel 2026;\n;\nNom;Courriel\n;\nRoy;a@b.ca", Line(5, mail="a@b.ca", name="Roy")),
        ("Nom;Courriel\nTotal;1\nNom;Courriel\nRoy;a@b.ca", Line(4, mail="a@b.ca", name="Roy")),
        ("Nom;Courriel;Fiche\nRoy 1234567;a@b.ca;1234567", Line(2, mail="a@b.ca", name="Roy [numéro]")),
    ],
)
def test_lines_are_found_below_the_headings(written: str, found: Line) -> None:
    (line,) = lines(written)
    assert (line.number, line.mail) == (found.number, found.mail)
    assert line.name.split()[0] == found.name.split()[0]
    assert "1234567" not in line.name


@pytest.mark.parametrize("written", ["", "Titre;Auteur\nUn livre;Odile", "Courriel\na@b.ca", "bonjour"])
def test_a_table_of_something_else_is_no_list_of_people(written: str) -> None:
    assert not sheet_of([tuple(row.split(";")) for row in written.split("\n")], words()).is_list


@pytest.mark.parametrize(
    ("written", "mail"),
    [
        (" D.Roy@Ecole.CA ", "d.roy@ecole.ca"),
        ("mailto:d.roy@ecole.ca", "d.roy@ecole.ca"),
        ("Dominique Roy <d.roy@ecole.ca>;", "d.roy@ecole.ca"),
        ("<d.roy@ecole.ca>", "d.roy@ecole.ca"),
        ("d.roy@ecole.ca.", "d.roy@ecole.ca"),
        ("d roy@ecole.ca", "d roy@ecole.ca"),
    ],
)
def test_an_address_is_taken_out_of_what_stands_around_it(written: str, mail: str) -> None:
    assert mail_of(Line(1, mail=written)) == mail


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mme Dominique Roy", "Dominique Roy"),
        ("M. Noé Lac", "Noé Lac"),
        ("Roy, Dominique", "Dominique Roy"),
        ("Dr. Mme Ève Sève", "Ève Sève"),
        ("Marc Roy", "Marc Roy"),
    ],
)
def test_a_name_is_said_as_people_say_it(written: str, name: str) -> None:
    assert words().person(written) == name


PINS, LAC = (
    ("École des Pins", "Rita Rive", "r.rive@pins.invalid"),
    ("École du Lac", "Noé Lac", "n.lac@lac.invalid"),
)

AT_PINS = "École des Pins : Rita Rive, r.rive@pins.invalid"


@pytest.mark.parametrize(
    ("written", "contacts"),
    [
        (AT_PINS, [(1, *PINS)]),
        ("- École des Pins; Rita Rive; r.rive@pins.invalid", [(1, *PINS)]),
        ("École des Pins, Rita Rive, r.rive@pins.invalid", [(1, *PINS)]),
        ("École des Pins - Rita Rive - <r.rive@pins.invalid>", [(1, *PINS)]),
        ("École Saint-Jean, Rita Rive r.rive@pins.invalid", [(1, "École Saint-Jean", *PINS[1:])]),
        ("Rita Rive, r.rive@pins.invalid", [(1, "", *PINS[1:])]),
        (
            f"Bonjour :\n\n{AT_PINS}\nje ne sais\nÉcole du Lac : Noé Lac, n.lac@lac.invalid\n\nMerci,\nZoé",
            [(3, *PINS), (4, "", "je ne sais", ""), (5, *LAC)],
        ),
        ("Bonjour,\nÉcole du Lac : Noé Lac", [(2, *LAC[:2], "")]),
    ],
)
def test_contacts_are_read_between_a_greeting_and_a_signature(
    written: str, contacts: list[tuple[int, str, str, str]]
) -> None:
    assert [(one.number, one.school, one.name, one.mail.strip("<>")) for one in lines_of(written)] == contacts
