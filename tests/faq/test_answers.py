"""How the answers read: to whom, how long, with which links, and what they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import pytest
from jinja2 import Environment, meta

from faq.entry import UNKNOWN, Language
from tests.faq.answers import entries, read, render
from tests.stage import library
from tests.test_typography import templates

LONGEST = 750
LONGEST_OF = {"pi-parent-cannot-sign": 850}
LONGEST_NEXT = 500
LONGEST_TO_A_PARENT = 450
"""Characters as read: an answer fits a telephone's screen; five causes and an official letter take more."""

FOR_STAFF = ("GPI", "support.mozaik", "Plateforme plan d'intervention", "Signer pour autrui")
"""What a parent can neither open nor do."""

ROLES = ("staff", "school-admin", "secretary", "css-admin", "parent")
KNOWN = {
    "next_deadline": ("le lundi 30 novembre 2026",),
    "days_left": (0, 1, 12),
    "school": ("École Saint-Jean-Baptiste",),
    "declared": (True, False),
    "role": ROLES,
    "sector": ("public", "private"),
}
USED = {
    "account-admin": {"role", "sector"},
    "account-create": {"school"},
    "calendar-css": {"next_deadline"},
    "calendar-school": {"next_deadline", "sector"},
    "calendar-staff": {"next_deadline", "declared", "role"},
    "declare-deadlines": {"next_deadline", "days_left", "declared"},
    "fees-notice": {"role"},
    "participation-report": {"next_deadline", "role"},
    "password-forgotten": {"role"},
    "pi-login-error": {"role"},
    "pi-parent-cannot-sign": {"role"},
    "pi-school-missing": {"role"},
    "pi-sign-on-behalf": {"role"},
    "school-changed": {"school"},
    "school-joined-midyear": {"next_deadline", "role", "school"},
}
"""What the entries use of the person; the others say the same to everybody."""

WELL_KNOWN = {"next_deadline": "demain", "days_left": 1, "school": "X", "declared": True, "sector": "private"}

TOLD = [
    ("account-admin", "fr", {"sector": "public"}, "Demandez à votre centre de services scolaire"),
    ("account-admin", "fr", {"sector": "private"}, "Demandez à Copibec"),
    ("account-admin", "en", {"sector": "public"}, "Ask your school service centre"),
    ("account-admin", "en", {"sector": "private"}, "Ask Copibec"),
    ("account-create", "fr", {"school": "X"}, "(dans nos listes\u00a0: X)"),
    ("account-create", "en", {"school": "X"}, "(in our lists: X)"),
    ("calendar-css", "fr", {"next_deadline": "demain"}, "Prochaine date limite du personnel\u00a0: demain."),
    ("calendar-css", "en", {"next_deadline": "tomorrow"}, "Next deadline for staff: tomorrow."),
    ("calendar-school", "fr", {"sector": "public"}, "Juin\u00a0: rien à faire"),
    ("calendar-school", "fr", {"sector": "private"}, "votre établissement est sélectionné"),
    ("calendar-school", "en", {"sector": "public"}, "June: nothing to do"),
    ("calendar-school", "en", {"sector": "private"}, "your school has been selected"),
    ("calendar-school", "fr", {"next_deadline": "demain"}, "Fin de la période\u00a0: demain."),
    ("calendar-staff", "fr", {"role": "school-admin"}, "Comme responsable d’école"),
    ("calendar-staff", "en", {"role": "school-admin"}, "As the person in charge"),
    ("calendar-staff", "fr", {"next_deadline": "demain", "declared": True}, "demain. Vous avez déjà déclaré"),
    ("fees-notice", "fr", {"role": "school-admin"}, "C’est donc à vous d’ouvrir ce courriel"),
    ("fees-notice", "en", {"role": "school-admin"}, "So it is for you to open that e-mail"),
    ("participation-report", "fr", {"role": "staff"}, "Vous n’êtes pas responsable?"),
    ("participation-report", "en", {"next_deadline": "tomorrow"}, "Next deadline: tomorrow."),
    ("password-forgotten", "fr", {"role": "school-admin"}, "par le courriel reçu de Copibec en août"),
    ("password-forgotten", "en", {"role": "school-admin"}, "the e-mail that Copibec sent in August"),
    ("pi-login-error", "fr", {"role": "secretary"}, "À votre poste, vous pouvez corriger"),
    ("pi-login-error", "en", {"role": "school-admin"}, "In your position, you can correct"),
    ("pi-login-error", "fr", {"role": "parent"}, "Vous êtes parent?"),
    ("pi-parent-cannot-sign", "fr", {"role": "parent"}, "plan d’intervention (PI) de votre enfant"),
    ("pi-parent-cannot-sign", "fr", {"role": "parent"}, "demandez si l’école peut signer pour vous"),
    ("pi-parent-cannot-sign", "en", {"role": "parent"}, "your child’s intervention plan (PI)"),
    ("pi-parent-cannot-sign", "en", {"role": "parent"}, "ask whether the school can sign for you"),
    ("pi-school-missing", "fr", {"role": "secretary"}, "À votre poste, vous pouvez corriger"),
    ("pi-school-missing", "en", {"role": "secretary"}, "In your position, you can correct"),
    ("school-changed", "fr", {"school": "X"}, "Dans nos listes, votre école est X."),
    ("school-changed", "en", {"school": "X"}, "In our lists, your school is X."),
    ("school-joined-midyear", "fr", {"next_deadline": "demain"}, "Prochaine date limite\u00a0: demain."),
    ("school-joined-midyear", "en", {"role": "school-admin"}, "Is somebody joining your team?"),
]

