"""Declares one use of one work: asks, sums up, sends, gives a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import dialogue
from bot.filling import Line
from bot.form import Values
from bot.messages import Reply, number_in
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers.declarations import past_limit
from handlers.declarations import questions as ask
from handlers.declarations.at_hand import AtHand
from handlers.declarations.excluded import listed
from handlers.declarations.filing import file, use_in, work_in
from handlers.declarations.form import declaration_form, is_due
from handlers.declarations.limits import share_in
from handlers.declarations.numbers import begun_with, named_first
from handlers.declarations.openings import is_open_now, terms_of
from handlers.declarations.periods import period_of
from handlers.declarations.shares import standing
from handlers.declarations.works import work_key
from storage import declarations
from storage.states import DECLARING_ROLES, DeclarationState, Role
from storage.talks import KeptTalk

WHO = frozenset({*DECLARING_ROLES, Role.SCHOOL_ADMIN})
"""A direction that teaches declares like everybody else."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the person has said « envoyer » to."""

    values: Values
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NotDue:
    """What was copied need not be declared, and why."""

    origin: str


async def declare(talk: Talk, turn: Turn) -> Confirmed | NotDue:
    """All that a declaration says, once the person has said « envoyer » to exactly that."""
    at_hand = AtHand(talk, turn)
    form = declaration_form(at_hand)
    values: Values = await form.fill(talk)
    if not is_due(values):
        return NotDue(values["origin"].value)
    values = at_hand.completed(values)
    more = worked_out(turn, values) | {"library": at_hand.told_lines(form.lines(values), values)}
    lines = await form.confirm(talk, ask.RECAP, values, **more)
    return Confirmed(values, lines)


def send(turn: Turn, kept: KeptTalk, result: Confirmed | NotDue) -> Said:
    """Keeps the declaration and gives the receipt."""
    if isinstance(result, NotDue):
        return say("declare/not-due", origin=result.origin)
    values = result.values
    work, use = work_in(values), use_in(values)
    told = worked_out(turn, values)
    filing = replace(file(turn.person, work, use, turn.now, terms_of(turn)), over=told["standing"].over)
    state = past_limit.state_of(filing.over)
    number = declarations.send(turn.tx, kept.id, work, use, filing, state)
    sent = declarations.of_person(turn.tx, turn.person.id, filing.period)
    return say(
        "declare/receipt",
        number=number,
        state=state,
        asked=past_limit.ask(turn, number, told["standing"])
        if state is DeclarationState.TO_COMPLETE
        else None,
        count=sum(one.course.counts for one in sent),
        title=values["title"],
        lines=result.lines,
        next_deadline=period_of(turn.today).deadline,
        **told,
    )


def start_from(turn: Turn, argument: str) -> Mapping[str, str]:
    """What to start from: a declaration, `like-12` (`last`: the one sent last), or a book, `isbn-9782070612758`."""
    if argument == "last":
        last = declarations.last_of(turn.tx, turn.person.id)
        return {"like": str(last.id)} if last else {}
    number = number_in(argument.removeprefix("like-"))
    return {"like": str(number)} if number else begun_with(argument)


def name_model(turn: Turn, seed: Mapping[str, str]) -> tuple[Reply, ...]:
    """Says which declaration it starts from, or which book."""
    model = declarations.by_id(turn.tx, int(seed["like"]), turn.person.id) if "like" in seed else None
    return (Reply("declare/like", {"work": model.work}),) if model else named_first(seed)


def worked_out(turn: Turn, values: Values, besides: int | None = None) -> dict[str, Any]:
    """What a recap tells of the values; `besides`: the number of the declaration that is being edited."""
    work, use = work_in(values), use_in(values)
    share, period = share_in(work, use), period_of(values["used"])
    return {
        "already": declarations.same_use(turn.tx, turn.person.id, work_key(work), use, besides),
        "share": share,
        "standing": standing(turn, work, use, besides),
        "excluded": listed(turn, work.isbn, values.get("excluded")),
        "kind": values["kind"],
        "whole": values["copied"].whole and share.pages is None,
        "period": period,
        "late": not is_open_now(turn, period),
    }


def _has_declared(turn: Turn) -> bool:
    return declarations.last_of(turn.tx, turn.person.id) is not None


def again(turn: Turn, _argument: str) -> Said:
    """« Comme la dernière fois »: a declaration that starts from the one sent last."""
    seed = start_from(turn, "last")
    return dialogue.begin(turn, DECLARE, seed) if seed else say("again/none-yet")


DECLARE = Conversation("declare", declare, send, WHO, start_from, name_model, named_by=ask.TITLE.name)
AGAIN = Command("again", again, WHO, offered=_has_declared)
