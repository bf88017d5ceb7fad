"""Edits a sent declaration while its period is open: the same form over what it says, kept as the next version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.filling import Line
from bot.form import Values
from bot.messages import Reply, number_in
from bot.question import Answer, Choice, Question, Reader, Unreadable
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.declarations import declare, past_limit, showing
from handlers.declarations import questions as ask
from handlers.declarations.at_hand import AtHand
from handlers.declarations.declare import NotDue, worked_out
from handlers.declarations.filing import file, use_in, work_in
from handlers.declarations.form import declaration_form, is_due
from handlers.declarations.openings import open_now, terms_of
from storage import declarations, versions
from storage.declarations import Declaration, Filing, Use, Work
from storage.states import DeclarationState
from storage.talks import KeptTalk

DIGITS = re.compile(r"[0-9]+")
SHOWN = 8
"""How many declarations are offered where nobody said which."""


@dataclass(frozen=True, slots=True)
class Revised:
    """What the person has said « envoyer la modification » to, and what it was before."""

    before: Declaration
    values: Values
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Unchangeable:
    """The declaration with this number is not the sender's, is withdrawn, or its period is closed."""

    number: int


async def revise(talk: Talk, turn: Turn) -> Revised | NotDue | Unchangeable:
    """All that a declaration says from now on."""
    number = number_in(talk.seed.get("edit", "")) or await _which(talk, turn)
    before = showing.own(turn, number)
    if before is None or not _may_edit(turn, before):
        return Unchangeable(number)
    at_hand = AtHand(talk, turn, before)
    form = declaration_form(at_hand)
    values: Values = await form.fill(talk)
    if not is_due(values):
        return NotDue(values["origin"].value)
    values = at_hand.completed(values)
    told = {**worked_out(turn, values, number), **_compared(before, values)}
    return Revised(before, values, await form.confirm(talk, ask.REVISED, values, **told))


async def _which(talk: Talk, turn: Turn) -> int:
    offered = [one for one in _of_open_periods(turn) if _may_edit(turn, one)][:SHOWN]
    choices = [Choice(str(one.id), f"{one.id}. {one.work.title}") for one in offered]
    return await talk.ask(WHICH, {"any": bool(choices)}, suggest=lambda: choices)


def _of_open_periods(turn: Turn) -> list[Declaration]:
    periods = reversed(open_now(turn))
    return [one for period in periods for one in declarations.of_person(turn.tx, turn.person.id, period.key)]


def _may_edit(turn: Turn, declared: Declaration) -> bool:
    return declared.course.state is not DeclarationState.WITHDRAWN and showing.may_change(turn, declared)


def _compared(before: Declaration, values: Values) -> dict[str, object]:
    """Which declaration it is, of which version, and whether anything is said otherwise."""
    changed = (work_in(values), use_in(values)) != (before.work, before.use)
    return {"number": before.id, "version": before.course.version, "changed": changed}


def keep(turn: Turn, _kept: KeptTalk, result: Revised | NotDue | Unchangeable) -> Said:
    """Keeps the next version and gives the receipt; a declaration that changed meanwhile stays as it is."""
    if isinstance(result, NotDue):
        return say("declare/not-due", origin=result.origin)
    if isinstance(result, Unchangeable):
        return showing.one(turn, result.number, Reply("revise/closed"))
    return _next_version(turn, result)


def _next_version(turn: Turn, result: Revised) -> Said:
    before, work, use = result.before, work_in(result.values), use_in(result.values)
    told = worked_out(turn, result.values, before.id)
    filing = _filed_anew(turn, before, work, use, told["standing"].over)
    state = past_limit.state_of(filing.over, _still_accepted(before, filing, use))
    if not versions.revise(turn.tx, before, work, use, filing, state, turn.now):
        return showing.one(turn, before.id, Reply("revise/meanwhile"))
    waits = state is DeclarationState.TO_COMPLETE
    if not waits:
        past_limit.ask_no_more(turn, before)
    within = past_limit.refresh(turn, before)
    return say(
        "revise/receipt",
        **told,
        number=before.id,
        title=work.title,
        lines=result.lines,
        state=state,
        asked=past_limit.ask(turn, before.id, told["standing"]) if waits else None,
        moved=filing.period != before.filing.period,
        within=within,
    )


def _filed_anew(turn: Turn, before: Declaration, work: Work, use: Use, over: bool | None) -> Filing:
    """As it is worked out today; who sent it when, and from which school, stays."""
    filing = file(turn.person, work, use, turn.now, terms_of(turn))
    was = before.filing
    return replace(filing, school_id=was.school_id, sent_at=was.sent_at, over=over)


def _still_accepted(before: Declaration, filing: Filing, use: Use) -> bool:
    """Whether what somebody in charge has accepted is just what is sent again."""
    same = (filing.work_key, use.copied) == (before.filing.work_key, before.use.copied)
    return same and before.course.accepted


def _number(answer: Answer) -> int:
    digits = DIGITS.search(answer.value or answer.text)
    number = number_in(digits[0]) if digits else None
    if number is None:
        raise Unreadable("read/choose-one")
    return number


def start_from(_turn: Turn, argument: str) -> Mapping[str, str]:
    """The number of the declaration to edit; nothing: it is asked which."""
    number = number_in(argument.strip())
    return {"edit": str(number)} if number else {}


WHICH = Question("which", "revise/ask-which", Reader(_number, numbered=False))
REVISE = Conversation(
    "revise", revise, keep, declare.WHO, start_from, named_by=ask.TITLE.name, takes_words=True, listed=False
)
