"""Tells somebody that a number they wrote was masked: pupils' numbers are kept nowhere."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import dialogue
from bot.anonymity import EMAIL
from bot.messages import Kind, Reply
from bot.talk import Waiting
from bot.turn import Said, Turn
from storage.talks import KeptTalk

SAY_IT = ("human/ask-as-is",)
"""Replies that say it themselves."""
FILE = re.compile(r"\b(?:fiche|dossier|file)\b", re.IGNORECASE)


def with_notice(turn: Turn, kept: KeptTalk | None, said: Said) -> Said:
    """What is said, and first of all that a number was masked; `kept` is the talk that the message went on with."""
    if not turn.heard.masked or turn.heard.kind is not Kind.TEXT or not said.replies or _is_slip(turn, kept):
        return said
    letter = _fills_in_letter(turn)
    told = not letter and any(one.template in SAY_IT for one in said.replies)
    return said if told else replace(said, replies=(Reply("read/masked", {"letter": letter}), *said.replies))


def _fills_in_letter(turn: Turn) -> bool:
    """Whether it seems to be what a secretary writes to the support of Mozaïk: a file number, and a parent's e-mail."""
    return bool(FILE.search(turn.heard.text) and EMAIL.search(turn.heard.text))


def _is_slip(turn: Turn, kept: KeptTalk | None) -> bool:
    """Whether the number was meant for a question that takes one, such as an ISBN with a digit too few."""
    waiting = dialogue.look(turn, kept) if kept else None
    return isinstance(waiting, Waiting) and waiting.question.reader.numeric
