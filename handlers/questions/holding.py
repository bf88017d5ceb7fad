"""Holding back a text that may be no answer, until the person has said what it is."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply
from bot.talk import fingerprint
from bot.turn import Said, Turn
from handlers.questions.found import found_in, held
from storage.talks import KeptTalk


def hold(turn: Turn, kept: KeptTalk, template: str, *lead: Reply) -> Said:
    """Keeps the text beside its talk, and asks by this template what to make of it."""
    held_back = held(found_in(turn))
    shown = {"text": turn.heard.text, "asked": fingerprint(held_back)}
    return Said((*lead, Reply(template, shown, talk=kept.id)), replace(kept, held=held_back))
