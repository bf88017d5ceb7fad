"""Head counts as people write them: what is read of each line, which school it means, and what is asked or refused."""

from __future__ import annotations

import pytest

from handlers.headcounts.counts import words_of
from handlers.headcounts.lines import Line, lines_of
from handlers.headcounts.matching import Known, Match, Row, matched, read
from storage.headcounts import Numbers, Site
from tests.stage import furnished

NAMES = (
    "École des Tilleuls fictifs",
    "École du Ruisseau fictif",
    "École Notre-Dame-des-Sept-Douleurs",
    "École Saint-Jean",
    "École Saint-Jean-Baptiste",
    "École 4-Saisons",
)
SITES = tuple(Site(number, 100 + number, name) for number, name in enumerate(NAMES, 1))
TILLEULS, RUISSEAU, DOULEURS, JEAN, BAPTISTE, SAISONS = NAMES


def lines(text: str) -> tuple[Line, ...]:
    return lines_of(text.replace("|", "\n"), words_of(furnished().wording))


def matches(text: str) -> tuple[Match, ...]:
    return matched(lines(text), SITES)


def told(text: str) -> list[tuple[str, Numbers | None] | str]:
    """By line: the school meant and its numbers, a fault, or « ? » and what it may mean."""

    def one(match: Match) -> tuple[str, Numbers | None] | str:
        if match.fault:
            return match.fault
        names = " / ".join(site.name for site in match.sites)
        return (names, match.line.numbers) if match.sure else f"? {names}"

    return [one(match) for match in matches(text)]


