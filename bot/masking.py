"""Tells somebody that a number they wrote was masked: pupils' numbers are kept nowhere."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.messages import Kind, Reply
from bot.talk import Waiting
from bot.turn import Said, Turn
from storage.talks import KeptTalk


def with_notice(turn: Turn, kept: KeptTalk | None, said: Said) -> Said:
    """What is said, and first of all that a number was masked; `kept` is the talk that the message went on with."""
    if not turn.heard.masked or turn.heard.kind is not Kind.TEXT or not said.replies or _is_slip(turn, kept):
        return said
    return replace(said, replies=(Reply("read/masked"), *said.replies))


def _is_slip(turn: Turn, kept: KeptTalk | None) -> bool:
    """Whether the number was meant for a question that takes one, such as an ISBN with a digit too few."""
    waiting = dialogue.look(turn, kept) if kept else None
    return isinstance(waiting, Waiting) and waiting.question.reader.numeric
