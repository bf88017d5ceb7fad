"""Whether two questions are one: the operator is asked once, and the same answer goes to both."""

from __future__ import annotations

import pytest

from faq.sense import Sense, alike
from tests.faq.knowledge import edition

SAME = [
    ("Quand les bulletins sont-ils remis?", "Quand est-ce que les bulletins sont remis?"),
    ("Où est-ce que je trouve le formulaire de congé?", "C'est où que j'trouve le formulaire de congé?"),
    ("When do we get the report cards?", "when are we getting the report cards"),
    ("Comment obtenir une licence?", "Comment je fais pour avoir une licence?"),
]
DIFFERENT = [
    ("Quand les bulletins sont-ils remis?", "Où est-ce que je stationne mon auto?"),
    ("Combien coûte une licence?", "Combien de temps dure la formation?"),
    ("My projector is broken", "My account is locked"),
    ("Qui répare les tableaux?", "Qui est la directrice?"),
    ("Comment supprimer un plan?", ""),
]
SAME_IN_OTHER_ORDER = [
    ("les bulletins, c'est quand?", "C'est quand, les bulletins"),
    ("Où est le formulaire?", "ou est le formulaire"),
    ("mdp oublié", "Mot de passe oublié!"),
]


def understood(text: str) -> Sense:
    return Sense(text, edition().read(text).sense)


def by_words(text: str) -> Sense:
    return Sense(text, b"")


@pytest.mark.parametrize(("one", "other"), [*SAME, *SAME_IN_OTHER_ORDER])
def test_the_same_question_in_other_words(one: str, other: str) -> None:
    assert alike(understood(one), understood(other))
    assert alike(understood(other), understood(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_question(one: str, other: str) -> None:
    assert not alike(understood(one), understood(other))
    assert not alike(by_words(one), by_words(other))


@pytest.mark.parametrize(("one", "other"), SAME_IN_OTHER_ORDER)
def test_without_meaning_the_words_tell(one: str, other: str) -> None:
    assert alike(by_words(one), by_words(other))
    assert alike(by_words(one), understood(other))
    assert alike(understood(one), by_words(other))
