"""Choices, yes or no, and skipping."""

from __future__ import annotations

from enum import StrEnum

import pytest

from bot.reading import (
    a_count,
    an_isbn,
    one_of,
    one_of_values,
    optional,
    page_ranges,
    some_text,
    yes_or_no,
)
from tests.bot.answers import outcome, typed


class Medium(StrEnum):
    PAPER = "paper"
    SCREEN = "screen"


def test_a_choice_is_read_by_its_value_alone() -> None:
    medium = one_of(Medium)
    assert medium.choices == ("paper", "screen")
    assert outcome(medium, "Papier", "paper") is Medium.PAPER
    assert outcome(medium, "paper") == "read/choose-one"
    assert outcome(medium, "Cire", "wax") == "read/choose-one"


def test_plain_values_are_read_likewise() -> None:
    reader = one_of_values("send", "edit")
    assert (reader.choices, outcome(reader, "Envoyer", "send")) == (("send", "edit"), "send")
    assert outcome(reader, "Envoyer") == "read/choose-one"


@pytest.mark.parametrize(
    "text",
    typed(
        """
        oui | Oui! | OUI!!! | ouiiii | ouais | oui oui | oui svp | Oui, s’il vous plaît | mais oui
        ben oui | oui, c’est ça | oui je confirme | ok | OK. | okay | d’accord | D'ACCORD
        d’accord, merci | correct | c’est correct | correctt | exact | c'est exact | exactement
        c’est beau | C’est beau, merci | c’est bon | parfait | parfait merci! | ça marche | bien sûr
        tout à fait | mets-en | certainement | go | yes | Yes please | yep | yup | yeah | sure
        of course | that’s right | absolutely | y | o | 👍 | 👍🏽 | ✅ | ✔️
        """
    ),
)
def test_yes(text: str) -> None:
    assert outcome(yes_or_no(), text) is True


@pytest.mark.parametrize(
    "text",
    typed(
        """
        non | Non. | NON!! | nonn | non non | non merci | Non, pas du tout | pas du tout | pantoute
        jamais | aucunement | pas vraiment | faux | c’est pas ça | no | No thanks | no thank you | nope
        not at all | never | wrong | n | 👎 | 👎🏿 | ❌
        """
    ),
)
def test_no(text: str) -> None:
    assert outcome(yes_or_no(), text) is False


@pytest.mark.parametrize(
    "text",
    typed(
        """
        12 | peut-être | oui mais non | oui non | oui, mais le 12 | je pense que oui sauf pour le titre
        no problem | merci | ? | c’est quoi un ISBN? | yes but change the title | 🤷
        """
    ),
)
def test_neither_yes_nor_no(text: str) -> None:
    assert outcome(yes_or_no(), text) == "read/yes-or-no"


def test_no_text_is_neither_and_nothing_to_skip() -> None:
    assert outcome(yes_or_no(), "") == "read/yes-or-no"
    assert outcome(optional(some_text()), "") == "read/empty"


def test_yes_and_no_by_their_buttons() -> None:
    assert yes_or_no().choices == ("yes", "no")
    assert outcome(yes_or_no(), "Oui, envoyer", "yes") is True
    assert outcome(yes_or_no(), "Pas tout de suite", "no") is False


@pytest.mark.parametrize(
    "text",
    typed(
        """
        passer | Passer. | je passe | saute | skip | Skip it | suivant | aucun | aucune | none | rien
        nothing | - | — | / | n/a | N/A | NA | s/o | sans objet | pas de note | Pas d’ISBN
        pas d'auteur | aucune remarque | sans auteur | no ISBN | no note | je ne sais pas | Je sais pas
        jsp | sais pas | chais pas | aucune idée | je ne suis pas sûre | don’t know | I don't know
        dunno | idk | not sure | inconnu | unknown | je n’en ai pas | I don’t have it | non | no
        j’ai pas ça | Je l’ai pas sous la main | je ne l’ai pas sous la main | pas sous la main
        """
    ),
)
def test_nothing_to_say(text: str) -> None:
    assert outcome(optional(some_text()), text) is None
    assert outcome(optional(an_isbn()), text) is None
    assert outcome(optional(a_count()), text) is None
    assert outcome(optional(page_ranges()), text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Pas de panique",
        "Pas de corrigé distribué",
        "Rien que la vérité",
        "Passer l’hiver",
        "Aucun de nous",
        "0",
    ],
)
def test_what_only_begins_like_nothing_is_kept(text: str) -> None:
    assert outcome(optional(some_text()), text) == text


def test_optional_keeps_what_its_reader_says_and_adds_a_choice() -> None:
    reader = optional(page_ranges())
    assert (reader.choices, reader.numbered, reader.reads_anything) == (("whole", "skip"), False, False)
    assert optional(some_text()).reads_anything
    assert outcome(optional(a_count()), "Passer", "skip") is None
    assert outcome(optional(some_text()), "Passer", "work-12") == "Passer"
    assert outcome(optional(a_count()), "28") == 28
    assert outcome(optional(a_count()), "beaucoup") == "read/no-count"


def test_no_may_answer_an_optional_yes_or_no() -> None:
    assert outcome(optional(yes_or_no()), "non") is False
    assert outcome(optional(yes_or_no()), "aucune idée") is None
