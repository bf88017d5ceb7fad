"""Withdraws a sent declaration, and puts it back, while its period is open."""

from __future__ import annotations

import re
from typing import Final

from bot.messages import Reply, number_in
from bot.turn import Command, Said, Turn, say
from handlers.declarations import past_limit, showing
from handlers.declarations.declare import WHO
from handlers.declarations.mine import mine
from handlers.declarations.shares import standing
from storage import versions
from storage.declarations import Declaration
from storage.states import DeclarationState

NUMBERED: Final = re.compile(
    r"\s*(?:(?:la|le|the|d[eé]claration|fiche|sheet|num[eé]ro|number|n°|no\.?|#)\s*)*(\d+)(?:-(\w+))?\s*",
    re.IGNORECASE,
)
"""`12`, « la 12 », « la déclaration n° 12 », or `12-0a1b2c3d`."""
UNMEANT: Final = Said(())
"""The words were no command after all."""


def withdraw(turn: Turn, argument: str) -> Said:
    """Asks whether to withdraw `12`, and does so at `12-0a1b2c3d`, the stamp of what was shown."""
    if not argument:
        return mine(turn, "")
    if not NUMBERED.fullmatch(argument):
        return UNMEANT
    found, stamp = _named(turn, argument)
    if found is None:
        return _unknown(argument)
    if not (found.course.counts and showing.may_change(turn, found)):
        return showing.one(turn, found.id)
    if not stamp:
        return say("withdraw/sure", **showing.shown(turn, found))
    if stamp != showing.stamp_of(found):
        return showing.one(turn, found.id, Reply("revise/meanwhile"))
    return _withdrawn(turn, found)


def _withdrawn(turn: Turn, found: Declaration) -> Said:
    if not versions.set_state(turn.tx, found, DeclarationState.WITHDRAWN, turn.now):
        return showing.one(turn, found.id, Reply("revise/meanwhile"))
    past_limit.ask_no_more(turn, found)
    return say("withdraw/done", within=past_limit.refresh(turn, found), **showing.shown(turn, found))


def put_back(turn: Turn, argument: str) -> Said:
    """Makes a withdrawn declaration, `12`, count again; one past the limit is asked about again, unless accepted."""
    if not argument:
        return mine(turn, "")
    if not NUMBERED.fullmatch(argument):
        return UNMEANT
    found, _ = _named(turn, argument)
    if found is None:
        return _unknown(argument)
    if found.course.state is not DeclarationState.WITHDRAWN or not showing.may_change(turn, found):
        return showing.one(turn, found.id)
    stands = standing(turn, found.work, found.use, found.id)
    state = past_limit.state_of(stands.over, found.course.accepted)
    if not versions.set_state(turn.tx, found, state, turn.now):
        return showing.one(turn, found.id, Reply("revise/meanwhile"))
    if state is DeclarationState.TO_COMPLETE:
        past_limit.ask(turn, found.id, stands)
    return showing.one(turn, found.id, Reply("withdraw/back", {"number": found.id}))


def _named(turn: Turn, argument: str) -> tuple[Declaration | None, str]:
    named = NUMBERED.fullmatch(argument)
    return (showing.own(turn, number_in(named[1])), named[2] or "") if named else (None, "")


def _unknown(argument: str) -> Said:
    named = NUMBERED.fullmatch(argument)
    return say("mine/unknown", number=named[1] if named else argument)


WITHDRAW = Command("withdraw", withdraw, WHO, takes_words=True, listed=False)
PUT_BACK = Command("put-back", put_back, WHO, takes_words=True, listed=False)
