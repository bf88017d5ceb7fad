"""« Le photocopieur est en panne »: an ability as small as they come, a form that ends in a ticket."""

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
        Step(Question("seen", "copier/ask-seen", some_text(max=300))),
        Step(Question("since", "copier/ask-since", a_date(timedelta(days=90)))),
        Step(Question("restarted", "copier/ask-restarted", yes_or_no())),
    )
)
RECAP = Question("recap", "copier/recap", one_of_values("send"), confirms=True)


async def copier(talk: Talk, _turn: Turn) -> tuple[Line, ...]:
    """What was seen and tried, once the person has said « envoyer » to it."""
    return await FORM.confirm(talk, RECAP, await FORM.fill(talk))


def hand_in(turn: Turn, kept: KeptTalk, lines: tuple[Line, ...]) -> Said:
    """Opens the ticket."""
    return support.opened(turn, support.open_for(turn, kept, "copier", support.matter_of(turn, lines)))


COPIER = Conversation("copier", copier, hand_in, frozenset(SCHOOL_ROLES))
