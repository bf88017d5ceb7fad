"""« Mes demandes »: what somebody asked of humans, how it stands, and what they add to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.markup import visible
from bot.messages import Button, Call, number_in
from bot.question import Question
from bot.reading import some_text
from bot.render import topic
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say, who_are_you
from handlers.support.adding import add, told_where
from handlers.support.charge import UNKNOWN_TICKET, name_of
from handlers.support.notes import seed_of
from handlers.support.opening import as_written, told_of
from storage import care, tickets
from storage.states import TicketStatus
from storage.talks import KeptTalk
from storage.tickets import Ticket

SHOWN: Final = 5
"""How many requests one message lists."""
LONGEST: Final = 1500
"""Characters."""
MORE = Question(
    "more", "add/ask-words", replace(some_text(max=LONGEST, paragraphs=True), reads_anything=False)
)


def requests(turn: Turn, argument: str) -> Said:
    """The sender's requests, or one of them by its number."""
    if turn.unproven:
        return who_are_you(turn)
    ticket = own(turn, argument)
    if ticket:
        return _one(turn, ticket)
    found = care.of_person(turn.tx, turn.person.id, SHOWN)
    if len(found) == 1:
        return _one(turn, found[0])
    buttons = (_button(turn, one) for one in found)
    return say("support/requests", *buttons, requests=[_standing(turn, one) for one in found])


def own(turn: Turn, argument: str) -> Ticket | None:
    """The sender's request with this number."""
    number = number_in(argument)
    ticket = tickets.by_id(turn.tx, number) if number is not None and not turn.unproven else None
    is_theirs = ticket is not None and ticket.person_id == turn.person.id
    return ticket if ticket and is_theirs and ticket.kind not in care.ASIDE else None


def _one(turn: Turn, ticket: Ticket) -> Said:
    return told_of(ticket.id, say("support/request", request=_standing(turn, ticket)))


def _standing(turn: Turn, ticket: Ticket) -> dict[str, object]:
    """How a request stands, for its person; notes are for those in charge."""
    answer = care.last_answer(turn.tx, ticket.id)
    return {
        "number": ticket.id,
        "about": topic(ticket.text),
        "status": ticket.status.value,
        "waits": ticket.status in (TicketStatus.OPEN, TicketStatus.TAKEN),
        "opened_at": ticket.opened_at,
        "taken_by": name_of(turn, ticket.taken_by),
        "answered_by": answer.name if answer else None,
        "answered_at": answer.at if answer else None,
        "solved": ticket.solved,
    }


def _button(turn: Turn, ticket: Ticket) -> Button:
    told = {"number": ticket.id, "about": topic(ticket.text)}
    label = visible(turn.house.wording.text("support/request-button", turn.language, told))
    return Button(label, str(Call("requests", str(ticket.id))))


async def ask_more(talk: Talk, _turn: Turn) -> str:
    """What the person has to add."""
    return await talk.ask(MORE)


def add_more(turn: Turn, kept: KeptTalk, words: str) -> Said:
    """Opens the request again with these words."""
    ticket = own(turn, kept.seed.get("ticket", ""))
    if ticket is None:
        return UNKNOWN_TICKET
    added = add(turn, ticket, as_written(turn, kept, MORE.name, words))
    return told_of(ticket.id, say("support/followed-up", **told_where(added)))


REQUESTS = Command("requests", requests, listed=False)
ADD = Conversation("add", ask_more, add_more, seed=seed_of, listed=False)