@pytest.mark.parametrize(
    ("text", "school", "numbers"),
    [
        ("Tilleuls 14", TILLEULS, Numbers(14)),
        ("tilleuls : 14", TILLEULS, Numbers(14)),
        ("Tilleuls : 14 personnes", TILLEULS, Numbers(14)),
        ("Tilleuls - 14", TILLEULS, Numbers(14)),
        ("Tilleuls – 14", TILLEULS, Numbers(14)),
        ("Tilleuls = 14", TILLEULS, Numbers(14)),
        ("Tilleuls\t14", TILLEULS, Numbers(14)),
        ("• École des Tilleuls fictifs, 14", TILLEULS, Numbers(14)),
        ("Tilleuls (14)", TILLEULS, Numbers(14)),
        ("14 à Tilleuls", TILLEULS, Numbers(14)),
        ("14 Tilleuls", TILLEULS, Numbers(14)),
        ("Tilleuls : quatorze", TILLEULS, Numbers(14)),
        ("Tilluels 14", TILLEULS, Numbers(14)),
        ("Tileuls 14", TILLEULS, Numbers(14)),
        ("Ruissau : 8", RUISSEAU, Numbers(8)),
        ("Ruisseaux 8", RUISSEAU, Numbers(8)),
        ("Riseau 8", RUISSEAU, Numbers(8)),
        (
            "École du Ruisseau : 8 enseignants, 2 spécialistes, 1 professionnelle",
            RUISSEAU,
            Numbers(11, 8, 2, 1),
        ),
        ("Ruisseau 8 enseignantes et enseignants, 2 spécialistes", RUISSEAU, Numbers(10, 8, 2, 0)),
        ("Ruisseau: 8 teachers, 2 specialists and 1 professional", RUISSEAU, Numbers(11, 8, 2, 1)),
        ("Ruisseau : 8 enseignents + 2 specialistes + 1 pro", RUISSEAU, Numbers(11, 8, 2, 1)),
        ("Ruisseau 11 (8 enseignants, 2 spécialistes, 1 professionnel)", RUISSEAU, Numbers(11, 8, 2, 1)),
        ("Ruisseau : 11, dont 8 enseignants", RUISSEAU, Numbers(11, 8)),
        ("Ruisseau : 11 dont 8 enseignants et 2 spécialistes", RUISSEAU, Numbers(11, 8, 2, 1)),
        ("2. 9", RUISSEAU, Numbers(9)),
        ("2) 9 personnes", RUISSEAU, Numbers(9)),
        ("2 : 9", RUISSEAU, Numbers(9)),
        ("2. École du Ruisseau fictif : 9", RUISSEAU, Numbers(9)),
        ("1. Ruisseau : 9", RUISSEAU, Numbers(9)),
        ("Ruisseau : exact", RUISSEAU, None),
        ("Ruisseau : inchangé", RUISSEAU, None),
        ("Notre-Dame-des-Sept-Douleurs : 12", DOULEURS, Numbers(12)),
        ("N-D-des-Sept-Douleurs 12", DOULEURS, Numbers(12)),
        ("4-Saisons 12", SAISONS, Numbers(12)),
        ("École 4-Saisons : 12", SAISONS, Numbers(12)),
        ("St-Jean 5", JEAN, Numbers(5)),
        ("Saint-Jean-Baptiste 5", BAPTISTE, Numbers(5)),
        ("Baptiste 5", BAPTISTE, Numbers(5)),
        ("École des Tilleuls fictifs : 0", TILLEULS, Numbers(0)),
        ("tilleuls douze", TILLEULS, Numbers(12)),
        ("tilleuls vingt et un", TILLEULS, Numbers(21)),
        ("Notre-Dame-des-Sept-Douleurs douze", DOULEURS, Numbers(12)),
        ("Tilleuls twelve", TILLEULS, Numbers(12)),
        ("St-Jean pareil", JEAN, None),
        ("Tilleuls, pareil", TILLEULS, None),
        ("Ruisseau n’a pas changé", RUISSEAU, None),
        ("Ruisseau is the same", RUISSEAU, None),
        ("le Ruisseau est fermé cette année", RUISSEAU, Numbers(0)),
        ("Ruisseau closed this year", RUISSEAU, Numbers(0)),
        ("Ruisseau : fermée", RUISSEAU, Numbers(0)),
        ("2. 1 000", RUISSEAU, Numbers(1000)),
        ("Bonjour, Ruisseau 9. Merci! Réjeanne", RUISSEAU, Numbers(9)),
        ("Bonjour Ruisseau 9", RUISSEAU, Numbers(9)),
        ("non attends, ruisseau 15", RUISSEAU, Numbers(15)),
        ("Tilleuls vingt, merci", TILLEULS, Numbers(20)),
        ("14 aux Tilleuls", TILLEULS, Numbers(14)),
        ("14 au Ruisseau", RUISSEAU, Numbers(14)),
        ("14 pour Tilleuls", TILLEULS, Numbers(14)),
        ("14 at Tilleuls", TILLEULS, Numbers(14)),
        ("les Tilleuls sont douze", TILLEULS, Numbers(12)),
        ("Tilleuls has twelve", TILLEULS, Numbers(12)),
        ("Tilleuls 13 → 14", TILLEULS, Numbers(14)),
        ("Ruisseau 10 au lieu de 9", RUISSEAU, Numbers(10)),
        ("Ruisseau 10 instead of 9", RUISSEAU, Numbers(10)),
        ("Ruisseau neuf (pas 8)", RUISSEAU, Numbers(9)),
        ("Ruisseau went from 8 to 11", RUISSEAU, Numbers(11)),
        ("Ruisseau est passé de 8 à 11", RUISSEAU, Numbers(11)),
        ("Saint-Jean est finalement ouverte, 7", JEAN, Numbers(7)),
        ("effectif de Saint-Jean c’est 7", JEAN, Numbers(7)),
        ("Saint-Jean a 8 profs", JEAN, Numbers(8, 8, 0, 0)),
        ("the Ruisseau is 8", RUISSEAU, Numbers(8)),
        ("non c’est 13 pour Tilleuls", TILLEULS, Numbers(13)),
        ("no, it’s 13 for Tilleuls", TILLEULS, Numbers(13)),
        ("je me suis trompée pour Tilleuls c'est 15", TILLEULS, Numbers(15)),
        ("je me suis trompée pour Tilleuls, c’est 15", TILLEULS, Numbers(15)),
        ("I made a mistake, Tilleuls should be 15", TILLEULS, Numbers(15)),
        ("Corrections : Tilleuls 13", TILLEULS, Numbers(13)),
    ],
)
def test_one_line_tells_one_school(text: str, school: str, numbers: Numbers | None) -> None:
    assert told(text) == [(school, numbers)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tilleuls : 14 ou 15", "unclear"),
        ("Tilleuls 14-15", "unclear"),
        ("Tilleuls : environ 14", "unclear"),
        ("Tilleuls : 14 %", "unclear"),
        ("Tilleuls : 14 élèves", "unclear"),
        ("Tilleuls : -3", "unclear"),
        ("Tilleuls : 8,5", "unclear"),
        ("Tilleuls : 12 (8 enseignants, 2 spécialistes, 1 professionnel)", "sum"),
        ("Tilleuls : 6 dont 8 enseignants", "sum"),
        ("Tilleuls : 20000", "many"),
        ("Tilleuls :", "no-number"),
        ("Tilleuls : ?", "no-number"),
        ("Tilleuls : je ne sais pas", "no-number"),
        ("Tilleuls 8 mais peut-être 9", "unclear"),
        ("Tilleuls ferme peut-être", "prose"),
        ("9. 12", "no-place"),
        ("Xyzzy 12", "no-school"),
        ("École des Érables : 12", "no-school"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(text: str, reason: str) -> None:
    assert told(text) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,",
        "Voici les effectifs :",
        "Voici nos effectifs pour 2026-2027 :",
        "Merci et bonne journée!",
        "Tél. : 514 555-1234, poste 12",
        "Le mar. 17 nov. 2026 à 09 h 30, Déclic <declic@exemple.invalid> a écrit :",
        "Combien d’enseignants faut-il compter?",
        "C’est pour quand?",
        "514 555-0199 poste 12",
        "Voici une liste",
    ],
)
def test_what_stands_around_the_lines_is_none(text: str) -> None:
    assert told(text) == []
    assert not lines(text) or not matches(text)


