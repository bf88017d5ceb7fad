"""« Je ne travaille plus là », « je suis en congé »: the reminders end if they like, and the team may be told."""

from __future__ import annotations

from typing import Final

from bot import dialogue
from bot.markup import to_plain
from bot.question import Answer
from bot.render import DEFAULT_LANGUAGE
from bot.turn import Command, Said, Turn, refusal, say
from handlers.support import HUMAN, MATTER
from storage import people

TELL: Final = "tell"
"""The argument that has the team told."""


def away(turn: Turn, argument: str) -> Said:
    """What can be done for somebody who has left or is absent; why is asked of nobody, nor passed on."""
    if argument == TELL:
        return _tell(turn)
    return say("away/page", wanted=people.wants_reminders(turn.tx, turn.person.id))


def _tell(turn: Turn) -> Said:
    refused = refusal(turn, HUMAN)
    if refused:
        return refused
    matter = to_plain(turn.house.wording.text("away/matter", DEFAULT_LANGUAGE, {"name": turn.person.name}))
    return dialogue.begin(turn, HUMAN, {}, {MATTER.name: Answer(matter, turn.written)})


AWAY: Final = Command("away", away, listed=False)
