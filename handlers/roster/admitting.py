"""What those in charge decide of a registration: accept it, or refuse it with a reason if they like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.mailing import CHANNEL as MAIL
from bot.messages import Button, Call, Reply, number_in
from bot.question import Question
from bot.reading import optional, some_text
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers import support
from handlers.roster.closed import TELEGRAM
from handlers.roster.invitations import IN_CHARGE, is_in_charge, letter_for
from storage import invitations, people, registrations, roster, telegram_off, tickets
from storage.people import Person, Place
from storage.registrations import Registration
from storage.talks import KeptTalk

TICKET: Final = "ticket"
REASON = Question("reason", "turn-away/ask-reason", optional(some_text(max=500)))


@dataclass(frozen=True, slots=True)
class Refused:
    """A registration to refuse, and why."""

    asked: Registration
    reason: str | None


def admit(turn: Turn, argument: str) -> Said:
    """Puts somebody on the roster, ties the address that they wrote from, and mails the invitation."""
    asked = _asked(turn, argument)
    if asked is None:
        return say("support/gone")
    if asked.school_id is None:
        return say("admit/no-school", asked=asked)
    if not registrations.decide(turn.tx, asked.ticket_id, turn.person.id, turn.now, accepted=True):
        return _decided(turn, asked)
    person_id, tied = _put_on_roster(turn, asked, Place(asked.role, asked.school_id))
    invitation = letter_for(turn.tx, turn.house, person_id, turn.now) if turn.house.settings.mailing else None
    turn.others.extend((invitation,) if invitation else ())
    _tell(turn, asked, Reply("register/accepted", {"asked": asked, "tied": tied}))
    may_come = invitation and invitations.still_to_come(turn.tx, person_id=person_id)
    buttons = (_again(turn, person_id),) if may_come else ()
    return say("admit/done", *buttons, asked=asked, invited=invitation is not None)


def _asked(turn: Turn, argument: str) -> Registration | None:
    """The registration that a button names, where the sender is in charge of it."""
    number = number_in(argument)
    found = registrations.of_ticket(turn.tx, number) if number is not None else None
    return found if found and turn.known and is_in_charge(turn, found.school_id) else None


def _put_on_roster(turn: Turn, asked: Registration, place: Place) -> tuple[int, bool]:
    """Their id, and whether the address they wrote from is theirs now.

    Somebody who has that e-mail address already only gets the role: that it is they who wrote, a code has to prove.
    """
    there = people.by_address(turn.tx, MAIL, asked.email)
    if there and (there.name or there.places):
        roster.add_role(turn.tx, there.id, place)
        return there.id, False
    person_id = roster.add_person(turn.tx, asked.name, asked.language, (place,), turn.now)
    people.link(turn.tx, person_id, MAIL, asked.email, turn.now)
    return person_id, _tie(turn, asked, person_id)


def _tie(turn: Turn, asked: Registration, person_id: int) -> bool:
    """Ties the address they wrote from, unless it is somebody's by now, or Telegram is closed to them."""
    owner = people.by_address(turn.tx, asked.channel, asked.address)
    off = asked.channel == TELEGRAM and telegram_off.is_off(turn.tx, person_id)
    if off or (owner and owner.linked):
        return bool(owner and owner.id == person_id)
    people.link(turn.tx, person_id, asked.channel, asked.address, turn.now, own=True)
    return True


def _tell(turn: Turn, asked: Registration, reply: Reply) -> None:
    """The person learns it where they wrote from."""
    ticket = tickets.by_id(turn.tx, asked.ticket_id)
    if ticket is None:
        return
    page = replace(turn.house.wording.page([reply], asked.language), numbered=False)
    support.done(turn, ticket.id)
    support.send_answer(turn, ticket.id, ticket.channel, ticket.address, page, ticket.thread)


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
    registrations.decide(turn.tx, asked.ticket_id, turn.person.id, turn.now, accepted=False, reason=reason)
    _tell(turn, asked, Reply("register/refused", {"asked": asked, "reason": reason}))
    return say("turn-away/done", asked=asked)


ADMIT = Command("admit", admit, IN_CHARGE, listed=False)
TURN_AWAY = Conversation(
    "turn-away",
    turn_away,
    refuse,
    IN_CHARGE,
    seed=lambda _turn, argument: {TICKET: argument},
    listed=False,
)
