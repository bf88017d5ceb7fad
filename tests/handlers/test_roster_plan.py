"""What a list would change: faults all named with their lines, who leaves, and how far each sender may go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.roster.scope import EVERYTHING, Scope
from storage.staff import Post
from storage.states import Role, Sector
from tests.rosters import (
    CENTRE,
    LOIN,
    OF_CENTRE,
    OF_TILLEULS,
    RUISSEAU,
    STAFF,
    TILLEULS,
    member,
    plan,
    post,
    present,
    told,
)

HEAD = "École;Centre de services;Secteur;Participe;Effectif;Téléphone;Nom complet;Courriel;Rôle;Langue\n"
TEACHES = ";;;;;;Ana Neuve;a.neuve@tilleuls.invalid;enseignante;"
WHOLE = """École;Nom complet;Courriel;Rôle
École des Tilleuls;Dominique Roy;d.roy@tilleuls.invalid;direction
École des Tilleuls;Camille Essai;c.essai@tilleuls.invalid;enseignante
École des Tilleuls;Noé Lac;n.lac@tilleuls.invalid;enseignant
"""


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        (f"École des Tilleuls{TEACHES}", []),
        ("École des Tilleuls;;;;;;Ana;a@b;concierge;créole", ["mail", "language", "role"]),
        ("École des Tilleuls;;;;;;Ana;;;", ["mail-missing", "role-missing"]),
        (";;;;;;Ana;a.neuve@tilleuls.invalid;enseignante;", ["school-missing"]),
        ("École des Tilleuls;;;;;;;a.neuve@tilleuls.invalid;enseignante;", ["name-missing"]),
        ("École des Tilleuls;;;;;;Ève;ève@tilleuls.invalid;enseignante;", ["mail"]),
        (
            f"École des Tilleuls;;;peut-être;beaucoup;12;{TEACHES[6:]}",
            ["participating", "headcount", "phone"],
        ),
        ("École des Tilleuls;;privé;;;;;;;", ["sector-differs"]),
        (f"École du Ruisseau{TEACHES}", ["which-school"]),
        (f"École du Ruisseau;{CENTRE};;;;;{TEACHES[6:]}", []),
        (f"École neuve{TEACHES}", ["sector-missing"]),
        (f"École neuve;;public;;;;{TEACHES[6:]}", ["centre-missing"]),
        (f"École neuve;{CENTRE};privé;;;;{TEACHES[6:]}", ["private-with-centre"]),
        (f"École neuve;{CENTRE};public;oui;12;514 555-0101;{TEACHES[6:]}", []),
        ("École des Tilleuls;;;;;;Ana;a.neuve@tilleuls.invalid;équipe de soutien;", ["no-school-for-role"]),
        (";;;;;;Ana;a.neuve@tilleuls.invalid;responsable css;", ["centre-missing"]),
        ("École des Tilleuls;;;;;;Ana;oubliee@tilleuls.invalid;enseignante;", ["forgotten"]),
    ],
)
def test_every_fault_of_a_line_is_named_at_once(line: str, reasons: list[str]) -> None:
    found = plan(HEAD + line, of=present(forgotten="oubliee@tilleuls.invalid"))
    assert told(found) == ({2: reasons} if reasons else {})


def test_lines_that_contradict_each_other_are_refused() -> None:
    found = plan(
        HEAD + "École des Tilleuls;;;;40;;Ana Un;a@tilleuls.invalid;enseignante;\n"
        "École des Tilleuls;;;;41;;Ana Deux;a@tilleuls.invalid;secrétaire;\n"
        "École des Tilleuls;;;;;;Un Ana;b@tilleuls.invalid;secrétaire;\n"
        "École des Tilleuls;;;;;;Ana Un;b@tilleuls.invalid;secrétaire;"
    )
    assert told(found) == {2: ["two-names"], 3: ["two-values", "two-names"]}
    assert [(noted.number, noted.reasons[0].word) for noted in found.remarks] == [(5, "repeated")]


def test_the_list_as_it_stands_changes_nothing() -> None:
    found = plan(WHOLE)
    assert (bool(found.changes), found.unchanged, found.of) == (False, 3, 3)


def test_whoever_is_not_in_the_list_leaves_the_schools_that_it_names_and_no_other() -> None:
    found = plan(WHOLE.replace("Noé Lac;n.lac", "Ana Neuve;a.neuve"))
    assert [(one.name, one.school) for one in found.leaving] == [("Noé Lac", TILLEULS.name)]
    assert found.changes.closed == ((3, post(Role.TEACHER, TILLEULS)),)
    assert found.many_leave


@pytest.mark.parametrize(
    "slip", ["Noé Lac;n.lac@tilleuls,invalid;enseignant", "Noé Lac;n.lac@tilleuls.invalid;concierge"]
)
def test_whoever_stands_on_a_refused_line_does_not_leave(slip: str) -> None:
    found = plan(WHOLE.replace("Noé Lac;n.lac@tilleuls.invalid;enseignant", slip))
    assert list(told(found)) == [4]
    assert (found.leaving, found.changes.closed) == ((), ())


def test_a_new_role_in_the_same_school_is_a_change_and_nobody_leaves() -> None:
    found = plan(
        WHOLE.replace("c.essai@tilleuls.invalid;enseignante", "c.essai@tilleuls.invalid;orthopédagogue")
    )
    assert [(one.name, one.what) for one in found.changed] == [("Camille Essai", ("opened", "closed"))]
    assert found.leaving == ()


def test_a_list_of_directions_alone_tells_nothing_of_the_others() -> None:
    found = plan("École;Nom complet;Courriel;Rôle\nÉcole des Tilleuls;Ana Neuve;a.neuve@t.invalid;directrice")
    assert [one.name for one in found.leaving] == ["Dominique Roy"]
    assert [one.name for one in found.new] == ["Ana Neuve"]


def test_a_line_that_names_a_school_only_changes_the_school() -> None:
    found = plan(HEAD + f"École du Ruisseau;{CENTRE};;non;12;5145550101;;;;")
    (school,) = found.changes.altered
    assert (school.participating, school.headcount, school.phone) == (False, 12, "514 555-0101")
    assert found.leaving == ()


def test_somebody_who_left_comes_back() -> None:
    found = plan(WHOLE + "École des Tilleuls;Guy Parti;parti@tilleuls.invalid;secrétaire")
    assert [one.name for one in found.new] == ["Guy Parti"]
    assert found.changes.newcomers == ()
    assert found.changes.opened == (("parti@tilleuls.invalid", post(Role.SECRETARY, TILLEULS)),)


ANA = "Ana Neuve;a.neuve@tilleuls.invalid"


@pytest.mark.parametrize(
    ("scope", "line", "reasons"),
    [
        (OF_CENTRE, f"École des Tilleuls;;;{ANA};directrice", []),
        (OF_CENTRE, f"École neuve;;public;{ANA};directrice", []),
        (OF_CENTRE, f"École du Ruisseau;;;{ANA};directrice", []),
        (OF_CENTRE, f"École du Loin;;;{ANA};enseignante", ["sector-missing"]),
        (OF_CENTRE, f"École du Loin;Centre d’ailleurs;;{ANA};enseignante", ["outside"]),
        (OF_CENTRE, f"École neuve;Autre centre;public;{ANA};enseignante", ["outside"]),
        (OF_CENTRE, f"Collège neuf;;privé;{ANA};enseignante", ["outside"]),
        (OF_CENTRE, f";;;{ANA};responsable css", []),
        (OF_CENTRE, f";Centre d’ailleurs;;{ANA};responsable css", ["role-not-yours"]),
        (OF_CENTRE, f";;;{ANA};équipe de soutien", ["role-not-yours"]),
        (OF_TILLEULS, f";;;{ANA};enseignante", []),
        (OF_TILLEULS, f"École des Tilleuls;;;{ANA};secrétaire", []),
        (OF_TILLEULS, f"École des Tilleuls;;;{ANA};directrice", ["role-not-yours"]),
        (OF_TILLEULS, "École des Tilleuls;;;Dominique Roy;d.roy@tilleuls.invalid;directrice", []),
        (OF_TILLEULS, f"École du Loin;;;{ANA};enseignante", ["outside"]),
        (OF_TILLEULS, f"École neuve;;public;{ANA};enseignante", ["outside"]),
        (OF_TILLEULS, f";{CENTRE};;{ANA};responsable css", ["role-not-yours"]),
        (OF_TILLEULS, f";;;{ANA};équipe de soutien", ["role-not-yours"]),
        (EVERYTHING, f";;;{ANA};équipe de soutien", []),
        (EVERYTHING, f"Collège neuf;;privé;{ANA};directrice", []),
        (EVERYTHING, f"École neuve;Centre neuf;public;{ANA};directrice", []),
    ],
)
def test_nobody_reaches_beyond_what_is_theirs(scope: Scope, line: str, reasons: list[str]) -> None:
    found = plan(f"École;Centre de services;Secteur;Nom complet;Courriel;Rôle\n{line}", scope)
    assert told(found) == ({2: reasons} if reasons else {})


def test_a_direction_changes_neither_head_counts_nor_directions() -> None:
    found = plan(HEAD + f"École des Tilleuls;;;non;50;514 555-0199;{TEACHES[6:]}", OF_TILLEULS)
    (school,) = found.changes.altered
    assert (school.participating, school.headcount, school.phone) == (True, 40, "514 555-0199")
    assert [reason.word for reason in found.remarks[0].reasons] == ["kept-participating", "kept-headcount"]
    assert [one.name for one in found.leaving] == ["Camille Essai", "Noé Lac"]


@pytest.mark.parametrize(
    ("scope", "reason"), [(EVERYTHING, "same-name-no-mail-for-team"), (OF_CENTRE, "same-name-no-mail")]
)
def test_somebody_without_an_address_neither_leaves_nor_comes_a_second_time(
    scope: Scope, reason: str
) -> None:
    sans = member(7, "", "Ana Sans", post(Role.SCHOOL_ADMIN, RUISSEAU))
    head = "École;Centre de services;Nom complet;Courriel;Rôle"
    ana = f"École du Ruisseau;{CENTRE};Sans, Ana;ana@ruisseau.invalid;direction"
    new = f"École du Ruisseau;{CENTRE};Zoé Neuve;z@ruisseau.invalid;prof"
    found = plan(f"{head}\n{ana}\n{new}", scope, present((*STAFF, sans)))
    assert told(found) == {2: [reason]}
    assert (found.leaving, found.heads, [one.name for one in found.new]) == ((), (), ["Zoé Neuve"])


@pytest.mark.parametrize(
    ("written", "heads"),
    [
        (WHOLE.replace(";direction", ";prof"), ["Dominique Roy"]),
        ("\n".join(line for line in WHOLE.splitlines() if "direction" not in line), ["Dominique Roy"]),
        (WHOLE.replace("Dominique Roy;d.roy", "Ana Neuve;a.neuve"), []),
        (WHOLE, []),
    ],
)
def test_a_school_left_without_anybody_in_charge_is_asked_about_twice(written: str, heads: list[str]) -> None:
    found = plan(written)
    assert [one.name for one in found.heads] == heads
    assert found.asks_twice == bool(heads or found.many_leave)
    assert not plan(written, OF_TILLEULS).heads


def test_nobodys_own_line_changes_the_language_that_they_chose() -> None:
    one = member(
        1, "d.roy@tilleuls.invalid", "Dominique Roy", post(Role.SCHOOL_ADMIN, TILLEULS), language="en"
    )
    head = "École;Nom complet;Courriel;Rôle;Langue"
    line = f"{head}\nÉcole des Tilleuls;Dominique Roy;d.roy@tilleuls.invalid;direction;fr"
    of = present((one,))
    assert plan(line, replace(OF_TILLEULS, own_id=2), of).changed[0].what == ("language",)
    assert not plan(line, replace(OF_TILLEULS, own_id=1), of).changed


def test_the_name_of_somebody_who_works_elsewhere_too_is_not_a_schools_to_change() -> None:
    found = plan(WHOLE.replace("Noé Lac", "Noël Lac"), OF_TILLEULS)
    assert not found.changes
    assert [(noted.number, noted.reasons[0].word) for noted in found.remarks] == [(4, "kept-name")]
    assert plan(WHOLE.replace("Noé Lac", "Noël Lac")).changed[0].what == ("name",)


@pytest.mark.parametrize(
    ("scope", "line", "remarks", "refused"),
    [
        (OF_TILLEULS, "École des Tilleuls;Essai, Camille;camille@tilleuls.invalid;prof", ["same-name"], []),
        (
            EVERYTHING,
            "École des Tilleuls;CAMILLE ESSAI;camille@tilleuls.invalid;secrétaire",
            ["same-name-for-team"],
            [],
        ),
        (EVERYTHING, "École des Tilleuls;Camille Essai;c.essai@tilleuls.invalid;prof", [], []),
        (EVERYTHING, "École du Loin;Camille Essai;camille@loin.invalid;prof", [], []),
        (
            OF_TILLEULS,
            "École des Tilleuls;Dominique Roy;roy@tilleuls.invalid;direction",
            [],
            ["role-other-address"],
        ),
        (OF_TILLEULS, "École des Tilleuls;Luc Roy;roy@tilleuls.invalid;direction", [], ["role-not-yours"]),
    ],
)
def test_a_known_name_with_another_address_is_pointed_out_and_never_taken_for_the_same(
    scope: Scope, line: str, remarks: list[str], refused: list[str]
) -> None:
    found = plan(f"École;Nom complet;Courriel;Rôle\n{line}", scope)
    assert [reason.word for noted in found.remarks for reason in noted.reasons] == remarks
    assert [word for words in told(found).values() for word in words] == refused
    assert len(found.new) >= len(remarks)


def test_a_plan_is_told_apart_from_any_other_and_stays_the_same() -> None:
    again = plan(WHOLE.replace("Noé", "Noël"))
    assert again.fingerprint == plan(WHOLE.replace("Noé", "Noël")).fingerprint
    assert again.fingerprint != plan(WHOLE.replace("Noé", "Noëlle")).fingerprint


def test_one_in_five_may_leave_without_a_second_question() -> None:
    staff = [member(n, f"p{n}@t.invalid", f"Ana {n}", post(Role.TEACHER, RUISSEAU)) for n in range(10)]
    schools = (RUISSEAU, LOIN)
    for gone, many in ((2, False), (3, True)):
        kept = "\n".join(f"École du Ruisseau;{one.name};{one.mail};prof" for one in staff[gone:])
        found = plan(f"École;Nom complet;Courriel;Rôle\n{kept}", of=present(staff, schools))
        assert (len(found.leaving), found.many_leave) == (gone, many)


def test_a_service_centre_and_a_private_school_are_made_by_a_list() -> None:
    found = plan(
        "École;Centre de services;Secteur;Nom complet;Courriel;Rôle\n"
        f"École neuve;Centre neuf;public;{ANA};directrice\n"
        "Collège neuf;;privé;Ève Sève;e.seve@erables.invalid;directrice\n"
        ";Centre plus neuf;;Zoé Roche;z.roche@centre.invalid;responsable css"
    )
    assert found.changes.centres == ("Centre neuf", "Centre plus neuf")
    assert [(one.name, one.sector, one.centre) for one in found.changes.schools] == [
        ("École neuve", Sector.PUBLIC, "Centre neuf"),
        ("Collège neuf", Sector.PRIVATE, None),
    ]
    assert ("z.roche@centre.invalid", Post(Role.CSS_ADMIN, centre="Centre plus neuf")) in found.changes.opened
