"""Replying to a ticket: an operator picks an entry, or writes words of their own, for everybody who asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.addressed import answered
from bot.messages import Button, Call, Page, Reply, read_press
from bot.naming import button_on, command_named
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, refusal, say
from faq.entry import Entry
from faq.matcher import confident
from handlers import support
from handlers.questions import replies
from handlers.support import OPERATORS
from handlers.support.charge import cared_for, taken_by_another
from handlers.support.discussing import discusses
from handlers.support.notes import note, note_in
from handlers.teaching.askers import answer_all
from handlers.teaching.choices import picked
from handlers.teaching.lessons import learn
from handlers.teaching.rejoinders import is_for_us, rejoin
from handlers.teaching.sending import HELD, HELD_FOR_ONE, hold_back, relayed, send
from storage import enquiries, talks
from storage.enquiries import Enquiry
from storage.outbox import Sent
from storage.states import TicketState
from storage.tickets import Ticket

AT_THE_DESK: Final = frozenset({"take", "pass", "note", "close", "discuss", "end-discussion"})
"""Abilities whose buttons stand below every alert."""
NUMBER: Final = re.compile(
    r"(?:(?:oui|yes|ok|okay|je choisis|i choose|le|la|the|choix|choice|option|no|n°|numero|number|reponse)\W+)*"
    r"(\d{1,2})\W*(?:(?:svp|stp|s'il vous plait|s'il te plait|please|merci|thanks|thank you)\W*)*"
)
"""A line that names a choice by its number; folded text."""
LONGEST_SIGNED: Final = 60
"""Characters of a line below it that may be a signature."""
ENDED: Final = re.compile(r"[.?:;]$")
"""A sentence, which is no signature."""


def reply(turn: Turn) -> Said | None:
    """Takes up what answers a letter about a ticket: an operator's choice or words for those who asked, or theirs."""
    alert = support.replied_to(turn)
    if alert is None:
        return rejoin(turn) or _chosen_elsewhere(turn)
    answered_one, sent = alert
    ticket = cared_for(turn, answered_one.id)
    if ticket is None:
        return refusal(turn, TEACH) or say("support/gone")
    said = _noted(turn, ticket) or _chosen(turn, sent.page)
    ordinary = said is None and not support.is_alert(sent) and _is_for_us(turn, ticket)
    return None if ordinary else said or _in_words(turn, sent, ticket)


def _is_for_us(turn: Turn, ticket: Ticket) -> bool:
    """Whether it is meant for the assistant; in a discussion « merci! » is for the person."""
    return bool(command_named(turn, turn.heard.text)) if discusses(turn, ticket) else is_for_us(turn)


def _noted(turn: Turn, ticket: Ticket) -> Said | None:
    """What begins with « note : » is for those in charge only."""
    words = note_in(turn.heard.words)
    return note(turn, ticket, words) if words else None


def reply_to_nothing(turn: Turn) -> Said | None:
    """What an operator writes as a reply is meant for somebody; it is no question for the knowledge base.

    By letter people go on in any thread, so that what the knowledge base knows is answered all the same.
    """
    sent = answered(turn)
    by_letter = turn.heard.envelope is not None and not (sent and support.is_alert(sent))
    if not turn.heard.about or refusal(turn, TEACH) or (sent and sent.talk_id):
        return None
    if talks.foreground(turn.tx, turn.person.id) and not turn.heard.envelope:
        return None
    known = turn.match is not None and (confident(turn.match) or turn.match.outcome == "small_talk")
    return None if by_letter and known else say("teach/nobody")


def _chosen_elsewhere(turn: Turn) -> Said | None:
    """The choice that an operator's letter names of another letter of ours, such as « Les envoyer quand même »."""
    sent = answered(turn) if turn.heard.envelope else None
    ours = sent is None or sent.talk_id or refusal(turn, TEACH)
    return None if sent is None or ours else _chosen(turn, sent.page)


def _chosen(turn: Turn, page: Page) -> Said | None:
    """A reply names its choice by number, although no number typed without it does."""
    numbered = replace(page, buttons=_choices(page), numbered=True)
    choice = button_on(numbered, _named(turn)) or button_on(page, _named(turn))
    ability = turn.house.abilities.get(choice.command) if isinstance(choice, Call) else None
    if isinstance(choice, Call) and isinstance(ability, Command):
        return refusal(turn, ability) or ability.answer(turn, choice.argument)
    return None


def _choices(page: Page) -> tuple[Button, ...]:
    """The buttons that a number may name: a bare number written to a person takes no ticket and closes none."""
    calls = ((button, read_press(button.press)) for button in page.buttons)
    return tuple(
        button for button, call in calls if not (isinstance(call, Call) and call.command in AT_THE_DESK)
    )


def _named(turn: Turn) -> str:
    """What names a choice, by letter its first line if nothing but a signature follows: « oui 1 svp », « 2. merci »."""
    text = turn.heard.text.strip()
    if turn.heard.envelope is None:
        return text.rstrip(".)")
    first, *others = text.splitlines() or [""]
    number = NUMBER.fullmatch(fold(first))
    if any(len(line) > LONGEST_SIGNED or ENDED.search(line.strip()) for line in others):
        return text
    return number[1] if number else first


def _in_words(turn: Turn, alert: Sent, ticket: Ticket) -> Said:
    words, kind = turn.heard.words, HELD_FOR_ONE if support.is_about_addition(alert) else HELD
    choices = _choices(alert.page)
    if choices and _named(turn).isdecimal():
        asked_again = say("teach/no-such-choice", *choices, number=ticket.id)
        return support.told_of(ticket.id, asked_again)
    if discusses(turn, ticket):
        return support.told_of(ticket.id, support.relay(turn, ticket, words))
    free = ticket.state is TicketState.OPEN and taken_by_another(turn, ticket) is None
    return send(turn, ticket, words, kind) if free else hold_back(turn, ticket, words, kind)


def teach(turn: Turn, argument: str) -> Said:
    """Gives everybody of a ticket the entry picked, `TICKET-ENTRY`, and learns the question as a wording of it."""
    number, entry = picked(turn, argument)
    ticket = cared_for(turn, number)
    asked = enquiries.of_ticket(turn.tx, ticket.id) if ticket else ()
    if ticket is None or entry is None or not asked:
        return say("support/gone")
    if not support.done(turn, ticket.id):
        return say("teach/already", number=ticket.id)
    count = answer_all(turn, ticket.id, lambda theirs, one: _given(theirs, one, entry))
    return Said((relayed(ticket.id, count), learn(turn, asked[0], entry=entry)), ticket_id=ticket.id)


def _given(theirs: Turn, asked: Enquiry, entry: Entry) -> tuple[Reply, ...]:
    enquiries.answered_with(theirs.tx, asked.id, entry.id, theirs.language)
    return replies.answers(theirs, [entry], asked.id)


TEACH = Command("teach", teach, OPERATORS, listed=False)
