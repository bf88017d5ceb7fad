"""Discussing: a human talks with a person through the assistant, which keeps silent meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.alerts import to_people
from bot.attachments import MOST_FILES, is_picture
from bot.mailing import CHANNEL as MAIL
from bot.messages import Call, Kind, Reply, number_in, read_press
from bot.naming import command_named
from bot.turn import SILENCE, Command, House, Said, Turn, say
from handlers.support.adding import add, told_where
from handlers.support.asker import shown_name
from handlers.support.charge import IN_CHARGE, UNKNOWN_TICKET, cared_for, name_of, taken_by_another
from handlers.support.desk import ANYWAY, take_over, told_again
from handlers.support.ending import Over, end_unasked, end_with
from handlers.support.ending import end as end_discussion
from handlers.support.opening import thread_of, told_of
from handlers.support.relaying import replied_to, write_to_asker
from storage import care, discussions, tickets
from storage.database import Transaction
from storage.discussions import Discussion
from storage.outbox import NewLetter
from storage.states import TicketStep
from storage.talks import KeptTalk
from storage.tickets import Ticket

HEARD_MEANWHILE: Final = {"assistant": "", "stop": "reminders", "remind": "", "settled": "", "rate": ""}
"""Abilities that the assistant still answers to, and what they are about when typed: no talk is meant here."""
ABOUT_US: Final = frozenset({"help", "requests"})
"""What is answered by who is here."""
LONGEST: Final = 4_000
"""Characters of a message that the human is shown."""


def discuss(turn: Turn, argument: str) -> Said:
    """The sender talks with the person of the ticket from now on, `NUMBER` or `NUMBER-anyway`."""
    number, _, how = argument.partition("-")
    ticket = cared_for(turn, number_in(number))
    if ticket is None:
        return UNKNOWN_TICKET
    if ticket.channel == MAIL:  # replies are a discussion already
        return told_of(ticket.id, say("desk/discuss-by-mail", number=ticket.id))
    other = taken_by_another(turn, ticket)
    if other and how != ANYWAY:
        return say("desk/discussed-by", **other)
    began = discussions.begin(turn.tx, _between(turn, ticket))
    held = discussions.of_person(turn.tx, ticket.person_id)
    if not began and held and held.human_id != turn.person.id:
        return say("desk/talks-already", number=ticket.id, name=name_of(turn, held.human_id))
    if began:
        _begin(turn, ticket)
    return discussing(
        turn, ticket if began or held is None else tickets.by_id(turn.tx, held.ticket_id) or ticket
    )


def discussing(turn: Turn, ticket: Ticket) -> Said:
    """Whom the sender talks with, and the button that ends it."""
    by_letter = turn.heard.envelope is not None
    said = say("desk/discussing", **_whom(turn, ticket), by_letter=by_letter)
    return told_of(ticket.id, replace(said, numbered=False))


def _between(turn: Turn, ticket: Ticket) -> Discussion:
    return Discussion(ticket.person_id, ticket.id, turn.person.id, ticket.channel, ticket.address, turn.now)


def _whom(turn: Turn, ticket: Ticket) -> dict[str, object]:
    return {"number": ticket.id, "name": told_again(turn, ticket)["name"]}


def _begin(turn: Turn, ticket: Ticket) -> None:
    take_over(turn, ticket)
    data = {"number": ticket.id, "name": turn.person.name, "hours": turn.house.settings.human_returns_after}
    write_to_asker(turn, ticket, Reply("support/discussion-begins", data))


def keep_silent(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Brings what somebody writes to the human whom they talk with; only stop words are the assistant's."""
    talks = None if turn.unproven else discussions.of_person(turn.tx, turn.person.id)
    where = (turn.heard.channel, turn.heard.chat or turn.heard.sender)
    if talks is None or where != (talks.channel, talks.address) or replied_to(turn):
        return None
    if turn.heard.kind is Kind.PRESS:
        press = read_press(turn.heard.press)
        heard = isinstance(press, Call) and press.command in HEARD_MEANWHILE
        return _meanwhile(turn, press) if isinstance(press, Call) and heard else _who_is_here(turn, talks)
    words = turn.heard.text.strip()
    if turn.heard.kind is not Kind.TEXT or not (words or turn.heard.files):
        return replace(say("support/only-words", name=name_of(turn, talks.human_id)), alone=True)
    named = command_named(turn, words) or ""
    if named in HEARD_MEANWHILE:
        return _meanwhile(turn, Call(named, HEARD_MEANWHILE[named]))
    return _who_is_here(turn, talks) if named in ABOUT_US else _bring(turn, talks, words[:LONGEST])


