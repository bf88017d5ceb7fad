"""Notes and closing: words of those in charge, to each other or as the last ones to the person."""

from __future__ import annotations

import re
from typing import Final

from bot.messages import Reply, number_in
from bot.question import Question
from bot.reading import optional, some_text
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.support.charge import IN_CHARGE, UNKNOWN_TICKET, cared_for, taken_by_another
from handlers.support.desk import ANYWAY
from handlers.support.ending import Over
from handlers.support.ending import close as close_ticket
from handlers.support.matters import undecided
from handlers.support.opening import told_of
from handlers.teaching.sending import hold_back, send
from storage import care
from storage.states import TicketState, TicketStep
from storage.talks import KeptTalk
from storage.tickets import Ticket

LONGEST: Final = 1500
"""Characters."""
IS_NOTE: Final = re.compile(r"\s*note(?: interne)?\s*:\s*", re.IGNORECASE)
"""How a reply to an alert begins that is not for the person."""
NOTE_WORDS = Question("note", "note/ask-words", some_text(max=LONGEST, paragraphs=True))
LAST_WORDS = Question("words", "close/ask-words", optional(some_text(max=LONGEST, paragraphs=True)))


def note_in(words: str) -> str | None:
    """The note that a reply to an alert holds, if it is one."""
    found = IS_NOTE.match(words)
    return words[found.end() :].strip() or None if found else None


def note(turn: Turn, ticket: Ticket, words: str) -> Said:
    """Keeps a note for those in charge; the person never sees it."""
    care.happened(turn.tx, ticket.id, TicketStep.NOTE, turn.now, turn.person.id, words)
    return told_of(ticket.id, say("desk/noted", number=ticket.id))


async def ask_note(talk: Talk, _turn: Turn) -> str:
    """What to note."""
    return await talk.ask(NOTE_WORDS)


def keep_note(turn: Turn, kept: KeptTalk, words: str) -> Said:
    """Keeps it with the ticket that the button named."""
    ticket = _of(turn, kept)
    return note(turn, ticket, words) if ticket else UNKNOWN_TICKET


async def ask_last_words(talk: Talk, turn: Turn) -> str | None:
    """What to tell the person, if anything; it is not asked of what waits for a verdict."""
    ticket = cared_for(turn, number_in(talk.seed.get("ticket", "")))
    return None if ticket and undecided(turn, ticket) else await talk.ask(LAST_WORDS)


def close(turn: Turn, kept: KeptTalk, words: str | None) -> Said:
    """Closes the ticket, with an answer or without a word; what waits for a verdict is not closed without one."""
    ticket = _of(turn, kept)
    if ticket is None:
        return UNKNOWN_TICKET
    matter = undecided(turn, ticket)
    if matter:
        return told_of(ticket.id, Said((Reply("close/decide-first", {"number": ticket.id}), matter)))
    if kept.seed.get("how") != ANYWAY and _was_faster(turn, ticket, words):
        return hold_back(turn, ticket, words) if words else _why_open(turn, ticket)
    if ticket.closed_at and not words:
        return say("desk/not-open", number=ticket.id, status=ticket.status.value)
    offers = send(turn, ticket, words).replies[1:] if words else ()
    care.happened(turn.tx, ticket.id, TicketStep.CLOSED, turn.now, turn.person.id)
    discussed = close_ticket(turn, ticket, Over.CLOSED)
    closed = Reply("desk/closed", {"number": ticket.id, "told": bool(words), "discussed": discussed})
    return told_of(ticket.id, Said((closed, *offers)))


def _was_faster(turn: Turn, ticket: Ticket, words: str | None) -> bool:
    """Whether somebody else sees to it, or has answered it or closed it before the last words were written."""
    if ticket.state is TicketState.OPEN:
        return taken_by_another(turn, ticket) is not None
    answer = care.last_answer(turn.tx, ticket.id)
    return words is not None and (
        ticket.closed_at is not None or answer is None or answer.by != turn.person.id
    )


def _why_open(turn: Turn, ticket: Ticket) -> Said:
    return say("desk/close-taken", **(taken_by_another(turn, ticket) or {}))


def _of(turn: Turn, kept: KeptTalk) -> Ticket | None:
    return cared_for(turn, number_in(kept.seed.get("ticket", "")))


def seed_of(_turn: Turn, argument: str) -> dict[str, str]:
    """The ticket that the button names, `NUMBER` or `NUMBER-anyway`."""
    number, _, how = argument.partition("-")
    return {"ticket": number, "how": how} if how else {"ticket": number}


NOTE = Conversation("note", ask_note, keep_note, IN_CHARGE, seed=seed_of, listed=False)
CLOSE = Conversation("close", ask_last_words, close, IN_CHARGE, seed=seed_of, listed=False)
