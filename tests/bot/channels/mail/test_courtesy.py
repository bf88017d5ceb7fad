"""What a mail comes down to, without greeting, thanks and name; whatever says something is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.mail.read.courtesy import without_courtesy
from tests.effort import MOST, growth

SAID = "Pages : 12-30"

AROUND = [
    "Bonjour,\n\n{}\n\nMerci!",
    "Bonjour Madame Tremblay,\n{}\nMerci beaucoup et bonne journée\nCamille",
    "Bonjour madame,\n\n{}\n\nCordialement,\n\nCamille Tremblay\nEnseignante de 4e année\nÉcole A\n514 555-1234",
    "Allô!\n{}",
    "Bonjour à tous,\n\nJ'espère que vous allez bien.\n\n{}\nMerci d'avance, bonne fin de semaine!\nJean-Marc O'Neil",
    "bonjour marie,\n{}\nmerci de votre aide",
    "Salut l'équipe!\n{}\nAu plaisir,\nZoé",
    "À qui de droit,\n{}\nMes salutations distinguées,\nJean de la Fontaine",
    "Hi there,\n{}\nThanks,\nMorgan Sample",
    "Hello Marie-Ève,\n\n{}\n\nThank you very much!\n\nBest regards,\nAnn",
    "Dear Mr. Smith,\nI hope you are well.\n{}\nKind regards\nBob\nTeacher, Sample School",
    "Good morning,\n{}\nThanks for your help! Have a great day!",
    "{}\n\nMerci\xa0!",
]


@pytest.mark.parametrize("mail", AROUND)
@pytest.mark.parametrize("said", [SAID, "Où est le formulaire?\n\nJe ne le trouve pas.", "oui"])
def test_courtesies_are_left_out(mail: str, said: str) -> None:
    assert without_courtesy(mail.format(said)) == said


KEPT = [
    "Bonjour",
    "Merci!",
    "Bonjour Tristesse",
    "Merci, ça marche",
    "Bonjour, où est le formulaire?",
    "Bonjour pouvez-vous m'aider",
    "Bonjour J'ai perdu mon mot de passe\nIl commence par x",
    "Merci de me dire où cliquer",
    "Titre : Merci\nMerci\nOui",
    "Titre : Salut\nMerci\nenvoyer",
    "Titre : A\nMerci!\n\nAh oui, pages 12-30",
    "Titre : A\nMerci\nPages : 12-30",
    "oui\nMerci\nCamille\nEst-ce bien reçu?",
    "Best before\nx",
    "Hello world is the title\nx",
    "Thanks for the answer to my question about pages\nx",
    "",
    "\n\n",
]


@pytest.mark.parametrize("mail", KEPT)
def test_what_says_something_is_kept(mail: str) -> None:
    assert without_courtesy(mail) == mail


OWN_NAME = {
    "2 svp\n\nCamille": "2 svp",
    "2\nCamille": "2",
    "la 2 s'il vous plaît\ncamille roy": "la 2 s'il vous plaît",
    "oui\nRoy": "oui",
    "Titre : Le loup\n\n\nCamille Roy": "Titre : Le loup",
    "Bonjour,\n\nnon merci\n\nMerci\nCamille": "non merci",
    "Camille": "Camille",
    "\nCamille\n": "Camille",
    "Camille\n\nCamille": "Camille",
    "Le loup\nCamille": "Le loup\nCamille",
    "Titre : Le loup\nAuteur : Camille": "Titre : Le loup\nAuteur : Camille",
    "Le loup\n\nZoé": "Le loup\n\nZoé",
    "Le loup\n\nCamille?": "Le loup\n\nCamille?",
}


@pytest.mark.parametrize("mail", OWN_NAME)
def test_the_writers_own_name_is_left_out(mail: str) -> None:
    assert without_courtesy(mail, "Roy, Camille (CSS)") == OWN_NAME[mail]


def test_a_title_between_courtesies_is_a_title() -> None:
    assert without_courtesy("Bonjour,\n\nBonjour tristesse\n\nMerci,\nCamille") == "Bonjour tristesse"
    assert without_courtesy("Bonjour Tristesse\n\nMerci") == "Bonjour Tristesse"


LARGE = 200_000
WORDS = st.sampled_from(["Bonjour", "Merci", "Camille", "oui", ",", "\n", "\n\n", " ", "12", "Thanks", "é?"])


@given(st.lists(WORDS, max_size=30).map("".join))
def test_no_words_are_made_up_and_something_is_left(text: str) -> None:
    left = without_courtesy(text)
    assert left in text
    assert left.strip() or not text.strip()


@pytest.mark.parametrize(
    "line", ["Merci\n", "merci et ", "Bonjour Camille\n", "\n", "A b'", "Bonjour " * 9 + "\n"]
)
def test_its_time_is_linear(line: str) -> None:
    assert growth(without_courtesy, line, LARGE) < MOST
