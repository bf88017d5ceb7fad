"""What is made of scores."""

from __future__ import annotations

import pytest

from faq.deciding import (
    ANSWER,
    ASK_BACK,
    BEHIND_OTHERS,
    CONFIDENT,
    LEAD,
    LEAD_OF_WISH,
    LEAD_OVER_OTHERS,
    LEAD_OVER_WISH,
    MOST,
    NEAR_WISH,
    SMALL_TALK,
    WISH,
    WORTH_NAMING,
    Candidate,
    Match,
    Outcome,
    confident,
    decide,
    heeding,
)
from faq.entry import Language, Wording
from faq.matcher import Matcher
from faq.subject import Kind, Subject

A_BIT = 0.001
KINDS = {"~": Kind.SMALL_TALK, "-": Kind.ELSEWHERE, "!": Kind.WISH}


def decided(scores: dict[str, float]) -> tuple[str, str]:
    """The outcome and the candidates; an id that begins with ~ is small talk, with ! a wish, with - another matter."""
    return told(matched(scores))


def matched(scores: dict[str, float]) -> Match:
    return decide(
        {Subject(name, KINDS.get(name[0], Kind.ENTRY), ()): score for name, score in scores.items()}
    )


def told(match: Match) -> tuple[str, str]:
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


@pytest.mark.parametrize(
    ("scores", "match"),
    [
        ({"!stop": 0.8, "a": 0.1}, ("wish", "!stop")),
        ({"!stop": WISH, "a": WISH - LEAD_OF_WISH - A_BIT}, ("wish", "!stop")),
        ({"!stop": WISH - A_BIT}, ("ask_back", "!stop")),
        ({"!stop": NEAR_WISH - A_BIT}, ("unknown", "")),
        ({"!stop": 0.5, "a": 0.5 - LEAD_OF_WISH + A_BIT}, ("ask_back", "!stop a")),
        ({"!stop": 0.5, "!later": 0.5 - LEAD_OF_WISH + A_BIT}, ("ask_back", "!stop !later")),
        ({"a": 0.5, "!stop": 0.5 - LEAD_OVER_WISH + A_BIT}, ("ask_back", "a !stop")),
        ({"a": 0.5, "!stop": 0.5 - LEAD_OVER_WISH - A_BIT}, ("answer", "a")),
        ({"!stop": 1.0, "a": 0.99}, ("wish", "!stop")),
        ({"!stop": 1.0, "!later": 1.0}, ("ask_back", "!later !stop")),
        ({"~thanks": 0.9, "!stop": 0.5}, ("small_talk", "~thanks")),
        ({"~thanks": 0.5, "!stop": 0.9}, ("wish", "!stop")),
        ({"-bus": 0.9, "!stop": 0.5}, ("unknown", "")),
    ],
)
def test_a_wish_is_weighed_against_all_else(scores: dict[str, float], match: tuple[str, str]) -> None:
    assert decided(scores) == match


def test_who_suffers_is_heard_before_any_wish() -> None:
    scores = {
        Subject("distress", Kind.SMALL_TALK, ()): SMALL_TALK,
        Subject("away", Kind.WISH, ()): 0.99,
    }
    assert told(decide(scores)) == ("small_talk", "distress")


@pytest.mark.parametrize(
    ("scores", "possible", "match"),
    [
        ({"!missing": 0.8, "!stop": 0.4}, "!stop", ("wish", "!stop")),
        ({"!missing": 0.4, "!stop": 0.38}, "!stop", ("wish", "!stop")),
        ({"!missing": 0.8, "a": 0.3}, "", ("answer", "a")),
        ({"!missing": 0.8}, "", ("unknown", "")),
        ({"!missing": 0.8, "a": 0.3}, "!missing", ("wish", "!missing")),
        ({"a": 0.8}, "", ("answer", "a")),
    ],
)
def test_a_wish_that_cannot_be_meant_gives_way(
    scores: dict[str, float], possible: str, match: tuple[str, str]
) -> None:
    assert told(heeding(matched(scores), lambda wish: wish in possible.split())) == match


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
