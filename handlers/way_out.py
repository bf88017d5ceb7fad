"""The way out: what stands below a question after three answers to it that were not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot import dialogue
from bot.dialogue import Accepted
from bot.messages import Reply
from bot.reading.choices import SKIP
from bot.talk import Finished, Waiting, fingerprint
from bot.turn import Said, Turn, refusal
from handlers.support import HUMAN
from storage.talks import KeptTalk

PATIENCE: Final = 3
"""Answers in a row that were not understood, before a way out is offered."""
TRIES: Final = "tries"
"""What counts them beside the talk's answers; the next answer that is taken ends the row."""


def counted(kept: KeptTalk) -> KeptTalk:
    """The talk with one try more."""
    held = kept.held or {}
    return replace(kept, held={**held, TRIES: str(int(held.get(TRIES, "0")) + 1)})


def tries(kept: KeptTalk) -> dict[str, str]:
    """What is held of the row alone, where there is one."""
    return {name: value for name, value in (kept.held or {}).items() if name == TRIES}


def still_counted(turn: Turn, kept: KeptTalk, accepted: Accepted) -> Accepted:
    """With the row of before, where what was told answers other questions and the same one waits on."""
    before = dialogue.look(turn, kept) if tries(kept) else None
    after = accepted.outcome
    if not isinstance(before, Waiting) or not isinstance(after, Waiting):
        return accepted
    same = before.question.name == after.question.name
    return replace(accepted, kept=replace(accepted.kept, held=tries(kept))) if same else accepted


def with_way_out(turn: Turn, kept: KeptTalk, said: Said) -> Said:
    """The same, and below it what else may be done, once three were not understood; shorter from the fourth on."""
    waiting = dialogue.look(turn, kept)
    count = int(tries(kept).get(TRIES, "0"))
    return (
        said if isinstance(waiting, Finished) or count < PATIENCE else _with_ways(turn, kept, waiting, said)
    )


def offering_ways(turn: Turn, kept: KeptTalk, said: Said) -> Said:
    """The same with the way out at once, for whoever comes back to what was not understood before they left."""
    waiting = dialogue.look(turn, kept)
    return said if isinstance(waiting, Finished) else _with_ways(turn, kept, waiting, said)


def _with_ways(turn: Turn, kept: KeptTalk, waiting: Waiting, said: Said) -> Said:
    return replace(said, replies=(*said.replies, Reply("corrections/way-out", _ways(turn, kept, waiting))))


def held_mark(held: Mapping[str, str]) -> str:
    """Names the text that is held back, however often it was asked what it is."""
    return fingerprint({name: value for name, value in held.items() if name != TRIES})


def _ways(turn: Turn, kept: KeptTalk, waiting: Waiting) -> dict[str, Any]:
    """The question in other words, and which ways lead out of it."""
    question = waiting.question
    brief = int(tries(kept).get(TRIES, "0")) > PATIENCE
    explained = None if brief else turn.house.wording.label(question.template, "?", turn.language)
    progress = dialogue.progress_of(turn, kept)
    return {
        "brief": brief,
        "text": explained.text if explained and "text" not in (kept.held or {}) else "",
        "skips": SKIP in question.reader.choices,
        "back": progress.back(waiting.path) != progress,
        "human": kept.conversation != HUMAN.name and refusal(turn, HUMAN) is None,
    }
