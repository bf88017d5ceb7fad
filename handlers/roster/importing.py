"""A list of people sent to the assistant: what it would change is shown, and done once its sender says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

import structlog

from bot import dialogue
from bot.attachments import SheetSeen, Unseen, is_sheet
from bot.messages import Reply, number_in
from bot.turn import Command, Said, Turn, say, who_are_you
from handlers.reminders.asked_for import is_asked_for
from handlers.roster.lines import NO_LETTER, Column, Line, Sheet, Words, folded, sheet_of, words_of
from handlers.roster.plan import Plan
from handlers.roster.present import applied, planned
from handlers.roster.scope import Scope, scope_of
from handlers.roster.telling import parts, refused_file
from handlers.support import IN_CHARGE
from storage import roster_files, talks
from storage.roster_files import RosterFile
from storage.states import Audience, Role, TalkState
from storage.talks import KeptTalk

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
    sheets = [sheet_of(seen.rows, words) for seen in turn.seen if isinstance(seen, SheetSeen)]
    sheet = next((sheet for sheet in sheets if sheet.is_list), None)
    if sheet is None:
        return _not_read(turn, sheets) if _may_be_meant(turn) else None
    if not turn.known:
        return say("roster/prove-first") if turn.unproven else who_are_you(turn)
    if not turn.person.roles & IN_CHARGE:
        return say("roster/not-yours")
    return _read(turn, sheet, words)


def _may_be_meant(turn: Turn) -> bool:
    """Whether somebody who may send lists meant to: the file came alone, or with words that speak of one."""
    if not (turn.known and turn.person.roles & IN_CHARGE):
        return False
    said, words = folded(turn.heard.text), turn.house.wording.words("roster/words", "sent")
    return not said or bool({*map(folded, words)}.intersection(NO_LETTER.sub(" ", said).split()))


def _not_read(turn: Turn, sheets: Sequence[Sheet]) -> Said | None:
    """Why a file is no list: it cannot be read, has no headings at all, or not those that a list takes."""
    unseen = next((one for one in turn.seen if isinstance(one, Unseen) and is_sheet(one.name)), None)
    if unseen:
        return say("files/unseen", name=unseen.name, reason=unseen.reason)
    if not sheets:
        return None
    if not sheets[0].columns:
        return say("roster/no-headings", empty=False, **_expected(turn))
    return _headings_missing(turn, sheets[0])


def _headings_missing(turn: Turn, sheet: Sheet) -> Said:
    return say("roster/headings-missing", missing=sorted(sheet.missing - _given(turn)), strange=sheet.strange)


def explain(turn: Turn, _argument: str) -> Said:
    """How a list is sent, and what it holds."""
    return say("roster/how", **_expected(turn))


def _expected(turn: Turn) -> dict[str, object]:
    scope = turn.once(_scope)
    school = scope.own_school
    return {
        "most": MOST_LINES,
        "roles": [role.value for role in scope.gives],
        "own_school": school and school[0],
    }


def _given(turn: Turn) -> set[Column]:
    """The columns that go without saying."""
    if _directions_asked(turn):
        return {Column.ROLE}
    return {Column.SCHOOL} if turn.once(_scope).own_school else set()


def _read(turn: Turn, sheet: Sheet, words: Words) -> Said:
    asked = _asked(turn)
    of_them = _directions_asked(turn) and Column.ROLE not in sheet.columns
    lines = of_directions(turn, sheet.lines) if of_them else sheet.lines
    if len(lines) > MOST_LINES:
        return say("roster/too-long", lines=len(lines), most=MOST_LINES)
    if sheet.missing - _given(turn):
        return _headings_missing(turn, sheet)
    if not lines:
        return say("roster/no-headings", empty=True, **_expected(turn))
    if asked:
        talks.save(turn.tx, replace(asked, state=TalkState.FINISHED), turn.now)
    return propose(turn, lines)


def _asked(turn: Turn) -> KeptTalk | None:
    """The talk in which the sender was asked for directions, if it waits."""
    talk = dialogue.current(turn)
    return talk if talk and talk.conversation == CONTACTS else None


def _directions_asked(turn: Turn) -> bool:
    """Whether they were asked for directions and nobody else: in a talk, or by a reminder."""
    asked = Role.CSS_ADMIN in turn.person.roles and is_asked_for(turn, CONTACTS, Audience.CONTACTS)
    return asked or _asked(turn) is not None


def of_directions(turn: Turn, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, of people who are the direction of their school."""
    role = turn.house.wording.words("roster/roles", Role.SCHOOL_ADMIN)[0]
    return tuple(replace(line, role=role) if line.names_somebody else line for line in lines)


def propose(turn: Turn, lines: Sequence[Line]) -> Said:
    """Shows what these lines would change, and keeps them until their sender says yes or no."""
    plan = plan_of(turn, lines)
    if not plan.changes:
        return _told(turn, "roster/nothing-new", plan)
    kept = [asdict(line) for line in lines]
    number = roster_files.keep(turn.tx, turn.person.id, kept, plan.fingerprint, turn.now)
    return _told(turn, "roster/plan", plan, number, again=False)


def plan_of(turn: Turn, lines: Sequence[Line]) -> Plan:
    """What these lines would change, sent by whoever speaks."""
    return planned(turn.tx, lines, turn.once(_scope), roster_words(turn))


def apply_file(turn: Turn, argument: str) -> Said:
    """Does what a list would change, `NUMBER-FINGERPRINT[-leave]` or what was shown last: all of it, or nothing."""
    file, (_, shown, sure) = _waiting(turn, argument), (*argument.split("-"), "", "")[:3]
    if file is None:
        return say("roster/gone")
    lines = [Line(**line) for line in file.lines]
    plan = plan_of(turn, lines)
    if {shown or file.shown, file.shown} != {plan.fingerprint}:
        return _show_again(turn, file, plan)
    if plan.asks_twice and not (sure == LEAVE and file.asked_twice):
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
    file = _waiting(turn, number)
    if file is None:
        return say("roster/gone")
    roster_files.settle(turn.tx, file.id, turn.now)
    return say("roster/dropped")


def _waiting(turn: Turn, argument: str) -> RosterFile | None:
    """The list that a button names; typed words name the one that waits."""
    number = number_in(argument.partition("-")[0]) or 0
    return roster_files.waiting(turn.tx, turn.person.id, number if argument else None)


def _told(turn: Turn, template: str, plan: Plan, number: int = 0, **more: object) -> Said:
    files = refused_file(plan, turn.house.wording, turn.language)
    data = {**parts(plan), "number": number, "mark": plan.fingerprint, "attached": bool(files), **more}
    return Said((Reply(template, data, files=files),))


def roster_words(turn: Turn) -> Words:
    return turn.once(_words)


def _words(turn: Turn) -> Words:
    return words_of(turn.house.wording)


def _scope(turn: Turn) -> Scope:
    return scope_of(turn.tx, turn.person)


EXPLAIN = Command("roster-list", explain, IN_CHARGE)
APPLY = Command("roster-apply", apply_file, IN_CHARGE, listed=False)
DROP = Command("roster-drop", drop_file, IN_CHARGE, listed=False)