def test_several_on_one_line() -> None:
    wanted = [(TILLEULS, Numbers(14)), (RUISSEAU, Numbers(8))]
    assert told("Tilleuls 14, Ruisseau 8") == wanted
    assert told("Tilleuls : 14; Ruisseau : 8") == wanted
    assert told("Tilleuls 14 et Ruisseau 8") == wanted
    assert told("1. 14; 2. 8") == wanted
    assert told("Bonjour, Tilleuls 14 et Ruisseau 8. Merci! Réjeanne") == wanted
    assert told("Pour les effectifs : Tilleuls 14 et Ruisseau 8") == wanted
    assert told("tilleuls quatorze, 8 à ruisseau") == wanted
    assert told("Ruisseau 6 profs, 3 spécialistes; Tilleuls 14") == [
        (RUISSEAU, Numbers(9, 6, 3, 0)),
        (TILLEULS, Numbers(14)),
    ]
    assert told("tilleuls 25, ruisseau 14 profs et 2 specialistes") == [
        (TILLEULS, Numbers(25)),
        (RUISSEAU, Numbers(16, 14, 2, 0)),
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Tilleuls 14, mais 2 partent en janvier", ["", "unclear"]),
        ("Tilleuls 14, Ruisseau 8 mais peut-être 9", ["", "unclear"]),
        ("Tilleuls 14|on verra pour Érables|Ruisseau 8", ["", "prose", ""]),
        ("Tilleuls, Ruisseau 8", ["prose", ""]),
        ("Tilleuls 14|Ruisseau déménage|Réjeanne Centre", ["", "prose"]),
    ],
)
def test_no_part_is_dropped_without_a_word(text: str, faults: list[str]) -> None:
    assert [one.fault for one in matches(text)] == faults


@pytest.mark.parametrize(
    ("before", "now", "is_wild"),
    [
        (12, 250, True),
        (3, 40, True),
        (4, 9, False),
        (12, 24, False),
        (7, 0, True),
        (8, 4, False),
        (9, 4, True),
    ],
)
def test_a_number_that_changes_a_lot_is_pointed_out(before: int, now: int, *, is_wild: bool) -> None:
    assert Row(SITES[0], Numbers(now), Numbers(before), confirmed=False).wild is is_wild


def test_an_odd_line_between_good_ones_is_refused_by_its_number() -> None:
    found = matches("Bonjour|Tilleuls 14|Érables : beaucoup|Ruisseau 8|Merci :")
    assert [(one.line.number, one.fault) for one in found] == [(2, ""), (3, "no-number"), (4, "")]


KNOWN = Known(SITES, {101: 12, 102: 9, 103: 20, 104: 5, 105: 7}, {})


@pytest.mark.parametrize(
    ("text", "rows", "refused"),
    [
        ("tout est exact", {TILLEULS: 12, RUISSEAU: 9, DOULEURS: 20, JEAN: 5, BAPTISTE: 7}, ["unknown"]),
        (
            "Everything is correct.",
            {TILLEULS: 12, RUISSEAU: 9, DOULEURS: 20, JEAN: 5, BAPTISTE: 7},
            ["unknown"],
        ),
        (
            "Tout est exact sauf Tilleuls 15 et 4-Saisons 3",
            {TILLEULS: 15, RUISSEAU: 9, DOULEURS: 20, JEAN: 5, BAPTISTE: 7, SAISONS: 3},
            [],
        ),
        (
            "tout est exact|Tilleuls : 15|4-Saisons : 3",
            {TILLEULS: 15, RUISSEAU: 9, DOULEURS: 20, JEAN: 5, BAPTISTE: 7, SAISONS: 3},
            [],
        ),
        ("Tilleuls 14|Tilleuls 15", {TILLEULS: 15}, ["replaced"]),
        ("Tilleuls 14|tilleuls : 14", {TILLEULS: 14}, []),
        ("Tilleuls 14|Xyzzy 3|Ruisseau : exact", {TILLEULS: 14, RUISSEAU: 9}, ["no-school"]),
        ("4-Saisons : exact", {}, ["unknown"]),
        (
            "Tilleuls 14, le reste est pareil",
            {TILLEULS: 14, RUISSEAU: 9, DOULEURS: 20, JEAN: 5, BAPTISTE: 7},
            ["unknown"],
        ),
    ],
)
def test_what_a_message_would_confirm(text: str, rows: dict[str, int], refused: list[str]) -> None:
    found = read(lines(text), matches(text), KNOWN)
    assert {row.site.name: row.numbers.total for row in found.rows} == rows
    assert [one.reason for one in found.refused] == refused


@pytest.mark.parametrize(
    ("text", "sure"),
    [("14", True), ("Nous sommes 14", True), ("non 14", True), ("École des Érables : 14", None)],
)
def test_where_there_is_one_school_its_name_may_be_left_out(text: str, sure: bool | None) -> None:
    [found] = matched(lines(text), SITES[:1])
    assert (found.sure if not found.fault else None) is sure