def _meanwhile(turn: Turn, call: Call) -> Said:
    """What the assistant still does, in one line, with no question put again; unless that ends the discussion."""
    ability = turn.house.abilities[call.command]
    said = ability.answer(turn, call.argument) if isinstance(ability, Command) else SILENCE
    over = discussions.of_person(turn.tx, turn.person.id) is None
    return said if over else replace(said, replies=said.replies[:1], talk=None, alone=True)


def discusses(turn: Turn, ticket: Ticket) -> bool:
    """Whether the sender talks with the person of this ticket right now."""
    talks = discussions.of_person(turn.tx, ticket.person_id)
    return talks is not None and (talks.ticket_id, talks.human_id) == (ticket.id, turn.person.id)


def _who_is_here(turn: Turn, talks: Discussion) -> Said:
    here = {"name": name_of(turn, talks.human_id), "number": talks.ticket_id}
    return replace(say("support/who-is-here", **here), alone=True)


def _bring(turn: Turn, talks: Discussion, words: str) -> Said:
    ticket = tickets.by_id(turn.tx, talks.ticket_id)
    letters = _to_human(turn, talks, words)
    if ticket is None or not letters:
        return _nobody_there(turn, talks, ticket, words)
    turn.others.extend(letters)
    tickets.reopen(turn.tx, ticket.id, talks.channel, talks.address, thread_of(turn))
    care.wait_again(turn.tx, ticket.id, turn.now)
    care.happened(turn.tx, ticket.id, TicketStep.ADDED, turn.now, turn.person.id, words)
    discussions.go_on(turn.tx, talks.person_id, turn.now)
    return SILENCE


def _nobody_there(turn: Turn, talks: Discussion, ticket: Ticket | None, words: str) -> Said:
    """The human cannot be reached any more: the words go to all who are in charge."""
    discussions.end(turn.tx, talks.person_id)
    if ticket is None:
        return UNKNOWN_TICKET
    added = add(turn, ticket, words)
    return say("support/followed-up", **told_where(added))


def _to_human(turn: Turn, talks: Discussion, words: str) -> list[NewLetter]:
    """Pictures go along as they are; a table may be full of people, and is only named."""
    name = shown_name(turn.person) if turn.known else None
    pictures = tuple(file for file in turn.heard.files[:MOST_FILES] if is_picture(file))
    named = [file.name for file in turn.heard.files if file not in pictures]
    data = {"number": talks.ticket_id, "name": name, "text": words, "files": named}
    reply = Reply("desk/discussed", data, files=pictures)
    key = f"discussed:{turn.heard.mark}"
    return list(to_people(turn.tx, turn.house.wording, [talks.human_id], reply, talks.ticket_id, key))


def end(turn: Turn, argument: str) -> Said:
    """The human leaves the person to the assistant again."""
    ticket = cared_for(turn, number_in(argument))
    if ticket is None or not end_with(turn, ticket, Over.ENDED):
        return UNKNOWN_TICKET
    return told_of(ticket.id, say("desk/discussion-ended", number=ticket.id))


def return_to_assistant(turn: Turn, _argument: str) -> Said:
    """The person wants the assistant again; the human is told, and the question that waits is put again."""
    talks = None if turn.unproven else discussions.of_person(turn.tx, turn.person.id)
    if talks is None:
        return say("support/no-discussion")
    end_discussion(turn, talks, Over.LEFT)
    return say("support/assistant-back", number=talks.ticket_id, why=Over.LEFT.value)


def return_in_time(tx: Transaction, house: House, now: datetime) -> tuple[NewLetter, ...]:
    """Ends the discussions in which nobody has written for as long as the settings say: what both are told."""
    limit = timedelta(hours=house.settings.human_returns_after)
    silent = discussions.silent_since(tx, now - limit)
    return tuple(letter for one in silent for letter in end_unasked(tx, house, one, now, Over.LAPSED))


DISCUSS = Command("discuss", discuss, IN_CHARGE, listed=False)
END = Command("end-discussion", end, IN_CHARGE, listed=False)
ASSISTANT = Command("assistant", return_to_assistant, listed=False)
