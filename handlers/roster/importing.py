"""A list of people sent to the assistant: what it would change is shown, and done once its sender says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

import structlog

from bot import dialogue
from bot.attachments import SheetSeen
from bot.messages import Reply, number_in
from bot.turn import Command, Said, Turn, say, who_are_you
from handlers.roster.lines import Column, Line, Sheet, Words, sheet_of, words_of
from handlers.roster.plan import Plan
from handlers.roster.present import applied, planned
from handlers.roster.scope import KEEPERS, Scope, scope_of
from handlers.roster.telling import parts, refused_file
from storage import roster_files, talks
from storage.roster_files import RosterFile
from storage.states import Role, TalkState

log = structlog.get_logger()

MOST_LINES: Final = 500
"""Of a list that comes by message: it is worked out inside the turn, and everybody waits meanwhile."""
CONTACTS = "contacts"
"""The conversation in which a list holds nothing but directions."""
LEAVE = "leave"
"""Ends the argument of a button that says yes to those who leave."""


def take_sheet(turn: Turn) -> Said | None:
    """What is said to a list of people; None for files that are none."""
    words = roster_words(turn)
    sheets = (sheet_of(seen.rows, words) for seen in turn.seen if isinstance(seen, SheetSeen))
    sheet = next((sheet for sheet in sheets if sheet.is_list), None)
    if sheet is None:
        return None
    if not turn.known:
        return say("roster/prove-first") if turn.unproven else who_are_you(turn)
    if not turn.person.roles & KEEPERS:
        return say("roster/not-yours")
    return _read(turn, sheet, words)


def _read(turn: Turn, sheet: Sheet, words: Words) -> Said:
    talk = dialogue.current(turn)
    asked = talk if talk and talk.conversation == CONTACTS else None
    lines = of_directions(turn, sheet.lines) if asked and Column.ROLE not in sheet.columns else sheet.lines
    given = {Column.ROLE} if asked else {Column.SCHOOL} if turn.once(_scope).own_school else set()
    if len(lines) > MOST_LINES:
        return say("roster/too-long", lines=len(lines), most=MOST_LINES)
    if missing := sheet.missing - given:
        return say("roster/headings-missing", missing=sorted(missing))
    if asked:
        talks.save(turn.tx, replace(asked, state=TalkState.FINISHED), turn.now)
    return propose(turn, lines)


def of_directions(turn: Turn, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, of people who are the direction of their school."""
    role = turn.house.wording.words("roster/roles", Role.SCHOOL_ADMIN)[0]
    return tuple(replace(line, role=role) if line.names_somebody else line for line in lines)


def propose(turn: Turn, lines: Sequence[Line]) -> Said:
    """Shows what these lines would change, and keeps them until their sender says yes or no."""
    plan = planned(turn.tx, lines, turn.once(_scope), roster_words(turn))
    if not plan.changes:
        return _told(turn, "roster/nothing-new", plan)
    kept = [asdict(line) for line in lines]
    number = roster_files.keep(turn.tx, turn.person.id, kept, plan.fingerprint, turn.now)
    return _told(turn, "roster/plan", plan, number, again=False)


def apply_file(turn: Turn, argument: str) -> Said:
    """Does what a list would change, `NUMBER-FINGERPRINT` or `NUMBER-FINGERPRINT-leave`: all of it, or nothing."""
    number, shown, sure = (*argument.split("-"), "", "")[:3]
    file = roster_files.waiting(turn.tx, number_in(number) or 0, turn.person.id)
    if file is None:
        return say("roster/gone")
    lines = [Line(**line) for line in file.lines]
    plan = planned(turn.tx, lines, turn.once(_scope), roster_words(turn))
    if {shown, file.shown} != {plan.fingerprint}:
        return _show_again(turn, file, plan)
    if plan.many_leave and not (sure == LEAVE and file.asked_twice):
        roster_files.ask_twice(turn.tx, file.id)
        return _told(turn, "roster/many-leave", plan, file.id)
    return _do(turn, file, plan)


def _show_again(turn: Turn, file: RosterFile, plan: Plan) -> Said:
    """The roster has changed meanwhile, so that the list means something else."""
    if not plan.changes:
        roster_files.settle(turn.tx, file.id, turn.now)
        return _told(turn, "roster/nothing-new", plan)
    roster_files.show(turn.tx, file.id, plan.fingerprint)
    return _told(turn, "roster/plan", plan, file.id, again=True)


def _do(turn: Turn, file: RosterFile, plan: Plan) -> Said:
    applied(turn.tx, plan, turn.now)
    roster_files.settle(turn.tx, file.id, turn.now)
    log.info(
        "roster-changed", file=file.id, new=len(plan.new), left=len(plan.leaving), refused=len(plan.refused)
    )
    return _told(turn, "roster/applied", plan)


def drop_file(turn: Turn, number: str) -> Said:
    """Changes nothing, and forgets the list."""
    file = roster_files.waiting(turn.tx, number_in(number) or 0, turn.person.id)
    if file is None:
        return say("roster/gone")
    roster_files.settle(turn.tx, file.id, turn.now)
    return say("roster/dropped")


def _told(turn: Turn, template: str, plan: Plan, number: int = 0, **more: object) -> Said:
    data = {**parts(plan), "number": number, "mark": plan.fingerprint, **more}
    return Said((Reply(template, data, files=refused_file(plan, turn.house.wording, turn.language)),))


def roster_words(turn: Turn) -> Words:
    return turn.once(_words)


def _words(turn: Turn) -> Words:
    return words_of(turn.house.wording)


def _scope(turn: Turn) -> Scope:
    return scope_of(turn.tx, turn.person)


APPLY = Command("roster-apply", apply_file, KEEPERS, listed=False)
DROP = Command("roster-drop", drop_file, KEEPERS, listed=False)
