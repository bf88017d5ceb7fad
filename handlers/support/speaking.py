"""Speaking on: what those in charge type while they discuss goes to the person, without replying to a message."""

from __future__ import annotations

import re
from typing import Final

from bot.addressed import answered
from bot.messages import Kind
from bot.naming import command_named, is_shown
from bot.reading.words import fold
from bot.turn import Said, Turn, say
from handlers.support import discussing
from handlers.support.charge import cared_for
from handlers.support.notes import note, note_in
from handlers.support.opening import told_of
from handlers.support.relaying import relay
from storage import discussions
from storage.talks import KeptTalk
from storage.tickets import Ticket

COURTESY: Final = frozenset({"start", "thanks"})
"""Commands whose words are meant for the person: « bonjour », « merci »."""
ABOUT_A_NUMBER: Final = re.compile(r"(.+?)\s+(?:n°|no\.?|#)?\s*\d+")
"""A command and the ticket that it is about, « voir la demande 12 »."""


def speak_on(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """What somebody in charge types on a chat channel while they discuss, and nothing else asks them anything."""
    heard = turn.heard
    typed = heard.kind is Kind.TEXT and heard.text.strip() and not heard.files
    if kept or not typed or heard.envelope or heard.about or answered(turn) or not turn.known:
        return None
    held = discussions.of_human(turn.tx, turn.person.id)
    return _spoken(turn, [one.ticket_id for one in held]) if held and not _is_command(turn) else None


def _is_command(turn: Turn) -> bool:
    """Whether it is for the assistant; what is asked of it about the discussion is answered here."""
    text = turn.heard.text.strip()
    found = ABOUT_A_NUMBER.fullmatch(text)
    named = command_named(turn, text) or (command_named(turn, found[1]) if found else None)
    courtesy = named in COURTESY and not text.startswith("/")
    ours = _ends(turn) or named == "help"
    return not ours and (is_shown(turn, text) or bool(named and not courtesy))


def _ends(turn: Turn) -> bool:
    """Whether it ends the discussion; as a number is for the person, so is any other word than these."""
    ends = map(fold, turn.house.wording.words("end-discussion/meant", "ends"))
    return fold(turn.heard.text) in ends


def _spoken(turn: Turn, numbers: list[int]) -> Said | None:
    """To whom is never guessed: of several discussions the one is named by replying to its message."""
    if len(numbers) > 1:
        return say("desk/to-whom")
    ticket = cared_for(turn, numbers[0])
    return _to_one(turn, ticket) if ticket else None


def _to_one(turn: Turn, ticket: Ticket) -> Said:
    if _ends(turn):
        return discussing.end(turn, str(ticket.id))
    if command_named(turn, turn.heard.text) == "help":
        return discussing.discussing(turn, ticket)
    noted = note_in(turn.heard.words)
    if noted:
        return note(turn, ticket, noted)
    return told_of(ticket.id, relay(turn, ticket, turn.heard.words))
