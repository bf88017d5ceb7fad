"""What people say of a step or of themselves in their own words, where they take none of the choices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.question import Answer, Reader, Unreadable
from bot.reading import fold, one_of_values
from faq.text import looks_like_question
from handlers.signing.states import Result, Side

STUCK: Final = re.compile(
    r"\b(?:bloque\w*|coince\w*|bug\w*|plante|erreurs?|errors?|stuck|fails?|failed|can'?t|cannot)\b"
    r"|\b(?:introuvable|gris\w*|gr[ae]y\w*|page blanche|blank|404|not found)\b"
    r"|\b(?:marche|fonctionne|veut|ouvre|rentre|passe|change)s?(?: \w+){0,2} (?:pas|plus|rien|pantoute)\b"
    r"|\b(?:pas|plus) (?:capable|reussi)\b|\btoujours (?:pas|rien)\b|\bencore (?:rien|pareil)\b|\bpas mieux\b"
    r"|\b(?:not|never|still|n't|(?:does|did|is|wo)n'?t)(?: \w+)? (?:work\w*|able|open\w*)\b"
    r"|\bstill not(?:hing)?\b|\bno luck\b"
)
"""It does not work; folded text, as all of these."""
UNSURE: Final = re.compile(
    r"\b(?:sai[st]|comprends?|connais) (?:\w+ )?(?:pas|rien|plus)\b|\b(?:don'?t|do not) (?:know|understand|get)\b"
    r"|\b(?:peut[- ]?etre|maybe|perhaps|aucune idee|pas d'idee|no idea|idk|dunno|jsp|unsure|not sure|pas sure?"
    r"|pas certaine?|pas encore|not yet|perdue?|lost|mele\w*|confus\w*)\b"
)
ASKS_WHAT: Final = re.compile(r"\b(?:sai[st]|comprends?) (?:pas|rien),? (?:c'est|ce que|what)\b")
"""« Je sais pas c’est quoi les statuts? » asks for nothing else."""
LACKS: Final = re.compile(
    r"\b(?:pas|aucun|sans) (?:encore )?(?:de |d')?(?:compte|mozaik)\b"
    r"|\b(?:no|without|(?:do|does)(?:n'?t| not) have) (?:an? )?(?:mozaik )?(?:account|mozaik)\b"
)
REFUSES: Final = re.compile(
    r"\b(?:refus\w+|ve[ux]\w* (?:pas|pus?|plus)|(?:do not|don'?t|doesn'?t) want|won'?t|will not)"
    r"(?: de| to)?(?: le| la| l'| it)? ?sign\w*"
)
"""« Je ne veux pas signer »: nothing is broken."""
SURMISED: Final = re.compile(
    r"\b(?:je (?:pense|crois)|j'?(?:pense|crois)|peut[- ]etre|on dirait|semble|i (?:think|guess|believe)|maybe"
    r"|probably|seems?)\b"
)
SOLVED: Final = re.compile(
    r"\b(?:c'est (?:regle|signe|bon|beau)|(?:ca|sa) (?:a )?(?:marche|fonctionne)|it work(?:s|ed)"
    r"|(?:j'ai|on a) (?:reussi|signe))\b"
)

SIDES: Final[Mapping[Side, re.Pattern[str]]] = {
    Side.SECRETARY: re.compile(r"\bsecreta\w+"),
    Side.DIRECTION: re.compile(r"\b(?:direct(?:ion|rice|eur)s?|principal|vice-principal|administrator)\b"),
    Side.STAFF: re.compile(
        r"\b(?:prof\w*|enseign\w+|teach\w+|ortho\w+|tes|psycho\w+|educat\w+|specialiste|specialist|staff|personnel)\b"
    ),
    Side.PARENT: re.compile(
        r"\b(?:meres?|peres?|maman|papa|parents?|tut(?:eur|rice)|grand-?m?p?ere|mother|father|mom|mum|dad|guardian)\b"
    ),
}
INTRODUCED: Final = re.compile(
    r"\b(?:je suis|j'suis|chuis|chus?|moi c'est|i'm|im|i am|ici)((?:[ ']\w[\w-]*){1,4})"
)
OWN_CHILD: Final = re.compile(
    r"\b(?:mon|ma|mes|my) (?:fils|filles?|enfants?|gars|garcon|ado|son|sons|daughters?|child|children|kids?)\b"
)


def came_of_it(*results: Result, stuck: Result | None = Result.TRIED) -> Reader[Result]:
    """One of the choices, or what somebody says in other words; `stuck`: what "it does not work" means, if anything."""
    chosen = one_of_values(*results)

    def read(answer: Answer) -> Result:
        said = Result(chosen.read(answer)) if answer.value is not None else _said_of_it(answer.text)
        if said is Result.SOLVED and SURMISED.search(fold(answer.text)):
            raise Unreadable("signing/surely")
        if answer.value is not None:
            return Result(answer.value)
        if said is Result.LACKING and said not in results:
            said = Result.UNSURE
        meant = stuck if said is Result.TRIED else said
        if meant is None:
            raise Unreadable(_why_not(said, answer.text))
        return meant

    return Reader(read, chosen.choices, loose=True)


def lacks_account(answer: Answer | None) -> bool:
    """Whether somebody has told already, at another step, that there is no account."""
    return answer is not None and answer.value is None and bool(LACKS.search(fold(answer.text)))


def _why_not(said: Result | None, text: str) -> str:
    """What is said where a text is none of the answers."""
    if REFUSES.search(fold(text)):
        return "signing/refuses"
    return "signing/symptom" if said is Result.TRIED else "signing/choose"


def _said_of_it(text: str) -> Result | None:
    said = fold(text)
    if ASKS_WHAT.search(said):
        return Result.UNSURE
    if looks_like_question(text) or REFUSES.search(said):
        return None
    if LACKS.search(said):
        return Result.LACKING
    meant = ((STUCK, Result.TRIED), (UNSURE, Result.UNSURE), (SOLVED, Result.SOLVED))
    return next((result for pattern, result in meant if pattern.search(said)), None)


def a_side() -> Reader[Side]:
    """One of the sides, or who somebody says that they are."""
    chosen = one_of_values(*Side)

    def read(answer: Answer) -> Side:
        if answer.value is not None:
            return Side(chosen.read(answer))
        said = fold(answer.text)
        named = [side for side, pattern in SIDES.items() if pattern.search(said)]
        side = named[0] if len(named) == 1 else introduced(answer.text)
        if side is None:
            raise Unreadable("signing/choose")
        return side

    return Reader(read, chosen.choices, loose=True)


def introduced(text: str) -> Side | None:
    """Who somebody says that they are in the sentence that tells what they want, if they do."""
    said = fold(text)
    for who in INTRODUCED.finditer(said):
        named = (
            (found.start(), side) for side, pattern in SIDES.items() if (found := pattern.search(who[1]))
        )
        first = min(named, default=None)
        if first:
            return first[1]
    return Side.PARENT if OWN_CHILD.search(said) else None
