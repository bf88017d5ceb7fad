"""Every date, label, address and limit of the answers stands as in the sources, and none that is not theirs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from faq.entry import Language
from tests.faq.answers import entries, read
from tests.faq.facts import Fact, facts

SITE = "https://planinterventionparent.cssdm.gouv.qc.ca/"
MAILBOX = "support.mozaik@csdm.qc.ca"
ENDING = "@csdm.qc.ca"

LABELS = {
    "password-forgotten": ["Mot de passe oublié"],
    "declare-how": ["Comment déclarer les utilisations en classe"],
    "declare-what": ["Biblius", "OHdio", "Télé-Québec en classe", "i+", "Epik", "SAMUEL"],
    "copy-limits": ["Adel inc."],
    "pi-previous-years": ["Consulter les PI des années antérieures"],
    "pi-two-years-side-by-side": [
        "Consulter, au même moment, un PI d'une année antérieure et le PI de l'année en cours"
    ],
    "pi-duplicate": ["Dupliquer les PI de l'année précédente"],
    "pi-missing-last-year": [
        "Dupliquer les PI de l'année précédente",
        "Créer un nouveau plan d'intervention",
    ],
    "pi-student-left": ["Récupérer le PI d'un·e élève ayant quitté le CSSDM"],
    "pi-login-error": ["GPI", ENDING, "Accéder à la plateforme"],
    "pi-school-missing": ["GPI", ENDING, "Accéder à la plateforme"],
    "pi-still-no-access": ["Demande Questa"],
    "pi-rights-delayed": ["Plan d'intervention", "Rafraichir mes droits", "GPI"],
    "pi-sign-batch": ["Signer les PI en lot - Membre de la direction"],
    "pi-parent-cannot-sign": [
        "PI prêt à être signé",
        "Signer pour autrui",
        "Mozaïk",
        "Guide à l'attention des parents",
        "GPI",
        "Collaborateur·rices du plan d'intervention",
        SITE,
        MAILBOX,
    ],
    "pi-sign-on-behalf": ["Signer pour autrui"],
    "pi-delete": ["PI créé par erreur", "Ouverture du PI"],
    "pi-delete-no-status": ["Le PI ne répond pas aux situations d'ouverture", "PI créé par erreur"],
    "pi-features-locked": ["Situations d'ouverture du PI"],
    "pi-training": ["Plateforme numérique PI_Formation SAL001_2024.10.18"],
    "pi-revised-no-sign-button": [
        "PI en cours de révision",
        "PI prêt à être signé",
        "Signer",
        "Signer pour autrui",
    ],
    "pi-community": ["Plateforme plan d'intervention"],
}
"""The official labels, in both languages: the screens are in French."""

FLOWS = {
    "password-forgotten": None,
    "account-locked": "account-locked",
    "school-changed": "school-changed",
    "school-joined-midyear": "register",
    "declare-deadlines": "declare",
    "declare-who": None,
    "declare-how": "declare",
    "account-create": "register",
    "account-admin": None,
    "participation-report": "participation",
    "fees-notice": "fees",
    "calendar-css": None,
    "calendar-school": None,
    "calendar-staff": "declare",
    "pi-previous-years": None,
    "pi-two-years-side-by-side": None,
    "pi-duplicate": None,
    "pi-missing-last-year": None,
    "pi-student-left": None,
    "pi-login-error": None,
    "pi-school-missing": None,
    "pi-still-no-access": "questa",
    "pi-rights-delayed": None,
    "pi-sign-batch": None,
    "pi-parent-cannot-sign": "parent-signing",
    "pi-sign-on-behalf": None,
    "pi-delete": None,
    "pi-recover-deleted": None,
    "pi-delete-no-status": None,
    "pi-features-locked": None,
    "pi-training": None,
    "pi-revised-no-sign-button": None,
    "pi-community": None,
    "declare-what": "declare",
    "copy-limits": "limits",
    "collection-why": None,
}
"""All the entries, each with the ability that it offers to start."""

ONLY_A_PERSON = {"account-locked", "school-changed", "pi-still-no-access", "pi-parent-cannot-sign"}
"""Those that only a person can take further."""

OUR_DATES = re.compile(
    r"\d{4}|\d+ ?(?:septembre|octobre|janvier|février|avril|mai)\b|\b(?:September|October|January|May) \d"
)
PUPIL = re.compile(
    r"numéro de fiche|code permanent|nom[^.;]{0,20} de l’élève|nom d’élève"
    r"|file number|permanent code|student’s[^.;]{0,20} name"
)
KEEP_TO_YOURSELF = re.compile(
    r"N’envoyez rien de cela ici|N’écrivez pas ici|N’y mettez aucun"
    r"|Send none of this here|Please do not write|Name no student"
)


def said() -> Iterator[tuple[str, str]]:
    """Every answer with what follows it, and the place where it stands."""
    for entry in entries().values():
        for answer in entry.answers:
            whole = f"{read(answer.text)}\n{read(answer.next or '')}"
            yield f"{entry.id} {answer.language}", whole.replace("\u00a0", " ")


@pytest.mark.parametrize("fact", facts(), ids=str)
def test_an_answer_says_the_fact(fact: Fact) -> None:
    answer = entries()[fact.entry].answer(fact.language)
    source = {"answer": answer.text, "next": answer.next or ""}[fact.part]
    assert fact.said in read(source).replace("\u00a0", " ")


def test_each_entry_has_facts_in_each_language() -> None:
    told = {(fact.entry, fact.language) for fact in facts() if fact.part == "answer"}
    assert told == {(entry, language) for entry in FLOWS for language in Language}


@pytest.mark.parametrize(("entry", "label"), [(entry, one) for entry in LABELS for one in LABELS[entry]])
def test_an_official_label_is_quoted_as_it_is(entry: str, label: str) -> None:
    for place, whole in said():
        assert label in whole or place.split()[0] != entry


def test_the_two_domains_differ_as_in_the_source() -> None:
    """The parents' site is on cssdm, addresses are on csdm: nobody "corrects" one."""
    sites, addresses = set(), set()
    for place, whole in said():
        site, address = "cssdm" in whole, "csdm" in whole
        assert whole.count("cssdm") == whole.count(SITE), place
        assert whole.count("csdm") == whole.count(ENDING), place
        sites |= {place.split()[0]} if site else set()
        addresses |= {place.split()[0]} if address else set()
    assert sites == {"pi-parent-cannot-sign", "pi-login-error"}
    assert addresses == {
        "pi-parent-cannot-sign",
        "pi-login-error",
        "pi-school-missing",
        "pi-still-no-access",
        "pi-rights-delayed",
    }


