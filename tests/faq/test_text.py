"""Text as it is matched: spellings made plain, and the shape of a question."""

from __future__ import annotations

import pytest

from faq.text import looks_like_question, normalise, stem


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("L’ŒUVRE à déclarer!!!", "l oeuvre a declarer"),
        ("Où est-ce?", "ou est ce"),
        ("J'suis pu capable", "je suis plus capable"),
        ("g oublié mon mdp svp", "j ai oublie mon mot de passe s il vous plait"),
        ("cmt fo fr??", "comment fo fr"),
        ("C'est kan", "c est quand"),
        ("I can't log in, thx", "i can not log in thanks"),
        ("Alloooooo", "alloo"),
        ("12-30, 45", "12 30 45"),
        ("🙂 ?!", ""),
        ("", ""),
    ],
)
def test_text_is_made_plain(written: str, plain: str) -> None:
    assert normalise(written) == plain


@pytest.mark.parametrize(
    "family",
    [
        ("verrouille", "verrouiller", "verrouilles", "verouille"),
        ("photocopie", "photocopies", "photocopiee"),
        ("declarer", "declare", "declares"),
        ("locked", "locking", "locks"),
        ("limite", "limites", "limitte"),
    ],
)
def test_a_family_of_words_has_one_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "C'est quoi un ISBN?",
        "c'est quoi un ISBN",
        "comment je fais pour revenir",
        "Bonjour, pourquoi vous demandez ça",
        "où je trouve le numéro",
        "Où est Charlie?",
        "est-ce que c'est long",
        "dis-moi, est-ce que je peux sauter ça",
        "faut-tu que je mette tout",
        "y'a-tu moyen d'arrêter",
        "jpeux tu passer",
        "combien ça prend de temps",
        "kan est-ce que ça finit",
        "jusqu'à quand",
        "je clique où, et je fais quoi",
        "à qui j'écris",
        "puis-je continuer demain",
        "how do I go back",
        "hi, what is an ISBN",
        "is this mandatory",
        "tell me how do i stop",
    ],
)
def test_a_question_looks_like_one(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le Petit Prince",
        "Retour",
        "Aide-mémoire de grammaire",
        "12-30, 45",
        "Tintin au Tibet",
        "Les aventures de Tutu",
        "Modifier le monde",
        "J'ai oublié mon mot de passe",
        "Mathématiques, 3e année",
        "The Gruffalo",
        "9782070612758",
        "hier",
    ],
)
def test_a_title_or_an_answer_does_not(text: str) -> None:
    assert not looks_like_question(text)
