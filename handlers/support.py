"""Hands over to a human: a ticket, an alert to the operator, and the reply brought back."""

from __future__ import annotations

from dataclasses import replace

from bot.alerts import alert_operators
from bot.messages import Reply
from bot.question import Question
from bot.reading import some_text
from bot.render import DEFAULT_LANGUAGE
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from storage import outbox, people, tickets
from storage.outbox import NewLetter
from storage.states import Role
from storage.talks import KeptTalk

ANYTHING = replace(some_text(max=1500), reads_anything=False)
"""A question is for the human too: nothing here is tried as one for the knowledge base."""
MATTER = Question("matter", "human/ask-matter", ANYTHING)


async def hand_over(talk: Talk, _turn: Turn) -> str:
    """What the person wants to tell a human."""
    return await talk.ask(MATTER)


def open_ticket(turn: Turn, kept: KeptTalk, matter: str) -> Said:
    """A ticket, and an alert that the operator answers by replying to it."""
    heard = turn.heard
    ticket_id = tickets.open_one(
        turn.tx,
        tickets.NewTicket(
            turn.person.id, "human", matter, heard.channel, heard.chat or heard.sender, kept.id
        ),
        turn.now,
    )
    school = turn.person.school
    facts = {
        "number": ticket_id,
        "matter": matter,
        "name": turn.person.name,
        "school": school.school if school else None,
    }
    alert_operators(turn, Reply("support/alert-ticket", {**facts, "channel": heard.channel}), ticket_id)
    return say("support/ticket-opened", number=ticket_id)


def relay(turn: Turn) -> Said | None:
    """Takes an operator's reply to an alert to the person it is about; None when it is no such reply."""
    ticket_id = outbox.ticket_of(
        turn.tx, turn.heard.channel, turn.heard.chat or turn.heard.sender, turn.heard.about
    )
    ticket = tickets.by_id(turn.tx, ticket_id) if ticket_id else None
    if ticket is None or not turn.known or Role.OPERATOR not in turn.person.roles:
        return None
    reply = Reply("support/answered", {"number": ticket.id, "text": turn.heard.text})
    page = turn.house.wording.page([reply], _language(turn, ticket.person_id))
    turn.others.append(NewLetter(ticket.channel, ticket.address, page))
    tickets.answered(turn.tx, ticket.id)
    return say("support/relayed", number=ticket.id)


def _language(turn: Turn, person_id: int) -> str:
    asker = people.by_id(turn.tx, person_id)
    return (asker.language if asker else None) or DEFAULT_LANGUAGE


HUMAN = Conversation("human", hand_over, open_ticket)
