"""A question near one that an operator has answered is answered alike; no other is."""

from __future__ import annotations

import pytest

from faq.precedents import Precedent
from tests.faq.knowledge import edition, edition_without_meaning

REPORTS = "Quand les bulletins sont-ils remis aux parents?"
MOZAIK = "J'ai oublié mon mot de passe Mozaïk"
GPI = "J'ai oublié mon mot de passe du GPI"


def taught(question: str, *precedents: tuple[str, str]) -> tuple[str, str]:
    """The outcome and the best candidate once these questions have been answered by hand."""
    matcher = edition().matcher.taught([Precedent(text, entry) for text, entry in precedents])
    match = matcher.match(question)
    return match.outcome, match.candidates[0].id if match.candidates else ""


@pytest.mark.parametrize(
    "question",
    [
        REPORTS,
        REPORTS.upper(),
        "quand les bulletins sont ils remis aux parents",
        "quand est-ce que les bulletins sont remis aux parents",
        "c'est quand que les parents reçoivent les bulletins?",
    ],
)
@pytest.mark.parametrize("entry", ["lesson-1", "declare-deadlines"])
def test_a_question_answered_before_is_answered_alike(question: str, entry: str) -> None:
    assert taught(question)[0] != "answer"
    assert taught(question, (REPORTS, entry)) == ("answer", entry)


@pytest.mark.parametrize(
    "question",
    [
        "Quand est le bal des finissants?",
        "Qui répare les tableaux?",
        "jai jusqua quand pour declarer mes photocopies",
        "Un parent est incapable de signer le PI de sa fille",
        "Merci!",
        "???",
        "",
    ],
)
def test_another_question_is_answered_as_ever(question: str) -> None:
    assert taught(question, (REPORTS, "lesson-1")) == taught(question)


@pytest.mark.parametrize(
    "precedents", [[(MOZAIK, "mozaik"), (GPI, "gpi")], [(GPI, "gpi"), (MOZAIK, "mozaik")]]
)
def test_of_questions_that_are_alike_the_nearest_counts(precedents: list[tuple[str, str]]) -> None:
    assert taught(MOZAIK, *precedents) == ("answer", "mozaik")
    assert taught(GPI, *precedents) == ("answer", "gpi")
    assert taught(f"Bonjour, {MOZAIK} svp", *precedents) == ("answer", "mozaik")


def test_the_newest_answer_to_the_same_question_counts() -> None:
    assert taught(REPORTS, (REPORTS, "first"), (REPORTS, "second")) == ("answer", "second")


@pytest.mark.parametrize("question", ["J'ai oublié mon mot de passe", "I forgot my password"])
def test_the_very_words_of_a_wording_are_not_taken_over_by_what_is_merely_near(question: str) -> None:
    assert taught(question, (MOZAIK, "mozaik")) == ("answer", "password-forgotten")


def test_an_operator_may_answer_a_wording_otherwise() -> None:
    wording = "J'ai oublié mon mot de passe"
    assert taught(wording, (wording, "lesson-1")) == ("answer", "lesson-1")


def test_teaching_leaves_the_matcher_as_it_was() -> None:
    before = edition().matcher
    before.taught([Precedent(REPORTS, "lesson-1")])
    assert before.match(REPORTS).outcome != "answer"


def test_without_the_encoder_what_was_answered_before_is_known_by_its_words() -> None:
    matcher = edition_without_meaning().matcher.taught([Precedent(REPORTS, "lesson-1")])
    for question in (REPORTS, "quand les bulletins sont remis aux parents"):
        match = matcher.match(question)
        assert (match.outcome, match.candidates[0].id) == ("answer", "lesson-1")
    assert matcher.match("Qui répare les tableaux?").outcome != "answer"
