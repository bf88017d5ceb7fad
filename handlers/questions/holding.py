"""Holding back a text that may be no answer, until the person has said what it is."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply
from bot.turn import Said, Turn
from handlers.questions.found import found_in, held
from handlers.way_out import counted, held_mark, tries, with_way_out
from storage.talks import KeptTalk


def hold(turn: Turn, kept: KeptTalk, template: str, *lead: Reply) -> Said:
    """Keeps the text beside its talk, and asks by this template what to make of it."""
    held_back = held(found_in(turn))
    shown = {"text": turn.heard.text, "asked": held_mark(held_back)}
    return Said(
        (*lead, Reply(template, shown, talk=kept.id)), replace(kept, held={**tries(kept), **held_back})
    )


def asked_again(turn: Turn, kept: KeptTalk) -> Said:
    """Asks once more what the text held back was: it is not for something else to take its place."""
    tried = counted(kept)
    if tried.held is None or "text" not in tried.held:
        raise ValueError(kept.id)
    shown = {"text": tried.held["text"], "asked": held_mark(tried.held)}
    asks = Reply("corrections/answer-or-question", shown, talk=kept.id)
    return with_way_out(turn, tried, Said((Reply("read/choose-one"), asks), tried))
