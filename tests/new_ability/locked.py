"""« Mon compte est verrouillé »: an ability as small as they come, a form that ends in a ticket."""

from __future__ import annotations

from datetime import timedelta

from bot.filling import Line
from bot.form import Form, Step
from bot.question import Question
from bot.reading import a_date, one_of_values, some_text, yes_or_no
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn
from handlers import support
from storage.states import SCHOOL_ROLES
from storage.talks import KeptTalk

FORM = Form(
    (
        Step(Question("seen", "locked/ask-seen", some_text(max=300))),
        Step(Question("since", "locked/ask-since", a_date(timedelta(days=90)))),
        Step(Question("waited", "locked/ask-waited", yes_or_no())),
    )
)
RECAP = Question("recap", "locked/recap", one_of_values("send"), confirms=True)


async def locked(talk: Talk, _turn: Turn) -> tuple[Line, ...]:
    """What was seen and tried, once the person has said « envoyer » to it."""
    return await FORM.confirm(talk, RECAP, await FORM.fill(talk))


def hand_in(turn: Turn, kept: KeptTalk, lines: tuple[Line, ...]) -> Said:
    """Opens the ticket."""
    return support.opened(turn, support.open_for(turn, kept, "locked", support.matter_of(turn, lines)))


LOCKED = Conversation("locked", locked, hand_in, frozenset(SCHOOL_ROLES))