def test_nothing_is_named_that_no_source_gives() -> None:
    """No other address, price, telephone, year or date."""
    for place, whole in said():
        known = whole.replace(SITE, "").replace(MAILBOX, "").replace(ENDING, "").replace("2024.10.18", "")
        assert not re.search(r"https?:|www\.|@|\.ca\b|\.org\b", known), place
        assert not re.search(r"\$|dollar", known), place
        assert not re.search(r"\d{3}[ -]\d{3,4}|poste \d|ext\. \d", known), place
        assert not OUR_DATES.search(known), place


def test_copying_too_much_is_possible_never_forbidden() -> None:
    for place, whole in said():
        assert not re.search(
            r"interdi|forbid|prohibit|illeg|illég|amende\b|\bfines?\b", whole, re.IGNORECASE
        ), place
    assert "dépassement possible" in read(entries()["copy-limits"].answer("fr").text)
    assert "possibly over the limit" in read(entries()["copy-limits"].answer("en").text)


def test_nobody_is_asked_for_a_pupils_name_or_number() -> None:
    for place, whole in said():
        assert KEEP_TO_YOURSELF.search(whole) or not PUPIL.search(whole), place


def test_each_entry_offers_its_flow_and_a_person_where_only_a_person_helps() -> None:
    assert {entry.id: entry.flow for entry in entries().values()} == FLOWS
    assert {entry.id for entry in entries().values() if entry.human} == ONLY_A_PERSON


def test_each_entry_says_where_its_facts_come_from() -> None:
    for file in (Path(__file__).parents[2] / "faq/entries").glob("*.toml"):
        source = tomllib.loads(file.read_text("utf-8"))["source"]
        assert re.search(r"collecte-de-donnees\.txt|plan-intervention-faq\.txt|public pages", source), (
            file.name
        )