QUOTED = re.compile(r"(?:[ÉéEe]crivez|[Ww]rite)(?: plutôt)? (?:«\u00a0(.+?)\u00a0»|“(.+?)”)")
ALSO = re.compile(r"(?:,| ou|,? or) (?:«\u00a0(.+?)\u00a0»|“(.+?)”)")
OTHER_WORDS = {"passer", "skip"}
"""What a question of the declaration understands."""


Side: TypeAlias = tuple[str, str, str, str]
"""An answer: its entry, its language, its text and what follows it."""

SIDES: list[Side] = [
    (entry.id, answer.language, answer.text, answer.next or "")
    for entry in entries().values()
    for answer in entry.answers
]


def _name(side: Side) -> str:
    return " ".join(side[:2])


def anybody(source: str) -> Iterator[dict[str, object]]:
    """People of whom more and more is known, by what the text uses."""
    people: list[dict[str, object]] = [{}]
    for name in sorted(
        meta.find_undeclared_variables(Environment(autoescape=True).parse(source)) & set(UNKNOWN)
    ):
        people += [{**one, name: value} for one in people for value in KNOWN[name]]
    return iter(people)


def addresses_of(entry: str) -> dict[str, str]:
    """An address for each of its guides."""
    return {title: f"https://guides.example/{at}" for at, title in enumerate(entries()[entry].guides)}


@pytest.mark.parametrize("side", SIDES, ids=_name)
def test_an_answer_reads_well_and_is_short_whatever_is_known(side: Side) -> None:
    entry, _, *sources = side
    for source, most in zip(sources, (LONGEST_OF.get(entry, LONGEST), LONGEST_NEXT), strict=True):
        for known in anybody(source):
            for guides in ({}, addresses_of(entry)):
                shown = read(source, guides, **known)
                assert "None" not in shown
                assert "\n\n\n" not in shown
                assert 100 < len(shown) <= most, (known, len(shown))


@pytest.mark.parametrize("side", SIDES, ids=_name)
def test_what_follows_does_not_repeat_the_answer(side: Side) -> None:
    entry, _, *sources = side
    said, then = (_runs(entry, read(source, addresses_of(entry))) for source in sources)
    assert said & then == set()


def _runs(entry: str, text: str, length: int = 9) -> set[str]:
    """Every run of that many words within a line, official names apart."""
    for name in sorted([*entries()[entry].labels, *entries()[entry].guides], key=len, reverse=True):
        text = text.replace(name, "…")
    lines = [re.findall(r"[\w…]+", line.lower()) for line in text.splitlines()]
    return {" ".join(words[at : at + length]) for words in lines for at in range(len(words) - length + 1)}


def test_answers_use_of_the_person_what_they_say_they_use() -> None:
    environment = Environment(autoescape=True)
    for entry, language, text, after in SIDES:
        used = meta.find_undeclared_variables(environment.parse(text + after)) & set(UNKNOWN)
        assert used == USED.get(entry, set()), (entry, language)


@pytest.mark.parametrize(("entry", "fact"), [(entry, fact) for entry in USED for fact in sorted(USED[entry])])
def test_what_is_known_of_the_person_changes_the_text(entry: str, fact: str) -> None:
    known: dict[str, object] = {**WELL_KNOWN, "role": "school-admin"}
    for answer in entries()[entry].answers:
        source = answer.text + (answer.next or "")
        unsaid = read(source, None, **{**known, fact: None})
        assert any(read(source, None, **{**known, fact: said}) != unsaid for said in (known[fact], "parent"))


