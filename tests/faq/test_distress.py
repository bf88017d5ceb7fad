"""Distress: found in whoever suffers, oneself or somebody near; never in words about limits and what others do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faq.edition import Edition
from tests.faq.knowledge import edition, edition_without_meaning

REAL = (
    "je suis épuisée, j'en peux plus",
    "c'est trop, j'en peux plus",
    "je peux plus continuer comme ça",
    "je suis à bout",
    "je pleure tous les soirs",
    "je pense au suicide",
    "elle veut mourir",
    "il parle de se tuer",
    "elle se coupe",
    "elle dit qu'elle veut en finir",
    "elle en peut plus, elle parle d'en finir",
    "c'est trop, elle veut plus vivre",
    "une élève m'a dit qu'elle voulait mourir",
    "mon élève a fait une tentative",
    "I can't go on like this",
    "I can't do this anymore",
    "she wants to kill herself",
    "one of my students is cutting herself",
    "she might hurt herself",
    "je n'en peux plus",
    "je veux plus vivre",
    "j'ai plus envie de vivre",
    "je suis en arrêt de travail, j'en peux plus",
    "je suis malade et je veux mourir",
    "je suis en congé et je pleure tous les jours",
    "je suis en dépression",
    "I'm on leave, I can't take it anymore",
    "I'm on sick leave and I want to die",
    "I don't want to live anymore",
    "I'm depressed",
)
NONE = (
    "elle peut pas dépasser!!",
    "elle ne peut pas dépasser",
    "c trop, elle peut plus continuer comme ça",
    "il peut pas continuer comme ça",
    "ma prof peut plus continuer comme ça",
    "elle arrive pas à continuer",
    "ça peut plus continuer",
    "on peut pas dépasser",
    "je veux pas qu'elle dépasse",
    "je pense qu'elle peut pas continuer",
    "je peux plus continuer ma déclaration",
    "la limite est dépassée",
    "c'est trop, elle exagère",
    "she can't go over the limit",
    "it's too much, she can't go on like this",
    "that can't go on",
    "je ne travaille plus là",
    "je travaille pu à cette école",
    "je n'enseigne plus",
    "je suis plus à cette école",
    "je suis en arrêt",
    "je suis en arrêt depuis octobre",
    "je suis en congé de maladie",
    "je suis malade",
    "je suis hospitalisé pour un bout",
    "je suis en congé de maternité, je reviens en août",
    "j'ai pris ma retraite en juin",
    "j'en ai assez de vos courriels",
    "arrêtez de m'écrire",
    "j'ai fait une erreur, annule l'envoi aux profs",
    "I'm on sick leave",
    "I don't work there anymore",
    "I no longer work at this school",
    "I've had enough of your reminders",
    "I retired in June",
)


@pytest.mark.parametrize("known", [edition, edition_without_meaning], ids=["meaning", "letters"])
@pytest.mark.parametrize(
    ("text", "found"), [*((text, True) for text in REAL), *((text, False) for text in NONE)]
)
def test_it_is_found_where_somebody_suffers(known: Callable[[], Edition], text: str, found: bool) -> None:
    match = known().read(text).match
    assert ((match.outcome, match.candidates[0].id) == ("small_talk", "distress")) is found
