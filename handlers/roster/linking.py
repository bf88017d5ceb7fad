"""« Lier mon compte »: an address becomes somebody's by a code that is mailed to the address on the roster.

What is answered, and what is done for it, is the same whether that address is on the roster or not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.alerts import alert_operators
from bot.heads import signed_heads_of
from bot.mailing import CHANNEL as MAIL
from bot.messages import Kind, Reply
from bot.question import Question
from bot.reading import an_address
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.corrections import menu
from handlers.roster.closed import is_off_here, telegram_is_off
from handlers.roster.letters import to_address, to_all
from handlers.roster.not_me import mark_of
from storage import addresses, codes, invitations, people
from storage.codes import Code
from storage.people import Address, Person
from storage.talks import KeptTalk

ADDRESS = Question("address", "link/ask-address", an_address())
ANEW: Final = "anew"
"""The argument of somebody known who wants their address to be somebody else's."""
AGAIN: Final = "again"
"""The argument of somebody who wants another code, mailed where the last one was."""
TO: Final = "to"
"""The address that somebody gave at once, in what a talk begins with."""
GIVEN: Final = re.compile(r"(?:[^\d]{0,40}[^\d-])?(\d{3})[\s.-]?(\d{3})(?:[^\d-][^\d]{0,40})?", re.DOTALL)
"""Six digits, with a few words around them: « mon code est le 123 456 »."""
DIGITS: Final = re.compile(r"\d(?:[\s.-]?\d){3,7}")
"""Digits alone, as somebody writes them who means a code."""
LENGTH: Final = 6


async def link(talk: Talk, turn: Turn) -> str | None:
    """The e-mail address that somebody says is theirs; None where there is nothing to ask."""
    settled = turn.known and ANEW not in talk.seed
    if settled or turn.house.settings.mailing is None:
        return None
    return talk.seed.get(TO) or await talk.ask(ADDRESS)


def begin_with(turn: Turn, argument: str) -> Mapping[str, str]:
    """What a talk begins with: `anew`, `again`, an address, or nothing."""
    if argument == AGAIN:
        code = codes.last(turn.tx, _writer(turn), turn.now)
        return {ANEW: "", **({TO: code.mailed_to} if code else {})}
    return {ANEW: ""} if argument == ANEW else {TO: argument.lower()} if "@" in argument else {}


def finish(turn: Turn, _kept: KeptTalk, mailed_to: str | None) -> Said:
    """Mails a code there, or says why not."""
    if mailed_to:
        return mail_code(turn, mailed_to)
    return who_you_are(turn) if turn.known else say("link/no-mail")


def who_you_are(turn: Turn) -> Said:
    """Somebody known learns as whom, and what to do if that is somebody else."""
    return say("link/known", person=turn.person, can_link=turn.house.settings.mailing is not None)


def mail_code(turn: Turn, mailed_to: str) -> Said:
    """A code to that address if it is somebody's; one is made in any case, for nobody to tell the difference."""
    writer = _writer(turn)
    codes.hold(turn.tx, mailed_to)
    if not codes.may_ask(turn.tx, writer, mailed_to, turn.now):
        return say("link/too-many")
    person = _on_roster(turn, mailed_to)
    number, digits = codes.make(turn.tx, writer, mailed_to, person.id if person else None, turn.now)
    if person:
        _mail(turn, person, Address(MAIL, mailed_to), number, digits)
    by_letter = turn.heard.envelope is not None
    return say("link/code-sent", address=mailed_to, by_letter=by_letter)


def _on_roster(turn: Turn, mailed_to: str) -> Person | None:
    """Whose address that is: somebody with a role."""
    person = people.by_address(turn.tx, MAIL, mailed_to)
    return person if person and person.places else None


def _mail(turn: Turn, person: Person, to: Address, number: int, digits: str) -> None:
    standing = addresses.of_person(turn.tx, person.id)
    if any(one.dead_at for one in standing if (one.channel, one.value) == (to.channel, to.value)):
        key = f"link-dead:{person.id}:{turn.today}"
        alert_operators(turn, Reply("link/alert-dead", {"person": person, "address": to.value}), key=key)
        return
    reply = Reply("link/letter", {"code": f"{digits[:3]} {digits[3:]}", "channel": turn.heard.channel})
    letter = to_address(turn.tx, turn.house.wording, person.id, to, reply)
    ends = turn.now + codes.LIFE
    turn.others.append(replace(letter, key=codes.letter_of(number), useful_until=ends))


