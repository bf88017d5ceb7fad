"""What is said around a code: asking for one in a sentence, waiting for it in vain, being somebody else after all."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import dropwhile
from typing import Final

from bot import dialogue
from bot.messages import Kind
from bot.reading.words import fold, plain
from bot.turn import LATELY, Said, Turn, refusal, say
from handlers.roster.linking import AGAIN, ANEW, LINK, code_given, pending_code
from storage import addresses
from storage.talks import KeptTalk

ADDRESS: Final = re.compile(r"<?(?:mailto:)?[^\s<>,;:@]+@[^\s<>,;:@]+\.[^\s<>,;:@]+>?", re.IGNORECASE)
BESIDE: Final = re.compile(
    r"(?:with|to|at|via|by|my|using|is|e-?mail|mail|work|account|address|please|thanks"
    r"|avec|a|au|par|sur|mon|ma|mes|courriel|adresse|compte|travail|de|du|est|le|la|svp|merci| )*"
)
"""What may stand between « lier mon compte » and an address."""
MOST_WORDS: Final = 12
"""A longer text is about more than a code."""


def about_codes(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """The code itself, or what people say of one."""
    if turn.heard.kind is not Kind.TEXT:
        return None
    rules = (code_given, _wished, _in_vain, _somebody_else)
    return next((said for rule in rules if (said := rule(turn, kept))), None)


def _wished(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """« Lier mon compte avec moi@ecole.qc.ca »; the command alone is left to the commands."""
    text = plain(turn.heard.text)
    found = ADDRESS.findall(text)
    words = list(filter(None, map(fold, ADDRESS.sub(" ", text).split())))
    words = list(dropwhile(lambda word: turn.house.words.get(word) == "start", words))
    named = any(
        turn.house.words.get(" ".join(words[:length])) == LINK.name
        and BESIDE.fullmatch(" ".join(words[length:]))
        for length in range(1, len(words) + 1)
    )
    alone = turn.house.words.get(fold(text)) == LINK.name
    return _link(turn, found[0].strip("<>") if len(found) == 1 else "") if named and not alone else None


def _in_vain(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """While a code is awaited: « renvoyez-le » mails another, « rien reçu » gets a hint and the offer of one."""
    code = pending_code(turn) if kept is None or kept.conversation == LINK.name else None
    text = fold(turn.heard.text)
    if code is None or len(text.split()) > MOST_WORDS:
        return None
    if _says(turn, text, "again"):
        return _link(turn, AGAIN)
    if not _says(turn, text, "missed"):
        return None
    return replace(say("link/not-come", address=code.mailed_to), alone=True)


def _says(turn: Turn, text: str, key: str) -> bool:
    words = turn.house.wording.words("link/not-come", key)
    return any(re.search(rf"\b{re.escape(fold(word))}\b", text) for word in words)


def _somebody_else(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """« Ce n’est pas moi », within a day of being linked here."""
    if (
        kept
        or not turn.known
        or fold(turn.heard.text) not in map(fold, turn.house.wording.words("link/linked", ANEW))
    ):
        return None
    here = (turn.heard.channel, turn.heard.sender)
    linked = (
        one.linked_at
        for one in addresses.of_person(turn.tx, turn.person.id)
        if (one.channel, one.value) == here
    )
    lately = any(at and at >= turn.now - LATELY for at in linked)
    return _link(turn, ANEW) if lately else None


def _link(turn: Turn, argument: str) -> Said:
    return refusal(turn, LINK) or dialogue.begin(turn, LINK, LINK.seed(turn, argument))
