"""Heeding: does what somebody wants; a wish that is not theirs to have, or makes no sense now, gives way."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import dialogue
from bot.messages import Button, Call
from bot.turn import Ability, Said, Turn
from bot.using import use
from faq.matcher import Candidate, Match, heeding
from handlers.reminders import launched
from handlers.reminders.answers import TOMORROW
from handlers.reports.asking import goes_on
from handlers.wishes.table import INSTEAD, NAMING, WISHES
from handlers.wishes.which_place import place_named
from storage import talks

FREELY: Final = frozenset({"stop", "away"})
"""What somebody is asked about who says it where any text could be the answer."""
ANOTHER_REPORT: Final = Match("wish", (Candidate("report", 1.0),), (Candidate("report", 1.0),))
"""What the period or the place of another report wants."""
SHORTEST: Final = 3
"""Words: in fewer it is rather a title."""


def within_reach(turn: Turn) -> Turn:
    """The turn, its text read as somebody may mean it who is who they are, now."""
    if turn.reading is not None and dialogue.current(turn) is None and goes_on(turn):
        return replace(turn, reading=replace(turn.reading, match=ANOTHER_REPORT))
    if turn.reading is None or not turn.reading.match.wishes:
        return turn
    said = turn.reading.match
    match = heeding(said, lambda wish: _call(turn, wish) is not None)
    told = INSTEAD.get(said.candidates[0].id) if is_wish(said) and match.outcome == "unknown" else None
    match = Match("ask_back", (replace(said.candidates[0], id=told),)) if told else match
    return replace(turn, reading=replace(turn.reading, match=match))


def is_wish(match: Match | None) -> bool:
    """Whether somebody wants something done, and what is sure."""
    return match is not None and match.outcome == "wish"


def is_worth_asking(turn: Turn) -> bool:
    """Whether what could be an answer is rather a wish that must not be missed."""
    match = turn.match
    long = len(turn.heard.text.split()) >= SHORTEST
    return long and match is not None and match.outcome == "wish" and match.candidates[0].id in FREELY


def heed(turn: Turn, wish: str) -> Said | None:
    """Does it, or begins what asks before it does; None where there is nothing to do."""
    call = _call(turn, wish)
    if call is None:
        return None
    if call.command == TOMORROW.name:
        talks.set_aside(turn.tx, turn.person.id, turn.now)  # whoever is asked again has not been let go
    meant = launched.instead(turn) if wish == "stop" else None
    if meant:
        return meant
    ability = turn.house.abilities[call.command]
    said = (use(turn, ability, one) for one in (*_named(turn, call), call.argument))
    return next((one for one in said if one.replies), None)


def offered(turn: Turn, wish: str) -> Button | None:
    """The button for a wish that may be meant; None where it cannot be."""
    call = _call(turn, wish)
    if call is None:
        return None
    wording, language = turn.house.wording, turn.language
    own = wording.label("wishes/offered", wish, language)
    return Button(own.text if own else wording.text(f"{call.command}/command", language, {}), str(call))


def _named(turn: Turn, call: Call) -> tuple[str, ...]:
    """What the words name besides: a place, and what else is read there, such as a month."""
    if call.command not in NAMING:
        return ()
    place, text = turn.once(place_named), turn.heard.text.strip()
    return (f"{place} {text}", text) if place else (text,)


def _call(turn: Turn, wish: str) -> Call | None:
    leads = WISHES.get(wish)
    call = leads(turn) if leads else None
    ability = turn.house.abilities.get(call.command) if call else None
    return call if ability and _may_have(turn, ability) else None


def _may_have(turn: Turn, ability: Ability) -> bool:
    """Whoever only claims to be somebody is told, when they wish for it, how to prove it."""
    return ability.roles is None or bool(turn.person.roles & ability.roles)
