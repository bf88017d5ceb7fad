"""Hands over to a human: a ticket, an alert to the operator, and the reply brought back."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import structlog

from bot import markup
from bot.alerts import alert_operators
from bot.form import Line
from bot.messages import Reply
from bot.question import Question
from bot.reading import some_text
from bot.render import DEFAULT_LANGUAGE
from bot.sending import ANSWER
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from storage import outbox, people, tickets
from storage.outbox import NewLetter
from storage.people import Person
from storage.states import Role
from storage.talks import KeptTalk

log = structlog.get_logger()

ANYTHING = replace(some_text(min=8, max=1500), reads_anything=False)
"""A question is for the human too: nothing here is tried as one for the knowledge base."""
MATTER = Question("matter", "human/ask-matter", ANYTHING)


async def hand_over(talk: Talk, _turn: Turn) -> str:
    """What the person wants to tell a human."""
    return await talk.ask(MATTER)


def hand_in(turn: Turn, kept: KeptTalk, matter: str) -> Said:
    """Opens a ticket for what the person wrote."""
    return opened(turn, open_for(turn, kept, "human", matter))


def open_for(turn: Turn, kept: KeptTalk, kind: str, matter: str) -> int:
    """A new ticket, and an alert that the operators answer by replying to it: the ticket's number."""
    heard = turn.heard
    asker = turn.person if turn.known else Person(turn.person.id)
    chat = heard.chat or heard.sender
    new = tickets.NewTicket(turn.person.id, kind, matter, heard.channel, chat, kept.id)
    number = tickets.open_one(turn.tx, new, turn.now)
    facts = {
        "number": number,
        "matter": matter,
        "name": asker.name,
        "school": asker.school.school if asker.school else None,
        "channel": heard.channel,
    }
    if not alert_operators(turn, Reply("support/alert-ticket", facts), number):
        log.error("ticket-unseen", ticket=number)
    return number


def opened(turn: Turn, number: int) -> Said:
    """Tells the person of the ticket that this turn opened, and whether anybody is there to read it."""
    seen = any(letter.ticket_id == number for letter in turn.others)
    return say("support/ticket-opened", number=number, seen=seen)


def matter_of(turn: Turn, lines: tuple[Line, ...]) -> str:
    """The lines of a form as what a ticket is about."""
    return markup.to_plain(turn.house.wording.text("form/lines", DEFAULT_LANGUAGE, {"lines": lines}))


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
    key = f"{ANSWER}{ticket.id}:{sha256(turn.heard.name.encode()).hexdigest()}"
    turn.others.append(NewLetter(ticket.channel, ticket.address, page, key=key))
    tickets.answered(turn.tx, ticket.id)
    return say("support/relayed", number=ticket.id)


def _language(turn: Turn, person_id: int) -> str:
    asker = people.by_id(turn.tx, person_id)
    return (asker.language if asker else None) or DEFAULT_LANGUAGE


HUMAN = Conversation("human", hand_over, hand_in)
