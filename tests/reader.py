"""Reads a page as a person does: which question it puts, and what the draft on it says."""

from __future__ import annotations

import re
from collections.abc import Mapping

ASKS: Mapping[str, str] = {
    "kind": "Qu’avez-vous copié?",
    "origin": "Voyons si cela se déclare",
    "source": "D’où vient la pièce?",
    "isbn": "Quel est l’ISBN?|Quel est l’ISSN",
    "title": "Quel est le titre|De quelle publication vient l’image?",
    "same": "est-ce l’une de ces œuvres",
    "author": "Qui est l’auteur|Qui a écrit les paroles|Qui a composé",
    "publisher": "Quelle est la maison d’édition",
    "year": "En quelle année",
    "total": "Combien de pages (?:l’œuvre|compte)",
    "copied": "Quelles pages avez-vous copiées?",
    "medium": "Comment les élèves l’ont-ils reçu",
    "pupils": "combien d’élèves?",
    "used": "Quel jour l’avez-vous utilisé",
    "level": "Pour quel niveau",
    "note": "Quelle note voulez-vous ajouter",
    "recap": "Est-ce exact?",
    "held": "est-ce votre réponse, ou une question?",
    "which": "Quelle réponse voulez-vous modifier?",
    "dropped": "C’est abandonné",
    "sent": "Déclaration envoyée",
}
FOUND = re.compile("|".join(f"(?P<{name}>{words})" for name, words in ASKS.items()))
STANDING = re.compile(r"Réponse actuelle\u00a0: (.+?)\. Pour la garder")
LINE = re.compile(r"^([^\n:]+)\u00a0: (.+)$", re.MULTILINE)


def asked(page: str) -> str:
    """What the page asks in the end; empty where it asks nothing."""
    found = list(FOUND.finditer(page))
    return found[-1].lastgroup or "" if found else ""


def draft(page: str) -> dict[str, str]:
    """The lines of the draft shown, by field."""
    text = page.partition("Brouillon, pas encore envoyé\n")[2].partition("\n\n")[0]
    return dict(LINE.findall(text))


def standing(page: str) -> str:
    """The answer that is being edited, as the page says it; empty where it says none."""
    found = STANDING.search(page)
    return found[1] if found else ""
