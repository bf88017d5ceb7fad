"""How well what people want done is found, measured; each floor is a little under what it does now."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from faq.edition import Edition
from faq.evaluation import Evaluation, Tried, evaluate
from faq.labelled import Labelled, read_labelled
from faq.polarity import may_be_again, may_be_stop, stops_reminders
from faq.subject import Kind, load_topics
from faq.text import normalise
from tests.faq.answers import entries
from tests.faq.knowledge import edition, edition_without_meaning

FILE = Path(__file__).parent / "wishes.tsv"
"""Of the style `wish` and `blind` somebody wants something; `near` asks for an entry in words like those."""
LEARNT_FROM = 0.02
"""The share of lines that may be a wording too: people do put it alike."""
NO_MORE = (
    "annuler les rappels",
    "annulez mes rappels svp",
    "désactiver les rappels",
    "arrêtez les rappels",
    "arrêter mes rappels",
    "je ne veux plus de rappels",
    "jveux pu de rappels",
    "pas de rappels",
    "plus de rappels, merci",
    "pouvez-vous arrêter de m'envoyer des rappels svp",
    "désabonnez-moi des rappels",
    "please turn off the reminders",
    "turn off reminders",
    "turn the reminders off",
    "stop the reminders",
    "cancel reminders",
    "I don't want any more reminders",
    "no more reminders please",
    "could you stop sending me reminders",
    "unsubscribe me from the reminders",
)
NO_MORE_OF_IT = (
    "arrêtez de m'écrire",
    "ne m'écrivez plus",
    "enlevez-moi de la liste",
    "Laissez-moi tranquille",
    "PAS INTÉRESSÉE",
    "je veux pas me faire achaler, arrêtez",
    "stop emailing me",
    "please don't write to me again",
    "you keep sending these, stop",
    "leave me alone",
)
ANEW = (
    "remettez les rappels",
    "réactivez mes rappels svp",
    "je veux ravoir les rappels",
    "recommencez à m'écrire",
    "je me suis désabonnée par erreur",
    "j'avais arrêté les rappels, je les veux encore",
    "n'arrêtez pas les rappels",
    "je ne veux pas arrêter les rappels",
    "je veux continuer à recevoir les rappels",
    "turn the reminders back on",
    "resume my reminders",
    "I want reminders again",
    "I said stop by accident",
    "don't stop the reminders",
    "keep sending me reminders",
)
NEITHER = (
    "rappels",
    "reminders",
    "why do I keep getting these?",
    "pourquoi arrêtez-vous les rappels?",
    "Ne m'écrivez plus en anglais",
    "stop writing in French",
)


@cache
def wished() -> tuple[Labelled, ...]:
    known = {topic.id for topic in load_topics() if topic.kind is Kind.WISH}
    return read_labelled(FILE.name, FILE.read_bytes(), {*known, *entries()})


@cache
def figures(knowledge: Callable[[], Edition]) -> Evaluation:
    """As somebody reads them who may have every wish."""
    asked = wished()
    matches = knowledge().matcher.match_all([one.question for one in asked])
    return evaluate(Tried(one, match, 0.0) for one, match in zip(asked, matches, strict=True))


@pytest.mark.parametrize(
    ("knowledge", "style", "right", "one_tap", "wrong"),
    [
        (edition, "wish", 0.93, 0.96, 0.03),
        (edition, "blind", 0.8, 0.9, 0.03),
        (edition, "near", 0.85, 0.93, 0.05),
        (edition_without_meaning, "wish", 0.85, 0.9, 0.05),
        (edition_without_meaning, "near", 0.8, 0.9, 0.09),
    ],
)
def test_wishes_are_found_and_questions_are_not_taken_for_them(
    knowledge: Callable[[], Edition], style: str, right: float, one_tap: float, wrong: float
) -> None:
    found = {name: rate.share or 0.0 for name, rate in figures(knowledge).styles[style].items()}
    assert found["right"] >= right
    assert found["one_tap"] >= one_tap
    assert found["wrong"] <= wrong


def test_every_wish_is_put_in_more_than_one_way() -> None:
    known = {topic.id for topic in load_topics() if topic.kind is Kind.WISH}
    assert [wish for wish in known if sum(wish in one.expected for one in wished()) < 4] == []


def test_hardly_a_line_is_one_that_was_learnt_from() -> None:
    learnt = {
        normalise(line.text) for topic in load_topics() if topic.kind is Kind.WISH for line in topic.wordings
    }
    known = [one.question for one in wished() if normalise(one.question) in learnt]
    assert len(known) <= LEARNT_FROM * len(wished()), known


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Bonjour! Je suis en congé de maladie depuis octobre. Bonne journée à vous.", "away"),
        ("J'ai vu votre message hier. Arrêtez de m'écrire svp!", "stop"),
        ("Hello there again. I have nothing to declare this fall. Have a nice day!", "nothing"),
    ],
)
def test_a_sentence_among_others_may_be_the_wish(text: str, wish: str) -> None:
    match = edition().read(text).match
    assert (match.outcome, match.candidates[0].id) == ("wish", wish)


def test_a_sentence_of_suffering_is_heard_before_a_wish() -> None:
    match = edition().read("Je suis en congé de maladie. Je veux mourir.").match
    assert (match.outcome, match.candidates[0].id) == ("small_talk", "distress")


@pytest.mark.parametrize(
    ("text", "stop", "again"),
    [
        *((text, True, False) for text in (*NO_MORE, *NO_MORE_OF_IT)),
        *((text, False, True) for text in ANEW),
        *((text, False, False) for text in NEITHER),
    ],
)
def test_a_wish_is_never_taken_for_its_opposite(text: str, stop: bool, again: bool) -> None:
    said = normalise(text)
    assert (may_be_stop(said), may_be_again(said)) == (stop, again)
    assert stops_reminders(said) is (text in NO_MORE)


@pytest.mark.parametrize("known", [edition, edition_without_meaning], ids=["meaning", "letters"])
@pytest.mark.parametrize(
    ("text", "never"),
    [
        *((text, "remind-again") for text in (*NO_MORE, *NO_MORE_OF_IT, *NEITHER)),
        *((text, "stop") for text in (*ANEW, *NEITHER)),
        ("je ne travaille plus sur mon ordi, ca marche pas", "away"),
    ],
)
def test_nobody_is_even_offered_the_opposite(known: Callable[[], Edition], text: str, never: str) -> None:
    match = known().read(text).match
    assert never not in [one.id for one in (*match.candidates, *match.wishes)]
