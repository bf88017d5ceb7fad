"""« Aucune utilisation cette période »: counts as taking part."""

from __future__ import annotations

from bot.question import Choice, Question, Reader, Unreadable
from bot.reading import one_of_values
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.declarations.declare import WHO
from handlers.declarations.openings import open_now
from handlers.declarations.periods import Period, period_named
from storage import declarations
from storage.talks import KeptTalk

PERIOD = Question("period", "nothing/ask-period", Reader(lambda answer: _period(answer.value)))
SURE = Question("sure", "nothing/ask-sure", one_of_values("yes"), confirms=True)


async def nothing(talk: Talk, turn: Turn) -> Period:
    """The period for which there was nothing to declare."""
    periods = open_now(turn)
    period = periods[0]
    if len(periods) > 1:
        choices = [Choice(one.key, _span(turn, one)) for one in periods]
        period = await talk.ask(
            PERIOD, suggest=lambda: choices, check=lambda chosen: _is_open(chosen, periods)
        )
    sent = sum(one.course.counts for one in declarations.of_person(turn.tx, turn.person.id, period.key))
    await talk.ask(SURE, {"period": period, "sent": sent})
    return period


def note(turn: Turn, _kept: KeptTalk, period: Period) -> Said:
    """Keeps it."""
    declarations.say_nothing(turn.tx, turn.person.id, period.key, turn.now)
    until = period.open_until(turn.today, turn.house.settings.grace_days) or period.deadline
    return say("nothing/noted", period=period, until=until)


def _span(turn: Turn, period: Period) -> str:
    return turn.house.wording.text("declare/period", turn.language, {"period": period})


def _is_open(period: Period, periods: tuple[Period, ...]) -> None:
    """It may have closed since it was chosen."""
    if period not in periods:
        raise Unreadable("read/choose-one")


def _period(value: str | None) -> Period:
    try:
        return period_named(value or "")
    except ValueError as unknown:
        raise Unreadable("read/choose-one") from unknown


NOTHING = Conversation("nothing", nothing, note, WHO)
