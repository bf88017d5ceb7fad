"""« Mes déclarations »: what was sent, by period, and the draft that was not."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dialogue
from bot.markup import visible
from bot.messages import Button, Call, number_in
from bot.turn import Command, Said, Turn, say
from handlers.declarations import showing
from handlers.declarations.declare import DECLARE, WHO
from handlers.declarations.periods import Period, period_if_named, period_named, period_of
from storage import declarations, talks
from storage.declarations import Declaration

SHOWN = 8
"""How many declarations one message lists."""


def mine(turn: Turn, argument: str) -> Said:
    """The declarations of a period (`2026-1`, or the running one), or one of them by its number."""
    number = number_in(argument)
    if number:
        return showing.one(turn, number)
    return _period(turn, period_if_named(argument) or period_of(turn.today))


def _nothing_at_all(turn: Turn, sent: Sequence[Declaration], period: Period) -> bool:
    """Whether somebody said that there was nothing, and nothing sent since counts."""
    any_counts = any(one.course.counts for one in sent)
    return not any_counts and declarations.said_nothing(turn.tx, turn.person.id, period.key)


def _period(turn: Turn, period: Period) -> Said:
    sent = declarations.of_person(turn.tx, turn.person.id, period.key)
    draft = talks.unfinished(turn.tx, turn.person.id, DECLARE.name)
    return say(
        "mine/period",
        *(_button(turn, one) for one in sent[:SHOWN]),
        *_other_periods(turn, period),
        period=period,
        sent=sent[:SHOWN],
        more=max(0, len(sent) - SHOWN),
        nothing=_nothing_at_all(turn, sent, period),
        draft=dialogue.described(turn, draft) if draft else None,
    )


def _button(turn: Turn, declared: Declaration) -> Button:
    label = visible(turn.house.wording.text("mine/button", turn.language, {"declared": declared}))
    return Button(label, str(Call("mine", str(declared.id))))


def _other_periods(turn: Turn, shown: Period) -> tuple[Button, ...]:
    """The periods before and after in which there is something to see."""
    others = [key for key in declarations.periods_of(turn.tx, turn.person.id) if key != shown.key]
    return tuple(Button(_span(turn, period_named(key)), str(Call("mine", key))) for key in others[:2])


def _span(turn: Turn, period: Period) -> str:
    return turn.house.wording.text("declare/period", turn.language, {"period": period})


MINE = Command("mine", mine, WHO)
