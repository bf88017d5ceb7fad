"""Opening a ticket: what the person wants to tell a human, and the alert to those in charge."""

from __future__ import annotations

import re
from dataclasses import replace

import structlog

from bot import dialogue, markup
from bot.alerts import alert_operators
from bot.anonymity import CALLED, CHILD, NAME, OWNING, TIED
from bot.blanking import BLANK
from bot.filling import Line
from bot.messages import Reply, Thread
from bot.question import Question
from bot.reading import one_of_values, some_text
from bot.render import DEFAULT_LANGUAGE
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.support.asker import shown_as
from handlers.support.charge import at_school
from storage import care, gathered, tickets
from storage.people import Person
from storage.states import TicketStep
from storage.talks import KeptTalk
from storage.tickets import NewTicket

log = structlog.get_logger()

LONGEST_MATTER = 1500
"""Characters."""
ANYTHING = replace(some_text(min=8, max=LONGEST_MATTER, paragraphs=True), reads_anything=False)
"""A question is for the human too: nothing here is tried as one for the knowledge base."""
MATTER = Question("matter", "human/ask-matter", ANYTHING)


AS_IS = Question("as-is", "human/ask-as-is", one_of_values("send"), confirms=True)
NAMES_CHILD = re.compile(rf"\b{CHILD}{CALLED},? {NAME}")


async def hand_over(talk: Talk, _turn: Turn) -> str:
    """What the person wants to tell a human; where it held a pupil's number or name, only once they say so again."""
    matter = await talk.ask(MATTER)
    if tells_of_child(matter):
        await talk.ask(AS_IS, {"matter": matter, "masked": BLANK in matter})
    return matter


def tells_of_child(text: str) -> bool:
    """Whether a number was masked in it, or somebody's child is named, or whose plan it is."""
    return BLANK in text or any(pattern.search(text) for pattern in (NAMES_CHILD, TIED, OWNING))


def hand_in(turn: Turn, kept: KeptTalk, matter: str) -> Said:
    """Opens a ticket for what the person wrote: a letter as it stands."""
    return opened(turn, open_for(turn, kept, "human", as_written(turn, kept, MATTER.name, matter)))


def as_written(turn: Turn, kept: KeptTalk, question: str, matter: str) -> str:
    """The answer to this question, or the whole letter that it came in."""
    now = kept.answers[question]["turn"] == turn.heard.name
    words = turn.heard.words.strip() if now and turn.heard.envelope else matter
    return words[:LONGEST_MATTER]


def open_for(turn: Turn, kept: KeptTalk, kind: str, matter: str, *, tried: str = "") -> int:
    """A new ticket, and an alert that the operators answer by replying to it: the ticket's number.

    Its kind is a short word; `bot.gathering.URGENT` names those that are told at once however many there are.
    """
    number = open_ticket(turn, kind, matter, kept.id, tried=tried)
    alert(turn, number, Reply("support/alert-ticket", described(turn, number, matter, tried)))
    return number


def open_ticket(
    turn: Turn,
    kind: str,
    matter: str,
    talk_id: str | None = None,
    *,
    tried: str = "",
    school_id: int | None = None,
) -> int:
    """A new ticket of the sender's, of which nobody has been told yet: its number."""
    heard = turn.heard
    where = heard.chat or heard.sender
    own = turn.person.school if turn.known else None
    about = school_id or (own.school_id if own else None)
    new = NewTicket(
        turn.person.id, kind, matter, heard.channel, where, talk_id, thread_of(turn), tried, about
    )
    number = tickets.open_one(turn.tx, new, turn.now)
    care.happened(turn.tx, number, TicketStep.OPENED, turn.now, turn.person.id if turn.known else None)
    return number


def thread_of(turn: Turn) -> Thread | None:
    """What the answer to the sender goes on with, where they wrote a letter."""
    return turn.heard.envelope.thread if turn.heard.envelope else None


def alert(turn: Turn, number: int, reply: Reply, key: str | None = None) -> None:
    """Tells the operators of a ticket, with the same key only once."""
    if not alert_operators(turn, reply, number, key):
        log.error("ticket-unseen", ticket=number)


def described(turn: Turn, number: int, matter: str, tried: str = "") -> dict[str, object]:
    """How a ticket is told to those in charge; somebody who is not proven is not named."""
    asker = turn.person if turn.known else Person(turn.person.id)
    return {
        "number": number,
        "matter": matter,
        "tried": tried,
        **shown_as(asker),
        "channel": turn.heard.channel,
    }


def is_seen(turn: Turn, number: int) -> bool:
    """Whether somebody in charge is told of the ticket in this turn, or will be within the hour."""
    at_once = any(letter.ticket_id == number for letter in turn.others)
    kept = gathered.last_of(turn.tx, number)
    return at_once or (kept is not None and kept.at >= turn.now)


def opened(turn: Turn, number: int) -> Said:
    """Tells the person of the ticket that this turn alerted of, and who will read it, if anybody is there."""
    by_letter = turn.heard.envelope is not None and dialogue.current(turn) is None
    read_by = {"seen": is_seen(turn, number), "school": at_school(turn, number)}
    return told_of(number, say("support/ticket-opened", number=number, by_letter=by_letter, **read_by))


def told_of(number: int, said: Said) -> Said:
    """The same, as a letter about that ticket: who answers it adds to what they asked."""
    return replace(said, ticket_id=number)


def matter_of(turn: Turn, lines: tuple[Line, ...]) -> str:
    """The lines of a form as what a ticket is about."""
    return markup.to_plain(turn.house.wording.text("form/lines", DEFAULT_LANGUAGE, {"lines": lines}))


HUMAN = Conversation("human", hand_over, hand_in)
