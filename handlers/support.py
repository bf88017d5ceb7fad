"""Hands over to a human: a ticket, an alert to the operators, and the words that they reply with."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import structlog

from bot import dialogue, markup
from bot.addressed import answered
from bot.alerts import alert_operators, ticket_answered
from bot.filling import Line
from bot.messages import Page, Reply, Thread
from bot.question import Question
from bot.reading import some_text
from bot.render import DEFAULT_LANGUAGE
from bot.sending import ALERT, ANSWER
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from storage import people, tickets
from storage.outbox import NewLetter, Sent
from storage.people import Person
from storage.states import Role
from storage.talks import KeptTalk
from storage.tickets import NewTicket, Ticket

log = structlog.get_logger()

OPERATORS = frozenset({Role.OPERATOR})
LONGEST_MATTER = 1500
"""Characters."""
ANYTHING = replace(some_text(min=8, max=LONGEST_MATTER, paragraphs=True), reads_anything=False)
"""A question is for the human too: nothing here is tried as one for the knowledge base."""
MATTER = Question("matter", "human/ask-matter", ANYTHING)


async def hand_over(talk: Talk, _turn: Turn) -> str:
    """What the person wants to tell a human."""
    return await talk.ask(MATTER)


def hand_in(turn: Turn, kept: KeptTalk, matter: str) -> Said:
    """Opens a ticket for what the person wrote: a letter as it stands."""
    now = kept.answers[MATTER.name]["turn"] == turn.heard.name
    words = turn.heard.words.strip() if now and turn.heard.envelope else matter
    return opened(turn, open_for(turn, kept, "human", words[:LONGEST_MATTER]))


def open_for(turn: Turn, kept: KeptTalk, kind: str, matter: str) -> int:
    """A new ticket, and an alert that the operators answer by replying to it: the ticket's number."""
    number = open_ticket(turn, kind, matter, kept.id)
    alert(turn, number, Reply("support/alert-ticket", described(turn, number, matter)))
    return number


def open_ticket(turn: Turn, kind: str, matter: str, talk_id: str | None = None) -> int:
    """A new ticket of the sender's, of which nobody has been told yet: its number."""
    heard = turn.heard
    new = NewTicket(
        turn.person.id, kind, matter, heard.channel, heard.chat or heard.sender, talk_id, thread_of(turn)
    )
    return tickets.open_one(turn.tx, new, turn.now)


def thread_of(turn: Turn) -> Thread | None:
    """What the answer to the sender goes on with, where they wrote a letter."""
    return turn.heard.envelope.thread if turn.heard.envelope else None


def alert(turn: Turn, number: int, reply: Reply, key: str | None = None) -> None:
    """Tells the operators of a ticket, with the same key only once."""
    if not alert_operators(turn, reply, number, key):
        log.error("ticket-unseen", ticket=number)


def described(turn: Turn, number: int, matter: str) -> dict[str, object]:
    """How a ticket is told to the operators; somebody who is not proven is not named."""
    asker = turn.person if turn.known else Person(turn.person.id)
    return {
        "number": number,
        "matter": matter,
        "name": asker.name,
        "school": asker.school.school if asker.school else None,
        "channel": turn.heard.channel,
    }


def opened(turn: Turn, number: int) -> Said:
    """Tells the person of the ticket that this turn alerted of, and whether anybody is there to read it."""
    seen = any(letter.ticket_id == number for letter in turn.others)
    by_letter = turn.heard.envelope is not None and dialogue.current(turn) is None
    return told_of(number, say("support/ticket-opened", number=number, seen=seen, by_letter=by_letter))


def told_of(number: int, said: Said) -> Said:
    """The same, as a letter about that ticket: who answers it adds to what they asked."""
    return replace(said, ticket_id=number)


def matter_of(turn: Turn, lines: tuple[Line, ...]) -> str:
    """The lines of a form as what a ticket is about."""
    return markup.to_plain(turn.house.wording.text("form/lines", DEFAULT_LANGUAGE, {"lines": lines}))


def replied_to(turn: Turn) -> tuple[Ticket, Sent] | None:
    """The ticket of which the message answers what the team was told, and that letter; None for anything else."""
    sent = answered(turn)
    ticket = tickets.by_id(turn.tx, sent.ticket_id) if sent and sent.ticket_id else None
    return (ticket, sent) if sent and ticket and _to_the_team(turn, sent, ticket) else None


def _to_the_team(turn: Turn, sent: Sent, ticket: Ticket) -> bool:
    """Whether a letter is an alert, or tells an operator what became of what they wrote to somebody else."""
    is_operator = turn.known and bool(turn.person.roles & OPERATORS)
    others = is_operator and ticket.person_id != turn.person.id and ticket_answered(sent.key) is None
    return is_alert(sent) or others


def is_alert(sent: Sent) -> bool:
    """Whether a letter was written to the operators."""
    return (sent.key or "").startswith(ALERT)


def relay(turn: Turn, ticket: Ticket, words: str) -> Said:
    """Takes an operator's words to the person whose ticket it is."""
    tickets.answered(turn.tx, ticket.id, words)
    language = people.language_of(turn.tx, ticket.person_id) or DEFAULT_LANGUAGE
    reply = Reply("support/answered", {"number": ticket.id, "text": words})
    page = replace(turn.house.wording.page([reply], language), numbered=False)
    send_answer(turn, ticket.id, ticket.channel, ticket.address, page, ticket.thread)
    return say("support/relayed", number=ticket.id, count=1)


def send_answer(
    turn: Turn, number: int, channel: str, address: str, page: Page, thread: Thread | None = None
) -> None:
    """A letter with the answer to a ticket; if it cannot be delivered, the operators are told."""
    name = f"{turn.heard.name} {channel}:{address}"
    key = f"{ANSWER}{number}:{sha256(name.encode()).hexdigest()}"
    turn.others.append(NewLetter(channel, address, page, key=key, ticket_id=number, thread=thread))


HUMAN = Conversation("human", hand_over, hand_in)
