"""Deciding about a declaration past the limit: those in charge accept it, refuse it, or ask the team.

It is decided once; whoever did may decide otherwise while the period is open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot import dialogue
from bot.alerts import alert_operators
from bot.messages import Reply, number_in
from bot.question import Question
from bot.reading import optional, some_text
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers import support
from handlers.declarations.past_limit import KIND
from handlers.declarations.showing import may_change
from handlers.support.desk import TO_TEAM
from storage import care, declarations, people, tickets, versions
from storage.declarations import Declaration
from storage.people import Person
from storage.states import DeclarationState, Desk, TicketStep
from storage.talks import KeptTalk
from storage.tickets import Ticket

LONGEST_REASON = 500
"""Characters."""
AGAIN: Final = "otherwise-"
"""Begins what a button says that decides otherwise."""
STATES: Final = {"accept": DeclarationState.SENT, "refuse": DeclarationState.REFUSED}
REASON = Question("reason", "past-limit/ask-reason", optional(some_text(max=LONGEST_REASON, paragraphs=True)))


@dataclass(frozen=True, slots=True)
class Matter:
    """A declaration that the sender is asked about, and the ticket by which they are."""

    declared: Declaration
    ticket: Ticket
    version: int
    """Of the declaration, as it was when they were asked."""

    @property
    def waits(self) -> bool:
        """Whether that very version still has to be decided."""
        course = self.declared.course
        return course.state is DeclarationState.TO_COMPLETE and course.version == self.version


def decide(turn: Turn, argument: str) -> Said:
    """What a button says: `accept-12-1`, `refuse-12-1` or `ask-12-1`, of version 1 of number 12.

    `otherwise-accept-12-1` is that of a page that says what was decided before.
    """
    verdict, _, which = argument.removeprefix(AGAIN).partition("-")
    matter = matter_named(turn, which)
    if matter is None or verdict not in VERDICTS:
        return say("support/gone")
    counts = matter.waits or (argument.startswith(AGAIN) and may_decide(turn, matter, STATES.get(verdict)))
    return VERDICTS[verdict](turn, matter) if counts else stands(turn, matter)


def may_decide(turn: Turn, matter: Matter, state: DeclarationState | None) -> bool:
    """Whether the sender may decide so: it waits, or they decided otherwise and the period is open."""
    course = matter.declared.course
    own = course.decided_by == turn.person.id and course.version == matter.version
    otherwise = own and {course.state, state} == set(STATES.values())
    return matter.waits or (otherwise and may_change(turn, matter.declared))


def matter_named(turn: Turn, which: str) -> Matter | None:
    """Version 1 of declaration 12, as `12-1`, if the sender is in charge of it; nobody is in charge of their own."""
    number, version = (number_in(part) for part in which.partition("-")[::2])
    declared = declarations.by_id(turn.tx, number) if number else None
    ticket = tickets.by_id(turn.tx, declared.course.ticket_id or 0) if declared else None
    if declared is None or ticket is None or not version or not _is_in_charge(turn, declared, ticket):
        return None
    return Matter(declared, ticket, version)


def _is_in_charge(turn: Turn, declared: Declaration, ticket: Ticket) -> bool:
    """A school keeps its say also once the ticket has gone on to the team."""
    owner, school = declared.filing.person_id, declared.filing.school_id
    return turn.person.id != owner and (support.answers_for(turn, school) or support.may_care(turn, ticket))


def use_button(turn: Turn, matter: Matter, verdict: str) -> Said:
    """What the button of this verdict does."""
    return VERDICTS[verdict](turn, matter)


def _accept(turn: Turn, matter: Matter) -> Said:
    return decided(turn, matter, DeclarationState.SENT)


def _begin_refusal(turn: Turn, matter: Matter) -> Said:
    return dialogue.begin(turn, REFUSE, {"matter": f"{matter.declared.id}-{matter.version}"})


def _ask_team(turn: Turn, matter: Matter) -> Said:
    """The operators decide, or the school after all: whoever is first."""
    declared, ticket = matter.declared, matter.ticket
    facts = {"declared": declared, "ticket": ticket.id, "matter": ticket.text, "by": turn.person.name}
    key = f"{KIND}-team:{declared.id}-{matter.version}"
    seen = alert_operators(turn, Reply("past-limit/alert-team", facts), ticket.id, key)
    if ticket.desk is not Desk.OPERATORS:
        care.pass_to(turn.tx, ticket.id, None, None, turn.now)
        care.happened(turn.tx, ticket.id, TicketStep.PASSED, turn.now, turn.person.id, TO_TEAM)
    return support.told_of(ticket.id, say("past-limit/asked-team", declared=declared, seen=bool(seen)))


def decided(
    turn: Turn, matter: Matter, state: DeclarationState, reason: str | None = None, remark: str = ""
) -> Said:
    """Keeps the decision and tells the teacher, with a remark if there is one; whoever is second learns what stands."""
    before = matter.declared
    if not versions.decide(turn.tx, before, state, turn.person.id, turn.now, reason):
        return stands(turn, matter)
    support.done(turn, matter.ticket.id, remark or None)
    after = _read_again(turn, before)
    _tell_the_teacher(turn, after, matter.ticket, remark, changed=before.course.decided_at is not None)
    return support.told_of(matter.ticket.id, say("past-limit/decided", declared=after, remark=remark))


def _read_again(turn: Turn, declared: Declaration) -> Declaration:
    return declarations.by_id(turn.tx, declared.id) or declared


def _tell_the_teacher(
    turn: Turn, declared: Declaration, ticket: Ticket, remark: str, *, changed: bool
) -> None:
    data = {
        "changed": changed,
        "declared": declared,
        "by": turn.person.name,
        "remark": remark,
        "of_the_school": not turn.person.roles & support.OPERATORS,
        "may_change": may_change(turn, declared),
    }
    support.write_to_asker(turn, ticket, Reply("past-limit/outcome", data))


def stands(turn: Turn, matter: Matter) -> Said:
    """What became of the declaration since they were asked; the buttons of the newest version where it waits anew."""
    declared = _read_again(turn, matter.declared)
    by = people.by_id(turn.tx, declared.course.decided_by or 0) or Person(0)
    now = replace(matter, declared=declared, version=declared.course.version)
    turned = not now.waits and any(may_decide(turn, now, state) for state in STATES.values())
    said = replace(say("past-limit/stands", declared=declared, by=by.name, may_turn=turned), stale=True)
    return support.told_of(matter.ticket.id, said)


async def refuse(talk: Talk, turn: Turn) -> str | None:
    """Why, if they want to say so; it is not asked of what no longer waits."""
    matter = matter_named(turn, talk.seed["matter"]) if "matter" in talk.seed else None
    counts = matter and may_decide(turn, matter, DeclarationState.REFUSED)
    return await talk.ask(REASON, {"number": matter.declared.id}) if matter and counts else None


def refused(turn: Turn, kept: KeptTalk, reason: str | None) -> Said:
    """Refuses it, unless somebody was faster."""
    matter = matter_named(turn, kept.seed.get("matter", ""))
    if matter is None:
        return say("support/gone")
    counts = may_decide(turn, matter, DeclarationState.REFUSED)
    return decided(turn, matter, DeclarationState.REFUSED, reason) if counts else stands(turn, matter)


def asked_by(turn: Turn, ticket: Ticket) -> Matter | None:
    """What the ticket asks about, as it stands now."""
    number = versions.asked_by(turn.tx, ticket.id)
    declared = declarations.by_id(turn.tx, number) if number else None
    return matter_named(turn, f"{declared.id}-{declared.course.version}") if declared else None


VERDICTS: Mapping[str, Callable[[Turn, Matter], Said]] = {
    "accept": _accept,
    "refuse": _begin_refusal,
    "ask": _ask_team,
}
DECIDE = Command("decide", decide, support.IN_CHARGE, listed=False)
REFUSE = Conversation("refuse", refuse, refused, support.IN_CHARGE, listed=False)
