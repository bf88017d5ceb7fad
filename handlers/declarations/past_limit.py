"""A declaration past the limit stays « à compléter »: those in charge of the school are asked, and accept or refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot import markup
from bot.alerts import alert_responsibles
from bot.messages import Reply
from bot.render import DEFAULT_LANGUAGE
from bot.sending import ALERT
from bot.turn import Turn
from handlers import support
from handlers.declarations.periods import period_named
from handlers.declarations.shares import Standing, standing
from handlers.support.ending import Over, close
from storage import care, declarations, people, sent_letters, tickets, versions
from storage.declarations import Declaration
from storage.outbox import NewLetter
from storage.states import DeclarationState, TicketState, TicketStep
from storage.tickets import Ticket

KIND: Final = "past-limit"
"""Of the tickets by which they are asked."""


def state_of(over: bool | None, accepted: bool = False) -> DeclarationState:
    """Where a declaration stands once it is sent; `accepted`: although it may go past the limit."""
    return DeclarationState.TO_COMPLETE if over and not accepted else DeclarationState.SENT


def ask(turn: Turn, number: int, stands: Standing) -> bool:
    """Asks those in charge of the sender's school, though never the sender, or else the team: whether any is told."""
    declared = declarations.by_id(turn.tx, number)
    if declared is None:
        return False
    facts = facts_of(turn, declared, stands)
    asked_before = _waits(turn, declared)
    ticket = _opened(turn, declared, facts)
    alert = Reply("past-limit/edited", facts) if asked_before else _alert(turn, facts)
    key = f"{KIND}:{number}-{declared.course.version}"
    alert_responsibles(turn, declared.filing.school_id, alert, ticket, key, besides=turn.person.id)
    return support.is_seen(turn, ticket)


def _waits(turn: Turn, declared: Declaration) -> bool:
    """Whether somebody has still to decide about an earlier version, and knows the rest of it."""
    ticket = tickets.by_id(turn.tx, declared.course.ticket_id or 0)
    return ticket is not None and ticket.state is TicketState.OPEN


def alert_again(turn: Turn, ticket: Ticket, by: str | None) -> Reply | None:
    """The whole alert of a declaration that still has to be decided, passed on by somebody or not."""
    declared = declarations.by_id(turn.tx, versions.asked_by(turn.tx, ticket.id) or 0)
    owner = people.by_id(turn.tx, declared.filing.person_id) if declared else None
    if declared is None or owner is None or declared.course.state is not DeclarationState.TO_COMPLETE:
        return None
    of_owner = replace(turn, person=owner, read={})
    stands = standing(of_owner, declared.work, declared.use, declared.id)
    may_ask = by is not None or not turn.person.roles & support.OPERATORS
    return _alert(turn, {**facts_of(of_owner, declared, stands), "may_ask": may_ask}, by)


def _alert(turn: Turn, facts: Mapping[str, object], by: str | None = None) -> Reply:
    steps = turn.house.settings.past_limit_steps
    return Reply("past-limit/alert", {**facts, "own_steps": steps, "passed_by": by})


def facts_of(turn: Turn, declared: Declaration, stands: Standing) -> dict[str, object]:
    """What those in charge have to know: who copied what, how much with all before, and until when it may change."""
    school = turn.person.school
    return {
        "declared": declared,
        "standing": stands,
        "who": turn.person.name,
        "school": school.school if school else None,
        "period": period_named(declared.filing.period),
    }


def ask_no_more(turn: Turn, declared: Declaration) -> None:
    """Nobody has to decide any longer: the declaration was edited or withdrawn, and whoever was asked is told."""
    ticket = tickets.by_id(turn.tx, declared.course.ticket_id or 0)
    if ticket is not None and declared.course.state is DeclarationState.TO_COMPLETE:
        care.happened(turn.tx, ticket.id, TicketStep.CLOSED, turn.now, turn.person.id)
        close(turn, ticket, Over.MOOT)
        turn.others.extend(_no_more(turn, declared, ticket.id))


def _no_more(turn: Turn, declared: Declaration, ticket: int) -> Iterator[NewLetter]:
    """One line to each who was asked, where they were."""
    asked = sent_letters.written_about(turn.tx, ticket, f"{ALERT}{KIND}")
    now = declarations.by_id(turn.tx, declared.id)
    for channel, address in dict.fromkeys((one.channel, one.address) for one in asked):
        person = people.by_address(turn.tx, channel, address)
        reply = Reply("past-limit/no-more", {"declared": now})
        page = turn.house.wording.page([reply], (person and person.language) or DEFAULT_LANGUAGE)
        key = f"{ALERT}{KIND}-over:{declared.id}:{turn.heard.mark}:{channel}:{address}"
        yield NewLetter(channel, address, replace(page, numbered=False), key=key, ticket_id=ticket)


def refresh(turn: Turn, changed: Declaration) -> tuple[int, ...]:
    """Works out anew what waits because of pages that count no more: the numbers of what is within the limit."""
    anew = replace(turn, read={})
    besides = standing(anew, changed.work, changed.use, changed.id).earlier
    others = [declarations.by_id(turn.tx, one.number, turn.person.id) for one in besides]
    return tuple(one.id for one in others if one and _is_within(anew, one))


def _is_within(turn: Turn, declared: Declaration) -> bool:
    waits = declared.course.state is DeclarationState.TO_COMPLETE
    if not waits or standing(turn, declared.work, declared.use, declared.id).over:
        return False
    if not versions.within(turn.tx, declared, turn.now):
        return False
    ask_no_more(turn, declared)
    return True


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