@pytest.mark.parametrize("language", Language)
def test_a_parent_is_told_in_few_words_what_a_parent_does(language: Language) -> None:
    answer = entries()["pi-parent-cannot-sign"].answer(language)
    text, after = (read(part, None, role="parent") for part in (answer.text, answer.next or ""))
    assert len(text) <= LONGEST_TO_A_PARENT
    assert "https://planinterventionparent.cssdm.gouv.qc.ca/" in text
    assert not [word for word in FOR_STAFF if word in text + after]


@pytest.mark.parametrize(("entry", "language", "known", "told"), TOLD)
def test_a_known_person_is_told_more(entry: str, language: str, known: dict[str, object], told: str) -> None:
    answer = entries()[entry].answer(language)
    source = answer.text + (answer.next or "")
    assert told in read(source, None, **known)


@pytest.mark.parametrize(
    ("language", "days_left", "said"),
    [
        ("fr", 12, "Prochaine date limite\u00a0: le 30 novembre, dans 12 jours."),
        ("fr", 1, "le 30 novembre, c’est demain."),
        ("fr", 0, "le 30 novembre, c’est aujourd’hui."),
        ("fr", None, "le 30 novembre."),
        ("en", 12, "Next deadline: le 30 novembre, in 12 days."),
        ("en", 1, "le 30 novembre, which is tomorrow."),
        ("en", 0, "le 30 novembre, which is today."),
    ],
)
def test_a_known_person_is_told_the_next_deadline(language: str, days_left: int | None, said: str) -> None:
    answer = entries()["declare-deadlines"].answer(language)
    assert said in read(answer.text, next_deadline="le 30 novembre", days_left=days_left)


@pytest.mark.parametrize(("declared", "thanked"), [(True, True), (False, False), (None, False)])
def test_who_has_declared_is_thanked(declared: bool | None, thanked: bool) -> None:
    answer = entries()["declare-deadlines"].answer("fr")
    said = read(answer.text, next_deadline="le 30 novembre", days_left=3, declared=declared)
    assert ("Vous avez déjà déclaré" in said) is thanked


def test_a_school_is_named_as_data_never_as_markup() -> None:
    answer = entries()["school-changed"].answer("fr")
    assert "votre école est École &lt;b&gt;" in render(answer.text, school="École <b>")
    assert "Dans nos listes" not in read(answer.text)


@pytest.mark.parametrize("entry", sorted(entries()))
def test_a_guide_is_linked_only_when_the_operator_gave_its_address(entry: str) -> None:
    addresses = addresses_of(entry)
    for answer in entries()[entry].answers:
        source = answer.text + (answer.next or "")
        assert "<a " not in render(source)
        assert all(f'<a href="{address}">' in render(source, addresses) for address in addresses.values())
        assert (read(source) != read(source, addresses)) is bool(addresses), "without one it says where it is"


def test_an_answer_promises_only_words_that_are_understood() -> None:
    """A quoted word is a command, or a question that the assistant answers at once."""
    known = {word for language in Language for word in _commands(language)} | OTHER_WORDS
    edition = library().edition()
    for entry, language, text, after in SIDES:
        for phrase in _promised(read(text, None, role="school-admin"), read(after)):
            answered = edition.read(phrase).match
            assert phrase.lower() in known or answered.outcome == "answer", (entry, language, phrase)


def _promised(*texts: str) -> Iterator[str]:
    for line in "\n".join(texts).splitlines():
        for found in QUOTED.finditer(line):
            yield found[1] or found[2]
            at = found.end()
            while more := ALSO.match(line, at):
                yield more[1] or more[2]
                at = more.end()


@cache
def _commands(language: str) -> frozenset[str]:
    """The words that begin an ability."""
    words = []
    for file in templates(language):
        if file.name == "command.txt":
            _, below = file.read_text("utf-8").split("\n---\n")
            spoken = re.findall(r"^words: (.*)$", below, re.MULTILINE)
            words += [word.strip() for line in spoken for word in re.split(r"[|,]", line)]
    return frozenset(words)


def test_each_entry_has_wordings_enough_in_each_language() -> None:
    for entry in entries().values():
        for language in Language:
            assert sum(wording.language == language for wording in entry.wordings) >= 25, (entry.id, language)
