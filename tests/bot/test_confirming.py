"""What confirms: one yes after the other, or a yes that another choice follows."""

from __future__ import annotations

import pytest

from bot.question import Question
from bot.reading import one_of_values
from bot.reading.choices import confirmed_by

ALONE = Question("sure", "nothing/ask-sure", one_of_values("yes"), confirms=True)
EITHER = Question("recap", "campaign/recap", one_of_values("send", "tomorrow"), confirms=True)
NO_YES = Question("which", "campaign/recap", one_of_values("paper", "screen"), confirms=True)
LABELS = {
    "yes": ("Oui, c’est sûr",),
    "send": ("Envoyer maintenant", "envoyer", "oui"),
    "tomorrow": ("Plutôt demain à 7 h", "plutôt demain", "demain plutôt", "mais demain"),
    "paper": ("Papier",),
    "screen": ("Écran", "plutôt demain"),
}


@pytest.mark.parametrize(
    ("question", "text", "chosen"),
    [
        pytest.param(ALONE, "ok parfait envoie", "yes", id="yes after yes"),
        pytest.param(ALONE, "oui c'est beau vas-y", "yes", id="three of them"),
        pytest.param(ALONE, "ok parfait envoie pas", None, id="and then a no"),
        pytest.param(ALONE, "parfait comme titre", None, id="something else after it"),
        pytest.param(EITHER, "ok parfait envoie", "send", id="the first of several"),
        pytest.param(EITHER, "d’accord", "send", id="a mere yes"),
        pytest.param(EITHER, "envoie ça demain plutôt", "tomorrow", id="the other after a yes"),
        pytest.param(EITHER, "Oui, mais demain svp", "tomorrow", id="but"),
        pytest.param(EITHER, "envoie pas demain", None, id="not that"),
        pytest.param(EITHER, "envoie ça à Camille", None, id="nothing of it"),
        pytest.param(NO_YES, "oui", None, id="no choice says yes"),
        pytest.param(NO_YES, "oui plutôt demain", None, id="nor follows one"),
    ],
)
def test_a_confirmation_takes_a_yes_in_many_words(
    question: Question[object], text: str, chosen: str | None
) -> None:
    options = [(value, LABELS[value]) for value in question.reader.choices]
    assert confirmed_by(question, options, text) == chosen
