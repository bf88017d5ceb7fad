"""Deciding in words: a reply to the alert, or what somebody with a decision waiting writes of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bot import dialogue
from bot.addressed import answered
from bot.alerts import to_people
from bot.messages import Call, Kind, Page, Reply, read_press
from bot.naming import button_meant, button_on
from bot.reading.texts import is_quoted
from bot.turn import Said, Turn, refusal, say
from handlers import support
from handlers.declarations.deciding import (
    DECIDE,
    LONGEST_REASON,
    Matter,
    asked_by,
    decided,
    matter_named,
    stands,
    use_button,
    write_to_teacher,
)
from handlers.declarations.past_limit import KIND
from handlers.declarations.verdicts import Meant, Verdict, meant_by
from handlers.support.charge import name_of
from handlers.support.desk import TO_TEAM
from handlers.support.notes import note_in
from storage import care, declarations, versions
from storage.states import DeclarationState, Role, TicketStep

LATELY: Final = timedelta(days=1)
"""How long somebody may go on about what was decided."""


def in_words(turn: Turn) -> Said | None:
    """What words decide; None where they have nothing to do with a declaration that somebody is asked about."""
    if turn.heard.kind is not Kind.TEXT or refusal(turn, DECIDE):
        return None
    found = support.replied_to(turn)
    if found is None:
        return None if answered(turn) or is_quoted(turn.heard.text) else _of_their_own(turn)
    ticket, sent = found
    if ticket.kind != KIND or note_in(turn.heard.words):
        return None
    shown = _shown(turn, sent.page)
    matter = shown or asked_by(turn, ticket)
    meant = _by_number(turn, sent.page) or meant_by(turn.house.wording, turn.heard.text)
    if matter is None:
        return None
    if not matter.waits:
        return stands(turn, matter) if meant.verdict else None
    return SAYS[meant.verdict](turn, matter, meant.besides)


def _shown(turn: Turn, page: Page) -> Matter | None:
    """The declaration that a page asks about, in the version that it shows."""
    presses = (read_press(button.press) for button in page.buttons)
    calls = (one for one in presses if isinstance(one, Call) and one.command == DECIDE.name)
    return next((matter_named(turn, call.argument.partition("-")[2]) for call in calls), None)


def _by_number(turn: Turn, page: Page) -> Meant | None:
    """The verdict whose button on the page has this number."""
    text = turn.heard.text.strip().rstrip(".)")
    press = button_on(Page("", page.buttons, numbered=True), text) if text.isdecimal() else None
    verdict = press.argument.partition("-")[0] if isinstance(press, Call) else ""
    return Meant(Verdict(verdict)) if verdict in set(Verdict) else None


def _of_their_own(turn: Turn) -> Said | None:
    """Asks which declaration is meant; what was decided lately stands."""
    if dialogue.current(turn) or button_meant(turn, None):
        return None
    meant = meant_by(turn.house.wording, turn.heard.text)
    if meant.verdict is None or not (meant.firm or (meant.verdict in DECIDES and not turn.person.offered)):
        return None
    waiting = [
        matter.declared
        for number in versions.waiting(turn.tx, *_reach(turn))
        if (matter := _matter(turn, number))
    ]
    if not waiting:
        return _decided_lately(turn) if meant.firm and meant.verdict in DECIDES else None
    said = say("past-limit/which", waiting=waiting)
    return support.told_of(waiting[0].course.ticket_id or 0, said) if len(waiting) == 1 else said


def _decided_lately(turn: Turn) -> Said | None:
    number = versions.decided_last(turn.tx, *_reach(turn), turn.now - LATELY)
    matter = _matter(turn, number) if number else None
    return stands(turn, matter) if matter else say("past-limit/which", waiting=[])


def _matter(turn: Turn, number: int) -> Matter | None:
    declared = declarations.by_id(turn.tx, number)
    return matter_named(turn, f"{number}-{declared.course.version}") if declared else None


def _reach(turn: Turn) -> tuple[list[int], list[int], bool]:
    """The schools and the service centres that the sender answers for, and whether they are of the team."""
    places = turn.person.places
    schools = [one.school_id for one in places if one.role is Role.SCHOOL_ADMIN and one.school_id]
    centres = [one.centre_id for one in places if one.role is Role.CSS_ADMIN and one.centre_id]
    return schools, centres, bool(turn.person.roles & support.OPERATORS)


def _accept(turn: Turn, matter: Matter, remark: str) -> Said:
    return decided(turn, matter, DeclarationState.SENT, remark=remark[:LONGEST_REASON])


def _refuse(turn: Turn, matter: Matter, reason: str) -> Said:
    if not reason:
        return use_button(turn, matter, Verdict.REFUSE)
    return decided(turn, matter, DeclarationState.REFUSED, reason[:LONGEST_REASON])


def _ask(turn: Turn, matter: Matter, _besides: str) -> Said:
    return use_button(turn, matter, Verdict.ASK)


def _unsure(_turn: Turn, matter: Matter, _besides: str) -> Said:
    return support.told_of(matter.ticket.id, say("past-limit/unsure", declared=matter.declared))


def _pass_on(turn: Turn, matter: Matter, _besides: str) -> Said:
    """Words that decide nothing go to whoever asked; the ticket stays open, and the declaration to be completed."""
    declared, ticket, words = matter.declared, matter.ticket, turn.heard.words
    consults = _consulting(turn, matter)
    care.happened(turn.tx, ticket.id, TicketStep.ANSWERED, turn.now, turn.person.id, words)
    facts = {"declared": declared, "by": turn.person.name, "words": words}
    if consults is None:
        write_to_teacher(turn, ticket, Reply("past-limit/words", facts))
    else:
        key = f"{KIND}-words:{turn.heard.mark}"
        reply = Reply("past-limit/words-team", facts)
        turn.others.extend(to_people(turn.tx, turn.house.wording, [consults], reply, ticket.id, key))
    to = name_of(turn, consults)
    return support.told_of(ticket.id, say("past-limit/passed-on", declared=declared, to=to))


def _consulting(turn: Turn, matter: Matter) -> int | None:
    """Who asked the team that the sender is of."""
    if not turn.person.roles & support.OPERATORS:
        return None
    steps = care.history(turn.tx, matter.ticket.id)
    asked = [one.by for one in steps if one.what is TicketStep.PASSED and one.words == TO_TEAM]
    return asked[-1] if asked and asked[-1] != turn.person.id else None


DECIDES: Final = frozenset({Verdict.ACCEPT, Verdict.REFUSE})
SAYS: Mapping[Verdict | None, Callable[[Turn, Matter, str], Said]] = {
    Verdict.ACCEPT: _accept,
    Verdict.REFUSE: _refuse,
    Verdict.ASK: _ask,
    Verdict.UNSURE: _unsure,
    None: _pass_on,
}
