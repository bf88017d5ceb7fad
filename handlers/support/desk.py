"""The desk: what those in charge do with a ticket beside answering it: take it, see it again, pass it on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.alerts import members, to_people
from bot.gathering import TEAM, desk_of
from bot.messages import Button, Call, Reply, number_in
from bot.render import DEFAULT_LANGUAGE
from bot.sending import ALERT
from bot.turn import Command, Said, Turn, say
from handlers.support.asker import shown_as
from handlers.support.charge import IN_CHARGE, UNKNOWN_TICKET, cared_for, name_of, taken_by_another
from handlers.support.ending import Over, end_with
from handlers.support.matters import undecided
from storage import care, gathered, people, roles
from storage.outbox import NewLetter
from storage.states import TicketState, TicketStep
from storage.tickets import Ticket

ANYWAY: Final = "anyway"
TO_TEAM: Final = "team"
TO_SCHOOL: Final = "school"
TOLD: Final = frozenset({TicketStep.NOTE, TicketStep.ADDED, TicketStep.REOPENED, TicketStep.ANSWERED})
"""What has been written since, which whoever takes a ticket over has to know."""
MOST_TOLD: Final = 5
MOST_NAMES: Final = 8
"""Operators that are named to pass a ticket on to."""


def take(turn: Turn, argument: str) -> Said:
    """The sender sees to the ticket, `NUMBER` or `NUMBER-anyway` where somebody else does already."""
    number, _, how = argument.partition("-")
    ticket = cared_for(turn, number_in(number))
    if ticket is None:
        return UNKNOWN_TICKET
    if ticket.state is not TicketState.OPEN:
        return say("desk/not-open", number=ticket.id, status=ticket.status.value)
    other = taken_by_another(turn, ticket)
    if other and how != ANYWAY:
        return say("desk/taken-by", **other)
    take_over(turn, ticket)
    return _about(ticket, say("desk/taken", number=ticket.id))


def take_over(turn: Turn, ticket: Ticket) -> None:
    """The sender sees to it from now on; whoever did before is told."""
    care.take(turn.tx, ticket.id, turn.person.id, turn.now)
    care.happened(turn.tx, ticket.id, TicketStep.TAKEN, turn.now, turn.person.id)
    if taken_by_another(turn, ticket):
        reply = Reply("desk/taken-over", {"number": ticket.id, "name": turn.person.name})
        before = [ticket.taken_by] if ticket.taken_by else []
        turn.others.extend(to_people(turn.tx, turn.house.wording, before, reply, ticket.id))


def pass_on(turn: Turn, argument: str) -> Said:
    """Asks whom to pass the ticket to (`NUMBER`), or does it (`NUMBER-team`, `NUMBER-school`, `NUMBER-PERSON`)."""
    number, _, to = argument.partition("-")
    ticket = cared_for(turn, number_in(number))
    if ticket is None:
        return UNKNOWN_TICKET
    if not to:
        return say("desk/pass-to-whom", *_operators(turn, ticket), number=ticket.id, **_school(turn, ticket))
    return _passed(turn, ticket, to) or UNKNOWN_TICKET


def _operators(turn: Turn, ticket: Ticket) -> tuple[Button, ...]:
    others = (one for one in members(turn.tx, TEAM, ticket.person_id) if one != turn.person.id)
    named = ((one, name_of(turn, one)) for one in others)
    return tuple(Button(name, str(Call("pass", f"{ticket.id}-{one}"))) for one, name in named if name)[
        :MOST_NAMES
    ]


def _school(turn: Turn, ticket: Ticket) -> dict[str, object]:
    """The school whose responsible it may be passed to, if any is reached."""
    asker = people.by_id(turn.tx, ticket.person_id)
    place = asker.school if asker else None
    school_id = school_of(turn, ticket)
    name = place.school if place and place.school_id == school_id else None
    return {"to_school": school_id is not None, "school": name}


def school_of(turn: Turn, ticket: Ticket) -> int | None:
    """The school that a ticket is about, or where its person works; none where nobody is in charge there."""
    asker = people.by_id(turn.tx, ticket.person_id)
    place = asker.school if asker else None
    school_id = ticket.school_id or (place.school_id if place else None)
    return school_id if school_id and roles.in_charge_of(turn.tx, school_id, ticket.person_id) else None


def _passed(turn: Turn, ticket: Ticket, to: str) -> Said | None:
    """None where there is nobody to pass it to."""
    school_id = school_of(turn, ticket) if to == TO_SCHOOL else None
    operator = number_in(to)
    if operator is not None and operator not in members(turn.tx, TEAM, ticket.person_id):
        return None
    if operator is None and to != TO_TEAM and school_id is None:
        return None
    desk = desk_of(school_id)
    told = [operator] if operator is not None else members(turn.tx, desk, ticket.person_id)
    letters = tuple(_letters(turn, ticket, [one for one in told if one != turn.person.id]))
    if not letters:
        return say("desk/nobody-there", number=ticket.id)
    _note_passed(turn, ticket, operator, school_id)
    turn.others.extend(letters)
    end_with(turn, ticket, Over.PASSED)
    name = name_of(turn, operator)
    return say("desk/passed", number=ticket.id, name=name, to_school=school_id is not None)


def _note_passed(turn: Turn, ticket: Ticket, operator: int | None, school_id: int | None) -> None:
    care.pass_to(turn.tx, ticket.id, operator, school_id, turn.now)
    words = name_of(turn, operator) or (TO_SCHOOL if school_id else TO_TEAM)
    care.happened(turn.tx, ticket.id, TicketStep.PASSED, turn.now, turn.person.id, words)


def _letters(turn: Turn, ticket: Ticket, to: list[int]) -> list[NewLetter]:
    by = turn.person.name
    reply = undecided(turn, ticket, by) or Reply("desk/alert-passed", {**told_again(turn, ticket), "by": by})
    return list(to_people(turn.tx, turn.house.wording, to, reply, ticket.id, f"passed:{turn.heard.mark}"))


def see(turn: Turn, argument: str) -> Said:
    """Shows the alert of a ticket as it would have come, in a letter of its own, so that replying to it answers."""
    ticket = cared_for(turn, number_in(argument))
    if ticket is None:
        return UNKNOWN_TICKET
    turn.others.append(_alert_again(turn, ticket))
    return say("desk/shown", number=ticket.id)


def _alert_again(turn: Turn, ticket: Ticket) -> NewLetter:
    matter, kept = undecided(turn, ticket), gathered.last_of(turn.tx, ticket.id)
    if matter:
        page = turn.house.wording.page([matter], turn.language)
    elif kept:
        page = kept.pages.get(turn.language) or kept.pages[DEFAULT_LANGUAGE]
    else:
        reply = Reply("desk/alert-passed", {**told_again(turn, ticket), "by": None})
        page = turn.house.wording.page([reply], turn.language)
    key = f"{ALERT}{kept.key if kept else 'seen'}:{turn.heard.mark}:{turn.person.id}"
    where = turn.heard.chat or turn.heard.sender
    return NewLetter(turn.heard.channel, where, replace(page, numbered=False), key=key, ticket_id=ticket.id)


def told_again(turn: Turn, ticket: Ticket) -> dict[str, object]:
    """How a ticket is told to those in charge later on; who was not proven when it was opened is not named."""
    opened_by = care.opened_by(turn.tx, ticket.id)
    asker = people.by_id(turn.tx, opened_by) if opened_by is not None else None
    return {
        "number": ticket.id,
        "matter": ticket.text,
        "tried": ticket.tried,
        **shown_as(asker),
        "channel": ticket.channel,
        "since": [one for one in care.history(turn.tx, ticket.id) if one.what in TOLD][-MOST_TOLD:],
    }


def _about(ticket: Ticket, said: Said) -> Said:
    return replace(said, ticket_id=ticket.id)


TAKE = Command("take", take, IN_CHARGE, listed=False)
PASS = Command("pass", pass_on, IN_CHARGE, listed=False)
SEE = Command("see", see, IN_CHARGE, takes_words=True, listed=False)
