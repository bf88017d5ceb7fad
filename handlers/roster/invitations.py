"""Invitations: an e-mail to the address on the roster, with a link that ties somebody's Telegram account at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.mailing import CHANNEL as MAIL
from bot.messages import Reply, number_in
from bot.turn import Command, House, Said, Turn, say
from handlers import support
from handlers.roster.closed import is_off_here, telegram_is_off
from handlers.roster.letters import to_address
from handlers.roster.linking import tie, welcomed
from storage import addresses, invitations, people, telegram_off
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.people import Address

TOKEN: Final = re.compile(rf"[A-Za-z]{{{invitations.LENGTH}}}")


def letter_for(tx: Transaction, house: House, person_id: int, now: datetime) -> NewLetter | None:
    """The invitation of somebody, to their e-mail address; None where they have none that lives."""
    standing = [one for one in addresses.of_person(tx, person_id) if one.channel == MAIL and not one.dead_at]
    person = people.by_id(tx, person_id)
    if person is None or not person.places or not standing:
        return None
    key, link = _link(tx, house, person_id, now)
    reply = Reply("invite/letter", {"name": person.name, "link": link, "days": invitations.LIFE.days})
    letter = to_address(tx, house.wording, person_id, Address(MAIL, standing[0].value), reply)
    return replace(letter, key=key)


def _link(tx: Transaction, house: House, person_id: int, now: datetime) -> tuple[str | None, str | None]:
    """The key of the letter and the link in it, where Telegram is for them and they are not there yet."""
    settings = house.settings
    open_to_them = settings.telegram_token is not None and not telegram_off.is_off(tx, person_id)
    if (
        not open_to_them
        or not settings.telegram_name
        or not invitations.still_to_come(tx, person_id=person_id)
    ):
        return None, None
    number, token = invitations.make(tx, person_id, now)
    return invitations.letter_of(number), settings.invitation_link(token)


def take_up(turn: Turn, argument: str) -> Said | None:
    """Ties the sender's account by the token of an invitation; None where it is no token at all."""
    if not TOKEN.fullmatch(argument) or turn.heard.channel == MAIL:
        return None
    found = invitations.with_token(turn.tx, argument)
    person = people.by_id(turn.tx, found.person_id) if found else None
    if found is None or person is None or not person.places:
        return say("invite/old")
    if turn.known and turn.person.id == person.id:
        return welcomed(turn, person)
    if not found.counts(turn.now):
        return say("invite/used" if found.used_at else "invite/old")
    if turn.known:
        return say("invite/somebody-else", person=turn.person)
    if is_off_here(turn, person.id):
        return telegram_is_off(turn)
    return tie(turn, person) if invitations.spend(turn.tx, found.id, turn.now) else say("invite/used")


def invite(turn: Turn, argument: str) -> Said:
    """Mails an invitation to somebody of the sender's schools who is not on Telegram yet."""
    person_id = number_in(argument)
    person = people.by_id(turn.tx, person_id) if person_id else None
    if person is None or not any(support.answers_for(turn, place.school_id) for place in person.places):
        return say("support/gone")
    still = invitations.still_to_come(turn.tx, person_id=person.id)
    letter = letter_for(turn.tx, turn.house, person.id, turn.now) if still else None
    if letter is None or turn.house.settings.mailing is None:
        return say("invite/not-sent", person=person)
    turn.others.append(letter)
    return say("invite/sent", person=person)


INVITE = Command("invite", invite, support.IN_CHARGE, listed=False)
