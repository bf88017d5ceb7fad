"""Relaying: the words with which those in charge reply to an alert, brought to the person."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from bot.addressed import answered
from bot.alerts import ticket_answered
from bot.messages import Page, Reply, Thread
from bot.render import DEFAULT_LANGUAGE
from bot.sending import ALERT, ANSWER
from bot.turn import Said, Turn, say
from handlers.support.charge import OPERATORS, may_care
from storage import care, discussions, people, tickets
from storage.outbox import NewLetter
from storage.sent_letters import Sent
from storage.states import TicketStep
from storage.tickets import Ticket


def replied_to(turn: Turn) -> tuple[Ticket, Sent] | None:
    """The ticket of which the message answers what those in charge were told, and that letter; else None."""
    sent = answered(turn)
    ticket = tickets.by_id(turn.tx, sent.ticket_id) if sent and sent.ticket_id else None
    return (ticket, sent) if sent and ticket and _to_those_in_charge(turn, sent, ticket) else None


def _to_those_in_charge(turn: Turn, sent: Sent, ticket: Ticket) -> bool:
    """Whether a letter is an alert, or tells somebody in charge what became of what they wrote to the person."""
    others = ticket.person_id != turn.person.id and ticket_answered(sent.key) is None
    return is_alert(sent) or (others and may_care(turn, ticket))


def is_alert(sent: Sent) -> bool:
    """Whether a letter was written to those in charge."""
    return (sent.key or "").startswith(ALERT)


def done(turn: Turn, number: int, words: str | None = None) -> bool:
    """A human has answered it, in these words if they used their own; False when somebody had before."""
    first = tickets.answered(turn.tx, number, words)
    care.happened(turn.tx, number, TicketStep.ANSWERED, turn.now, turn.person.id, words or "")
    return first


def relay(turn: Turn, ticket: Ticket, words: str) -> Said:
    """Takes the words of somebody in charge to the person whose ticket it is."""
    done(turn, ticket.id, words)
    discussion = discussions.of_person(turn.tx, ticket.person_id)
    between = (discussion.human_id, discussion.ticket_id) if discussion else None
    talks = between == (turn.person.id, ticket.id)
    by = None if turn.person.roles & OPERATORS else turn.person.name
    data = {"number": ticket.id, "text": words, "name": turn.person.name, "by": by}
    write_to_asker(turn, ticket, Reply("support/said" if talks else "support/answered", data))
    if talks:
        discussions.go_on(turn.tx, ticket.person_id, turn.now)
        return replace(say("desk/said-on", number=ticket.id), numbered=False)
    return say("support/relayed", number=ticket.id, count=1)


def write_to_asker(turn: Turn, ticket: Ticket, reply: Reply, language: str | None = None) -> None:
    """A letter to the person of a ticket, where they asked; `language`: that of somebody who is on no roster yet."""
    spoken = language or people.language_of(turn.tx, ticket.person_id) or DEFAULT_LANGUAGE
    page = replace(turn.house.wording.page([reply], spoken), numbered=False)
    send_answer(turn, ticket.id, ticket.channel, ticket.address, page, ticket.thread)


def send_answer(
    turn: Turn, number: int, channel: str, address: str, page: Page, thread: Thread | None = None
) -> None:
    """A letter with the answer to a ticket; if it cannot be delivered, the operators are told."""
    name = f"{turn.heard.name} {channel}:{address}"
    key = f"{ANSWER}{number}:{sha256(name.encode()).hexdigest()}"
    turn.others.append(NewLetter(channel, address, page, key=key, ticket_id=number, thread=thread))
