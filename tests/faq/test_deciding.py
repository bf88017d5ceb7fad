"""What is made of scores."""

from __future__ import annotations

import pytest

from faq.deciding import (
    ANSWER,
    ASK_BACK,
    BEHIND_OTHERS,
    CONFIDENT,
    LEAD,
    LEAD_OVER_OTHERS,
    MOST,
    SMALL_TALK,
    WORTH_NAMING,
    Candidate,
    Match,
    Outcome,
    confident,
    decide,
)
from faq.entry import Language, Wording
from faq.matcher import Matcher
from faq.subject import Kind, Subject

A_BIT = 0.001
KINDS = {"~": Kind.SMALL_TALK, "-": Kind.ELSEWHERE}


def decided(scores: dict[str, float]) -> tuple[str, str]:
    """The outcome and the candidates; an id that begins with ~ is small talk, with - another matter."""
    match = decide(
        {Subject(name, KINDS.get(name[0], Kind.ENTRY), ()): score for name, score in scores.items()}
    )
    return match.outcome, " ".join(candidate.id for candidate in match.candidates)


@pytest.mark.parametrize(
    ("scores", "match"),
    [
        ({"a": 0.8, "b": 0.1}, ("answer", "a b")),
        ({"a": 0.4, "b": 0.7}, ("answer", "b a")),
        ({"a": ANSWER, "b": 0.0}, ("answer", "a")),
        ({"a": ANSWER - A_BIT, "b": 0.0}, ("ask_back", "a")),
        ({"a": 0.8, "b": 0.8 - LEAD - A_BIT}, ("answer", "a b")),
        ({"a": 0.8, "b": 0.8 - LEAD + A_BIT}, ("ask_back", "a b")),
        ({"b": 0.6, "a": 0.6}, ("ask_back", "a b")),
        ({"a": 1.0, "b": 0.99}, ("answer", "a b")),
        ({"a": 1.0, "b": 1.0}, ("ask_back", "a b")),
        ({"a": 1.0, "~thanks": 1.0, "-bus": 1.0}, ("answer", "a")),
        ({"a": ASK_BACK}, ("ask_back", "a")),
        ({"a": ASK_BACK - A_BIT}, ("unknown", "a")),
        ({"a": WORTH_NAMING}, ("unknown", "a")),
        ({"a": WORTH_NAMING - A_BIT}, ("unknown", "")),
        ({"a": 0.0}, ("unknown", "")),
        ({}, ("unknown", "")),
        ({"a": 0.26, "b": 0.27, "c": 0.28, "d": 0.29}, ("ask_back", "d c b")),
        ({"a": 0.5, "-bus": 0.5 - LEAD_OVER_OTHERS - A_BIT}, ("answer", "a")),
        ({"a": 0.5, "-bus": 0.5 - LEAD_OVER_OTHERS + A_BIT}, ("ask_back", "a")),
        ({"a": 0.3, "-bus": 0.3 + BEHIND_OTHERS - A_BIT}, ("ask_back", "a")),
        ({"a": 0.3, "-bus": 0.3 + BEHIND_OTHERS + A_BIT}, ("unknown", "a")),
        ({"-bus": 1.0, "a": 0.1}, ("unknown", "a")),
        ({"~thanks": 0.9, "~bye": 0.8, "a": 0.3}, ("small_talk", "~thanks")),
        ({"~thanks": SMALL_TALK, "a": 0.0}, ("small_talk", "~thanks")),
        ({"~thanks": SMALL_TALK - A_BIT, "a": 0.0}, ("unknown", "")),
        ({"~thanks": 0.7, "a": 0.8}, ("ask_back", "a")),
        ({"~thanks": 0.7, "-bus": 0.8, "a": 0.1}, ("unknown", "a")),
    ],
)
def test_scores_are_decided_on(scores: dict[str, float], match: tuple[str, str]) -> None:
    assert decided(scores) == match


def test_no_more_are_named_than_fit_on_buttons() -> None:
    outcome, named = decided(dict.fromkeys("abcdefgh", 0.3))
    assert (outcome, len(named.split())) == ("ask_back", MOST)


@pytest.mark.parametrize(
    ("outcome", "score", "sure"),
    [
        ("answer", 1.0, True),
        ("answer", CONFIDENT, True),
        ("answer", CONFIDENT - A_BIT, False),
        ("ask_back", 1.0, False),
        ("small_talk", 1.0, False),
    ],
)
def test_in_the_middle_of_a_talk_only_a_sure_answer_counts(
    outcome: Outcome, score: float, sure: bool
) -> None:
    assert confident(Match(outcome, (Candidate("a", score),))) is sure


def test_of_nothing_nobody_is_confident() -> None:
    assert not confident(Match("unknown", ()))


def wordings(*lines: str) -> tuple[Wording, ...]:
    return tuple(Wording(Language.FR, line) for line in lines)


def test_a_question_that_leads_to_two_entries_is_asked_back() -> None:
    subjects = [
        Subject("key", Kind.ENTRY, wordings("Où est ma clé de bureau?", "J'ai perdu ma clé", "Perdu!")),
        Subject("cat", Kind.ENTRY, wordings("Où est mon chat de bureau?", "J'ai perdu mon chat", "Perdu!")),
    ]
    assert Matcher(subjects).match("perdu") == Match(
        "ask_back", (Candidate("cat", 1.0), Candidate("key", 1.0))
    )


def test_without_subjects_nothing_is_known() -> None:
    assert Matcher(()).match("Comment déclarer?") == Match("unknown", ())
    assert Matcher(()).match_all([]) == []
