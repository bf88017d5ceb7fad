"""What comes as a file: whoever can use it takes it, in the order of one written-out table."""

from __future__ import annotations

from collections.abc import Callable

from bot.attachments import BarcodeSeen, SheetSeen, Unseen
from bot.messages import Kind
from bot.turn import Said, Turn, say
from handlers.roster import importing
from storage.talks import KeptTalk

TAKERS: tuple[Callable[[Turn], Said | None], ...] = (importing.take_sheet,)
"""Asked in order for a message with files; None leaves it to the next one."""


def received(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """What is said to a message with files; None where its words count alone, or a bar code does."""
    if not turn.seen or turn.heard.kind is not Kind.TEXT:
        return None
    taken = next(filter(None, (take(turn) for take in TAKERS)), None)
    return taken or (None if turn.heard.text.strip() else _of_no_use(turn))


def _of_no_use(turn: Turn) -> Said | None:
    """Why nothing was made of files that came without a word; pictures are another's business."""
    if any(isinstance(one, BarcodeSeen) for one in turn.seen):
        return None
    first = turn.seen[0]
    return say("files/unseen", name=first.name, reason=first.reason if isinstance(first, Unseen) else "sheet")


def unused(turn: Turn) -> tuple[bool, tuple[str, ...]]:
    """What came beside words and was of no use: whether a picture did, and the names of all else."""
    pictures = any(isinstance(one, BarcodeSeen) and one.isbn is None for one in turn.seen)
    return pictures, tuple(one.name for one in turn.seen if isinstance(one, SheetSeen | Unseen))
