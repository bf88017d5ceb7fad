"""Overtaken: a mere number or yes that comes below a later letter than the question does not answer the question."""

from __future__ import annotations

from bot import dialogue
from bot.messages import Kind, Reply
from bot.naming import place_meant
from bot.reading.choices import is_bare, takes_yes
from bot.talk import Waiting
from bot.turn import Said, Turn
from storage import sent_letters
from storage.talks import KeptTalk


def overtaken(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Puts the question again where a letter with choices of its own has come since; a button says which it means."""
    heard = turn.heard
    if kept is None or heard.kind is not Kind.TEXT or heard.envelope or heard.about:
        return None
    if not _means_either(turn, kept) or not _came_since(turn, kept):
        return None
    return dialogue.go_on(turn, kept, Reply("corrections/overtaken", {"text": heard.text.strip()}))


def _means_either(turn: Turn, kept: KeptTalk) -> bool:
    """Whether the text is the place of a button, or a yes or no to what asks for one."""
    if place_meant(kept.offered, turn.heard.text):
        return True
    waiting = dialogue.look(turn, kept) if is_bare(turn.heard.text) else None
    return isinstance(waiting, Waiting) and takes_yes(waiting.question)


def _came_since(turn: Turn, kept: KeptTalk) -> bool:
    heard = turn.heard
    last = sent_letters.last_sent(turn.tx, heard.channel, heard.chat or heard.sender)
    if last is None or last.talk_id == kept.id or kept.updated_at is None:
        return False
    return last.at > kept.updated_at and last.page.numbered and bool(last.page.buttons)