def code_given(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Takes a code while one is awaited from this address; otherwise six digits mean what they meant."""
    digits = _digits(turn) if turn.heard.kind is Kind.TEXT else None
    code = codes.last(turn.tx, _writer(turn), turn.now) if digits else None
    if digits is None or code is None:
        return None
    busy = kept is not None and kept.conversation != LINK.name
    if len(digits) != LENGTH:
        return None if busy or not code.counts(turn.now) else say("link/six-digits")
    if code.used_at:  # typed twice: it is not a question for anybody
        return None if kept or not turn.known else who_you_are(turn)
    codes.hold(turn.tx, code.mailed_to)
    if codes.tries_left(turn.tx, _writer(turn), code.mailed_to, turn.now) == 0:
        return say("link/too-many")
    if code.is_late(turn.now):
        return None if busy else say("link/late")
    if not turn.heard.proven:
        return say("link/prove")
    return _right(turn, code) if codes.fits(turn.tx, code, digits, turn.now) else _wrong(turn, code)


def _digits(turn: Turn) -> str | None:
    text = turn.heard.text.strip()
    heads = signed_heads_of(text) if turn.heard.envelope else ()
    found = next(filter(None, map(GIVEN.fullmatch, (text, *heads))), None)
    if found:
        return found[1] + found[2]
    return "".join(filter(str.isdigit, text)) if DIGITS.fullmatch(text) else None


def pending_code(turn: Turn) -> Code | None:
    """The code that the sender still waits for, or has just let run out."""
    code = codes.last(turn.tx, _writer(turn), turn.now)
    lately = code is not None and turn.now < code.made_at + codes.WHILE
    return code if code and lately and code.used_at is None else None


def _wrong(turn: Turn, code: Code) -> Said:
    left = codes.tries_left(turn.tx, _writer(turn), code.mailed_to, turn.now)
    if left:
        return say("link/wrong", left=left)
    facts = {"channel": turn.heard.channel, "writer": turn.heard.sender, "address": code.mailed_to}
    alert_operators(turn, Reply("link/alert-tries", facts), key=f"link-tries:{code.id}")
    return say("link/too-many")


def _right(turn: Turn, code: Code) -> Said:
    person = people.by_id(turn.tx, code.person_id) if code.person_id else None
    if person is None or not person.places:  # they have left since
        return say("link/late")
    if is_off_here(turn, person.id):
        return telegram_is_off(turn)
    codes.use(turn.tx, code, turn.now)
    _reached_at(turn, person, code.mailed_to)
    return tie(turn, person)


def _reached_at(turn: Turn, person: Person, mailed_to: str) -> None:
    """The code was read there, which proves the address if nothing had yet."""
    at = people.by_address(turn.tx, MAIL, mailed_to)
    if at and at.id == person.id and not at.linked:
        people.link(turn.tx, person.id, MAIL, mailed_to, turn.now)


def tie(turn: Turn, person: Person) -> Said:
    """The sender's address is that person's from now on; they are told elsewhere, as is whoever it belonged to."""
    others = (at for at in people.addresses(turn.tx, person.id) if at != _writer(turn))
    before = people.link(turn.tx, person.id, turn.heard.channel, turn.heard.sender, turn.now, own=True)
    invitations.use(turn.tx, person.id, turn.now)
    facts = {"channel": turn.heard.channel, "address": turn.heard.sender}
    added = Reply("link/added", {**facts, "mark": _mark(turn, person)})
    turn.others.extend(to_address(turn.tx, turn.house.wording, person.id, at, added) for at in others)
    if before:
        turn.others.extend(to_all(turn.tx, turn.house.wording, before, Reply("link/taken", facts)))
    return welcomed(turn, _as_they_wish(turn, person))


def _mark(turn: Turn, person: Person) -> str:
    """Names the address that was just linked, for whoever says that it was not them."""
    theirs = addresses.of_person(turn.tx, person.id)
    return next(mark_of(one) for one in theirs if Address(one.channel, one.value) == _writer(turn))


def _as_they_wish(turn: Turn, person: Person) -> Person:
    """In the language that they asked for before they were known, whatever the roster says."""
    wish = None if turn.person.places else turn.person.language
    if wish:
        people.set_language(turn.tx, person.id, wish)
    return replace(person, language=wish or person.language)


def welcomed(turn: Turn, person: Person) -> Said:
    """Says who the sender now is, and what they can ask for."""
    heard = replace(turn.heard, proven=True)
    theirs = replace(turn, person=replace(person, linked=True), heard=heard, read={})
    linked = Reply("link/linked", {"person": person})
    replies = (linked, *menu(theirs, whole=False).replies)
    return Said(replies, language=theirs.language, to_person=person.id, alone=True)


def _writer(turn: Turn) -> Address:
    return Address(turn.heard.channel, turn.heard.sender)


LINK = Conversation("link", link, finish, seed=begin_with, listed=False)
