"""A declaration past the limit stays « à compléter »: those in charge of the school are asked, and accept or refuse."""

from __future__ import annotations

from typing import Final

from bot import markup
from bot.alerts import alert_responsibles
from bot.messages import Reply
from bot.render import DEFAULT_LANGUAGE
from bot.turn import Turn
from handlers import support
from handlers.declarations.periods import period_named
from handlers.declarations.shares import Standing
from storage import care, declarations, tickets, versions
from storage.declarations import Declaration
from storage.states import DeclarationState, TicketStep

KIND: Final = "past-limit"
"""Of the tickets by which they are asked."""


def state_of(over: bool | None, accepted: bool = False) -> DeclarationState:
    """Where a declaration stands once it is sent; `accepted`: although it may go past the limit."""
    return DeclarationState.TO_COMPLETE if over and not accepted else DeclarationState.SENT


def ask(turn: Turn, number: int, standing: Standing) -> bool:
    """Asks those in charge of the sender's school, though never the sender, or else the team: whether any is told."""
    declared = declarations.by_id(turn.tx, number)
    if declared is None:
        return False
    facts = facts_of(turn, declared, standing)
    ticket = _opened(turn, declared, facts)
    alert = Reply(
        "past-limit/alert", {**facts, "ticket": ticket, "own_steps": turn.house.settings.past_limit_steps}
    )
    key = f"{KIND}:{number}-{declared.course.version}"
    alert_responsibles(turn, declared.filing.school_id, alert, ticket, key, besides=turn.person.id)
    return support.is_seen(turn, ticket)


def facts_of(turn: Turn, declared: Declaration, standing: Standing) -> dict[str, object]:
    """What those in charge have to know: who copied what, how much with all before, and until when it may change."""
    school = turn.person.school
    return {
        "declared": declared,
        "standing": standing,
        "who": turn.person.name,
        "school": school.school if school else None,
        "period": period_named(declared.filing.period),
    }


def ask_no_more(turn: Turn, declared: Declaration) -> None:
    """Nobody has to decide any longer: the declaration was edited or withdrawn."""
    ticket = declared.course.ticket_id
    if ticket is not None and declared.course.state is DeclarationState.TO_COMPLETE:
        care.close(turn.tx, ticket, turn.now)
        care.happened(turn.tx, ticket, TicketStep.CLOSED, turn.now, turn.person.id)


def _opened(turn: Turn, declared: Declaration, facts: dict[str, object]) -> int:
    """The ticket about the declaration: one for all its versions, opened once more where it was done with."""
    number = declared.course.ticket_id
    if number is None:
        matter = markup.to_plain(turn.house.wording.text("past-limit/facts", DEFAULT_LANGUAGE, facts))
        number = support.open_ticket(turn, KIND, matter, school_id=declared.filing.school_id)
        versions.ask_by(turn.tx, declared.id, number)
    elif not tickets.hold(turn.tx, number):
        where = turn.heard.chat or turn.heard.sender
        tickets.reopen(turn.tx, number, turn.heard.channel, where, support.thread_of(turn))
        care.wait_again(turn.tx, number, turn.now)
        care.happened(turn.tx, number, TicketStep.REOPENED, turn.now, turn.person.id)
    return number
