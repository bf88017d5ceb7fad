"""Deciding in words: a reply to the alert, or what somebody with a decision waiting writes of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot import dialogue
from bot.addressed import answered
from bot.alerts import alert_operators, to_people
from bot.messages import Call, Kind, Page, Reply, number_in, read_press
from bot.naming import button_meant, button_on
from bot.reading.texts import is_quoted
from bot.sending import ALERT
from bot.turn import Said, Turn, refusal, say
from handlers import support
from handlers.declarations.deciding import (
    DECIDE,
    LONGEST_REASON,
    STATES,
    Matter,
    asked_by,
    decided,
    matter_named,
    may_decide,
    stands,
    use_button,
)
from handlers.declarations.past_limit import KIND
from handlers.declarations.verdicts import Meant, Verdict, meant_by
from handlers.support.charge import name_of
from handlers.support.desk import TO_TEAM
from handlers.support.notes import note_in
from storage import care, declarations, people, versions
from storage.states import DeclarationState, Role, TicketStep
from storage.tickets import Ticket

LATELY: Final = timedelta(days=1)
"""How long somebody may go on about what was decided."""
WORDS: Final = f"{KIND}-words:"
"""Begins the key of a letter with words of one of those in charge to another; then comes the id of who wrote them."""


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
    if not may_decide(turn, matter, STATES.get(meant.verdict or "")):
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
    """Asks which declaration is meant, or why the only one is refused; what was decided lately stands."""
    if dialogue.current(turn) or button_meant(turn, None):
        return None
    meant = meant_by(turn.house.wording, turn.heard.text)
    if meant.verdict is Verdict.UNSURE and not meant.firm:
        return _of_somebody(turn)
    if meant.verdict is None or not (meant.firm or (meant.verdict in DECIDES and not turn.person.offered)):
        return None
    waiting = _waiting(turn)
    if not waiting:
        return _decided_lately(turn) if meant.firm and meant.verdict in DECIDES else None
    if len(waiting) == 1 and meant.firm and meant == Meant(Verdict.REFUSE, firm=True):
        return use_button(turn, waiting[0], Verdict.REFUSE)
    return _which(waiting)


def _of_somebody(turn: Turn) -> Said | None:
    """« ok pour Camille »: asks about what waits of that very person."""
    named: list[Matter] = []
    for matter in _waiting(turn):
        owner = people.by_id(turn.tx, matter.declared.filing.person_id)
        rest = _without_name(turn.heard.text, (owner and owner.name) or "")
        if rest and meant_by(turn.house.wording, rest).verdict in DECIDES:
            named.append(matter)
    return _which(named) if named else None


def _without_name(text: str, name: str) -> str | None:
    """The text without « pour Camille »; None where it does not name them."""
    words = "|".join(re.escape(one) for one in (name, *name.split()) if one)
    found = re.search(rf"\b(?:pour|de|à|a|for) (?:{words})\b", text, re.IGNORECASE) if words else None
    return f"{text[: found.start()]} {text[found.end() :]}" if found else None


def _waiting(turn: Turn) -> list[Matter]:
    found = (_matter(turn, number) for number in versions.waiting(turn.tx, *_reach(turn)))
    return [matter for matter in found if matter]


def _which(matters: Sequence[Matter]) -> Said:
    waiting = [matter.declared for matter in matters]
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
    return schools, centres, _is_of_the_team(turn)


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
    """Words that decide nothing go to the other side; the ticket stays open, and the declaration to be completed."""
    declared, ticket, words = matter.declared, matter.ticket, turn.heard.words
    colleague = _writer_answered(turn) or _consulting(turn, matter)
    care.happened(turn.tx, ticket.id, TicketStep.ANSWERED, turn.now, turn.person.id, words)
    facts = {"declared": declared, "by": turn.person.name, "words": words}
    if colleague is None:
        support.write_to_asker(turn, ticket, Reply("past-limit/words", facts))
    else:
        _write_to_colleague(turn, ticket, colleague, facts)
    to = {"to": name_of(turn, colleague), "to_team": not _is_of_the_team(turn)}
    return support.told_of(ticket.id, say("past-limit/passed-on", declared=declared, **to))


def _write_to_colleague(turn: Turn, ticket: Ticket, to: int, facts: Mapping[str, object]) -> None:
    """The key of the letter names who writes, so that an answer to it comes back to them."""
    reply = Reply("past-limit/words-team", {**facts, "of_the_team": _is_of_the_team(turn)})
    key = f"{WORDS}{turn.person.id}:{turn.heard.mark}"
    letters = tuple(to_people(turn.tx, turn.house.wording, [to], reply, ticket.id, key))
    turn.others.extend(letters)
    if not letters:
        alert_operators(turn, reply, ticket.id, key)


def _writer_answered(turn: Turn) -> int | None:
    """Who of those in charge wrote the words that are answered, if anybody did and is still in charge."""
    sent = answered(turn)
    begins = f"{ALERT}{WORDS}"
    key = (sent.key or "") if sent else ""
    writer = number_in(key.removeprefix(begins).partition(":")[0]) if key.startswith(begins) else None
    found = people.by_id(turn.tx, writer) if writer and writer != turn.person.id else None
    return found.id if found and found.roles & support.IN_CHARGE else None


def _is_of_the_team(turn: Turn) -> bool:
    return bool(turn.person.roles & support.OPERATORS)


def _consulting(turn: Turn, matter: Matter) -> int | None:
    """Who asked the team that the sender is of."""
    if not _is_of_the_team(turn):
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
