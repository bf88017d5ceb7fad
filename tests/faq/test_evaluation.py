"""Figures checked by hand on a handful of questions."""

from __future__ import annotations

import pytest

from faq.entry import Language
from faq.evaluation import Confusion, Evaluation, Rate, Tried, evaluate
from faq.labelled import Labelled
from faq.matcher import Candidate, Match, Outcome

OUTCOMES: dict[str, Outcome] = {
    "!": "answer",
    "?": "ask_back",
    "-": "unknown",
    "~": "small_talk",
    "=": "wish",
}
TRIED = """
key      plain  !key
key      plain  !key cat
key      sms    ?cat key
key      sms    !cat key
key      sms    !cat
cat      plain  ?key dog
cat      plain  -cat
cat      sms    ~greeting
key|cat  plain  !cat
key|cat  sms    ?dog cat
none     plain  -key
none     plain  ~thanks
none     sms    !dog
none     sms    ?dog cat
"""
"""Expected, style, and the outcome with its candidates, a line each from 1 on."""


def tried(number: int, line: str) -> Tried:
    label, style, outcome, *more = line.split()
    expected = () if label == "none" else tuple(label.split("|"))
    asked = Labelled(number, expected, Language.FR, style, "?")
    candidates = tuple(Candidate(id_, 0.5) for id_ in (outcome[1:], *more))
    return Tried(asked, Match(OUTCOMES[outcome[0]], candidates), ms=float(number))


@pytest.fixture
def figures() -> Evaluation:
    return evaluate(tried(number, line) for number, line in enumerate(TRIED.strip().splitlines(), 1))


def test_what_an_entry_answers_is_counted(figures: Evaluation) -> None:
    assert {name: (rate.count, rate.of) for name, rate in figures.in_scope.items()} == {
        "top_1": (4, 10),
        "top_3": (7, 10),
        "right": (3, 10),
        "one_tap": (5, 10),
        "wrong": (2, 10),
        "missed": (3, 10),
    }


def test_what_no_entry_answers_is_counted(figures: Evaluation) -> None:
    assert figures.out_of_scope == {"answered": Rate(1, 4), "asked_back": Rate(1, 4)}


def test_the_same_is_counted_by_style_and_by_entry(figures: Evaluation) -> None:
    assert {style: (rates["right"], rates["one_tap"]) for style, rates in figures.styles.items()} == {
        "plain": (Rate(3, 5), Rate(3, 5)),
        "sms": (Rate(0, 5), Rate(2, 5)),
    }
    assert {style: rates["answered"] for style, rates in figures.styles_out.items()} == {
        "plain": Rate(0, 2),
        "sms": Rate(1, 2),
    }
    assert {entry: (rates["right"], rates["wrong"]) for entry, rates in figures.entries.items()} == {
        "cat": (Rate(1, 5), Rate(0, 5)),
        "key": (Rate(3, 7), Rate(2, 7)),
    }


def test_what_was_not_met_as_it_should_be_is_named_with_its_lines(figures: Evaluation) -> None:
    assert figures.confusions == (
        Confusion("key", "answer", ("cat",), (4, 5)),
        Confusion("cat", "ask_back", ("key", "dog"), (6,)),
        Confusion("cat", "small_talk", ("greeting",), (8,)),
        Confusion("cat", "unknown", (), (7,)),
        Confusion("none", "answer", ("dog",), (13,)),
        Confusion("none", "ask_back", ("dog", "cat"), (14,)),
    )


def test_the_time_of_a_question_is_told_by_its_median_and_95th_percentile(figures: Evaluation) -> None:
    assert (figures.median_ms, figures.p95_ms) == (7.5, 14.0)
    many = evaluate(tried(number, "key plain !key") for number in range(1, 101))
    assert (many.median_ms, many.p95_ms) == (50.5, 95.0)


@pytest.mark.parametrize(
    ("rate", "share", "interval"),
    [
        (Rate(8, 10), 0.8, (0.4902, 0.9433)),
        (Rate(0, 10), 0.0, (0.0, 0.2775)),
        (Rate(10, 10), 1.0, (0.7225, 1.0)),
        (Rate(1, 1), 1.0, (0.2065, 1.0)),
        (Rate(2, 77), 0.026, (0.0072, 0.0898)),
    ],
)
def test_a_rate_has_the_interval_of_wilson(rate: Rate, share: float, interval: tuple[float, float]) -> None:
    assert rate.share == pytest.approx(share, abs=1e-3)
    assert rate.interval == pytest.approx(interval, abs=1e-3)


def test_of_nothing_there_is_no_share() -> None:
    assert (Rate(0, 0).share, Rate(0, 0).interval) == (None, None)
    assert evaluate([tried(1, "none plain -key")]).in_scope["right"] == Rate(0, 0)
