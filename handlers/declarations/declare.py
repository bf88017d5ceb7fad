"""Declares one use of one work: asks, sums up, sends, gives a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import dialogue
from bot.filling import Line
from bot.form import Values
from bot.messages import Reply, number_in
from bot.talk import Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers.declarations import questions as ask
from handlers.declarations.desk import Desk
from handlers.declarations.filing import Terms, file, share_in, use_in, work_in
from handlers.declarations.form import declaration_form, is_due
from handlers.declarations.periods import is_late, period_of
from handlers.declarations.works import work_key
from storage import declarations
from storage.states import DECLARING_ROLES, Role
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
    desk = Desk(talk, turn)
    form = declaration_form(desk)
    values: Values = await form.fill(talk)
    if not is_due(values):
        return NotDue(values["origin"].value)
    values = desk.completed(values)
    lines = await form.confirm(talk, ask.RECAP, values, **_worked_out(turn, values))
    return Confirmed(values, lines)


def send(turn: Turn, kept: KeptTalk, result: Confirmed | NotDue) -> Said:
    """Keeps the declaration and gives the receipt."""
    if isinstance(result, NotDue):
        return say("declare/not-due", origin=result.origin)
    values = result.values
    work, use = work_in(values), use_in(values)
    filing = file(turn.person, work, use, turn.now, _terms(turn))
    number = declarations.send(turn.tx, kept.id, work, use, filing)
    count = len(declarations.of_person(turn.tx, turn.person.id, filing.period))
    return say(
        "declare/receipt",
        number=number,
        count=count,
        title=values["title"],
        lines=result.lines,
        next_deadline=period_of(turn.today).deadline,
        **_worked_out(turn, values),
    )


def start_from(turn: Turn, argument: str) -> Mapping[str, str]:
    """A declaration to start from: `like-12`, or `last` for the one sent last."""
    if argument == "last":
        last = declarations.last_of(turn.tx, turn.person.id)
        return {"like": str(last.id)} if last else {}
    number = number_in(argument.removeprefix("like-"))
    return {"like": str(number)} if number else {}


def name_model(turn: Turn, seed: Mapping[str, str]) -> tuple[Reply, ...]:
    """Says which declaration it starts from."""
    model = declarations.by_id(turn.tx, int(seed["like"]), turn.person.id) if "like" in seed else None
    return (Reply("declare/like", {"work": model.work}),) if model else ()


def _worked_out(turn: Turn, values: Values) -> dict[str, Any]:
    work, use = work_in(values), use_in(values)
    share = share_in(work, use)
    return {
        "already": declarations.same_use(turn.tx, turn.person.id, work_key(work), use),
        "share": share,
        "kind": values["kind"],
        "whole": values["copied"].whole and share.pages is None,
        "period": period_of(values["used"]),
        "late": is_late(values["used"], turn.today, _terms(turn).grace_days),
    }


def _terms(turn: Turn) -> Terms:
    settings = turn.house.settings
    return Terms(settings.grace_days, settings.destination.value)


def again(turn: Turn, _argument: str) -> Said:
    """« Comme la dernière fois »: a declaration that starts from the one sent last."""
    seed = start_from(turn, "last")
    return dialogue.begin(turn, DECLARE, seed) if seed else say("again/none-yet")


DECLARE = Conversation("declare", declare, send, WHO, start_from, name_model, named_by=ask.TITLE.name)
AGAIN = Command("again", again, WHO)
