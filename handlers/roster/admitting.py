"""What those in charge decide of a registration: accept it, or refuse it with a reason if they like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.mailing import CHANNEL as MAIL
from bot.messages import Button, Call, Reply, number_in
from bot.question import Question
from bot.reading import optional, some_text
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers import support
from handlers.roster.invitations import letter_for
from handlers.roster.scope import scope_of
from storage import invitations, people, registrations, roster, staff, tickets
from storage.people import Person, Place
from storage.registrations import Registration
from storage.staff import Post
from storage.talks import KeptTalk

TICKET: Final = "ticket"
REASON = Question("reason", "turn-away/ask-reason", optional(some_text(max=500)))


@dataclass(frozen=True, slots=True)
class Refused:
    """A registration to refuse, and why."""

    asked: Registration
    reason: str | None


def admit(turn: Turn, argument: str) -> Said:
    """Puts somebody on the roster at their work address, and mails the invitation there.

    Who reads that mailbox is proven by nothing else: the address that they wrote from is tied by what is mailed.
    """
    asked = _asked(turn, argument)
    if asked is None:
        return say("support/gone")
    if asked.school_id is None:
        return say("admit/no-school", asked=asked)
    if not registrations.decide(turn.tx, asked.ticket_id, turn.person.id, turn.now, accepted=True):
        return _decided(turn, asked)
    person_id = _put_on_roster(turn, asked, Place(asked.role, asked.school_id))
    invitation = letter_for(turn.tx, turn.house, person_id, turn.now) if turn.house.settings.mailing else None
    turn.others.extend((invitation,) if invitation else ())
    tied = (asked.channel, asked.address) == (MAIL, asked.email)
    _tell(turn, asked, Reply("register/accepted", {"asked": asked, "tied": tied}))
    may_come = invitation and invitations.still_to_come(turn.tx, person_id=person_id)
    buttons = (_again(turn, person_id),) if may_come else ()
    return say("admit/done", *buttons, asked=asked, invited=invitation is not None, tied=tied)


def _asked(turn: Turn, argument: str) -> Registration | None:
    """The registration that a button names, where the sender is in charge of it and may give what it asks for."""
    number = number_in(argument)
    found = registrations.of_ticket(turn.tx, number) if number is not None else None
    return found if found and turn.known and _may_decide(turn, found) else None


def _may_decide(turn: Turn, asked: Registration) -> bool:
    school = staff.school_by_id(turn.tx, asked.school_id) if asked.school_id else None
    may_give = school is None or scope_of(turn.tx, turn.person).may_give(Post(asked.role, *school.key))
    return may_give and support.answers_for(turn, asked.school_id)


def _put_on_roster(turn: Turn, asked: Registration, place: Place) -> int:
    """Their id; somebody who has that e-mail address already only gets the role."""
    there = people.by_address(turn.tx, MAIL, asked.email)
    if there and (there.name or there.places):
        roster.add_role(turn.tx, there.id, place)
        return there.id
    person_id = roster.add_person(turn.tx, asked.name, asked.language, (place,), turn.now)
    people.link(turn.tx, person_id, MAIL, asked.email, turn.now)
    return person_id


def _tell(turn: Turn, asked: Registration, reply: Reply) -> None:
    """The person learns it where they wrote from."""
    ticket = tickets.by_id(turn.tx, asked.ticket_id)
    if ticket is None:
        return
    support.done(turn, ticket.id)
    support.write_to_asker(turn, ticket, reply, asked.language)


def _decided(turn: Turn, asked: Registration) -> Said:
    """What was decided before, by whom."""
    now = registrations.of_ticket(turn.tx, asked.ticket_id) or asked
    by = people.by_id(turn.tx, now.decided_by) if now.decided_by else None
    return say("admit/decided", asked=now, by=_name(by), own=now.decided_by == turn.person.id)


def _name(person: Person | None) -> str | None:
    return person.name if person else None


def _again(turn: Turn, person_id: int) -> Button:
    label = turn.house.wording.label("admit/done", "again", turn.language)
    return Button(label.text if label else "", str(Call("invite", str(person_id))))


async def turn_away(talk: Talk, turn: Turn) -> Refused | None:
    """The registration to refuse and the reason, if one is given; None where there is nothing to decide."""
    asked = _asked(turn, talk.seed.get(TICKET, ""))
    if asked is None or asked.accepted is not None:
        return None
    return Refused(asked, await talk.ask(REASON, {"asked": asked.name}))


def refuse(turn: Turn, kept: KeptTalk, refused: Refused | None) -> Said:
    """Keeps the refusal and tells the person."""
    if refused is None:
        asked = _asked(turn, kept.seed.get(TICKET, ""))
        return _decided(turn, asked) if asked else say("support/gone")
    asked, reason = refused.asked, refused.reason
    by = turn.person.id
    if not registrations.decide(turn.tx, asked.ticket_id, by, turn.now, accepted=False, reason=reason):
        return _decided(turn, asked)
    _tell(turn, asked, Reply("register/refused", {"asked": asked, "reason": reason}))
    return say("turn-away/done", asked=asked)


ADMIT = Command("admit", admit, support.IN_CHARGE, listed=False)
TURN_AWAY = Conversation(
    "turn-away",
    turn_away,
    refuse,
    support.IN_CHARGE,
    seed=lambda _turn, argument: {TICKET: argument},
    listed=False,
)
