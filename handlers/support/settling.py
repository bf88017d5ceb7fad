"""Settling: whether the answer helped in the end, and how good the help was."""

from __future__ import annotations

from typing import Final

from bot.messages import Reply, number_in
from bot.turn import Command, Said, Turn, say
from handlers.support.adding import Added, add, told_where
from handlers.support.charge import UNKNOWN_TICKET, at_school
from handlers.support.ending import Over, close, end_with
from handlers.support.opening import told_of
from handlers.support.requests import own
from storage import care, enquiries, tickets
from storage.states import TicketState, TicketStep
from storage.tickets import Ticket

NOT_YET: Final = "no"
BEST: Final = 5


def settled(turn: Turn, argument: str) -> Said:
    """The person says that it is settled (`NUMBER`), or not yet (`NUMBER-no`)."""
    number, _, how = argument.partition("-")
    ticket = own(turn, number)
    if ticket is None:
        return _of_somebody_who_joined(turn, number, how)
    return _not_yet(turn, ticket) if how == NOT_YET else _settled(turn, ticket)


def _settled(turn: Turn, ticket: Ticket) -> Said:
    if ticket.solved is not True:
        care.settle(turn.tx, ticket.id, solved=True)
        care.happened(turn.tx, ticket.id, TicketStep.SOLVED, turn.now, turn.person.id)
    ends = close if ticket.state is TicketState.OPEN else end_with
    over = ends(turn, ticket, Over.SETTLED)
    here_again = (
        (Reply("support/assistant-back", {"number": ticket.id, "why": Over.SETTLED.value}),) if over else ()
    )
    asked = Reply("support/thanks" if ticket.rating else "support/ask-rating", {"number": ticket.id})
    return Said((*here_again, asked))


def _not_yet(turn: Turn, ticket: Ticket) -> Said:
    """Opens it again; who says so twice has said it once."""
    if ticket.state is TicketState.OPEN:
        stands = Added(ticket.id, seen=True, school=at_school(turn, ticket.id))
        return told_of(ticket.id, say("support/not-settled", **told_where(stands)))
    added = add(turn, ticket, turn.house.wording.text("support/not-settled-words", turn.language, {}))
    care.settle(turn.tx, ticket.id, solved=False)
    return told_of(ticket.id, say("support/not-settled", **told_where(added)))


def _of_somebody_who_joined(turn: Turn, number: str, how: str) -> Said:
    """Whoever asked the same as somebody else gets a request of their own if it is not settled."""
    joined = tickets.by_id(turn.tx, number_in(number) or 0)
    asked = enquiries.of_ticket(turn.tx, joined.id) if joined and not turn.unproven else ()
    if joined is None or turn.person.id not in {one.person_id for one in asked}:
        return UNKNOWN_TICKET
    if how != NOT_YET:
        return say("support/thanks", number=joined.id)
    added = add(turn, joined, next(one.text for one in asked if one.person_id == turn.person.id))
    return told_of(added.number, say("support/not-settled", **told_where(added)))


def rate(turn: Turn, argument: str) -> Said:
    """Keeps the rating `NUMBER-RATING`, once; `NUMBER-skip` gives none."""
    number, _, given = argument.partition("-")
    ticket, rating = own(turn, number), number_in(given)
    if ticket is None:
        return UNKNOWN_TICKET
    if rating and 1 <= rating <= BEST and care.rate(turn.tx, ticket.id, rating):
        care.happened(turn.tx, ticket.id, TicketStep.RATED, turn.now, turn.person.id, str(rating))
    return say("support/thanks", number=ticket.id)


SETTLED = Command("settled", settled, listed=False)
RATE = Command("rate", rate, listed=False)
