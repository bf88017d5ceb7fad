"""Withdraws a sent declaration, and puts it back, while its period is open."""

from __future__ import annotations

import re
from collections.abc import Callable
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


Change = Callable[[Turn, Declaration, str], Said]
"""What is done with a declaration, given the stamp of what was shown, if any."""


def withdraw(turn: Turn, argument: str) -> Said:
    """Asks whether to withdraw `12`, and does so at `12-0a1b2c3d`, the stamp of what was shown."""
    return _change(turn, argument, lambda found: found.course.counts, _ask_or_withdraw)


def put_back(turn: Turn, argument: str) -> Said:
    """Makes a withdrawn declaration, `12`, count again; one past the limit is asked about again, unless accepted."""
    return _change(turn, argument, lambda found: found.course.state is DeclarationState.WITHDRAWN, _put_back)


def _change(turn: Turn, argument: str, fits: Callable[[Declaration], bool], change: Change) -> Said:
    """Does it with the declaration of the sender's that is named, where it fits and its period is open."""
    if not argument:
        return mine(turn, "")
    named = NUMBERED.fullmatch(argument)
    if named is None:
        return UNMEANT
    found = showing.own(turn, number_in(named[1]))
    if found is None:
        return say("mine/unknown", number=named[1])
    if not (fits(found) and showing.may_change(turn, found)):
        return showing.one(turn, found.id)
    return change(turn, found, named[2] or "")


def _ask_or_withdraw(turn: Turn, found: Declaration, stamp: str) -> Said:
    if not stamp:
        return say("withdraw/sure", **showing.shown(turn, found))
    same = stamp == showing.stamp_of(found)
    if not same or not versions.set_state(turn.tx, found, DeclarationState.WITHDRAWN, turn.now):
        return showing.one(turn, found.id, Reply("revise/meanwhile"))
    past_limit.ask_no_more(turn, found)
    return say("withdraw/done", within=past_limit.refresh(turn, found), **showing.shown(turn, found))


def _put_back(turn: Turn, found: Declaration, _stamp: str) -> Said:
    stands = standing(turn, found.work, found.use, found.id)
    state = past_limit.state_of(stands.over, found.course.accepted)
    if not versions.set_state(turn.tx, found, state, turn.now):
        return showing.one(turn, found.id, Reply("revise/meanwhile"))
    if state is DeclarationState.TO_COMPLETE:
        past_limit.ask(turn, found.id, stands)
    return showing.one(turn, found.id, Reply("withdraw/back", {"number": found.id}))


WITHDRAW = Command("withdraw", withdraw, WHO, takes_words=True, listed=False)
PUT_BACK = Command("put-back", put_back, WHO, takes_words=True, listed=False)
