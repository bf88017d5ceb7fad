"""« Mon calendrier »: what the person has to do next, and a file for their own calendar."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply
from bot.turn import Command, Said, Turn, say
from handlers.calendar.by_role import YEARS, feeds_of
from handlers.calendar.duties import OF_ROLE, Duty, duties_of
from handlers.calendar.feed import feed
from handlers.declarations.openings import open_now
from storage import accounts, declarations
from storage.states import DECLARING_ROLES

SHOWN = 6
"""Duties on one page."""
FILE = "file"


def calendar(turn: Turn, argument: str) -> Said:
    """The next duties; with the argument `file`, the file."""
    if argument == FILE:
        name = "-".join(feeds_of(turn.person.places))
        duties = duties_of(turn.person.places, turn.today, YEARS)
        file = feed(duties, turn.house.wording, turn.language, turn.now, name)
        return Said((Reply("calendar/file", {"name": file.name}, files=(file,)),))
    duties = duties_of(turn.person.places, turn.today, YEARS)[:SHOWN]
    done = frozenset(duty.key for duty in duties if _is_done(turn, duty))
    late, feeds = _still_open(turn), _addresses(turn)
    return say("calendar/page", duties=duties, done=done, today=turn.today, feeds=feeds, late=late)


def _still_open(turn: Turn) -> tuple[Mapping[str, object], ...]:
    """The periods whose deadline has passed, that they can still declare for and have not; and until when."""
    if not any(place.role in DECLARING_ROLES for place in turn.person.places):
        return ()
    grace = turn.house.settings.grace_days
    past = (one for one in open_now(turn) if one.deadline < turn.today)
    return tuple(
        {"period": one, "until": one.open_until(turn.today, grace)}
        for one in past
        if not declarations.took_part(turn.tx, turn.person.id, one.key)
    )


def _is_done(turn: Turn, duty: Duty) -> bool:
    """Whether they have declared for the period or said that there was nothing; or have an account, as far as told."""
    if duty.name == "account":
        return accounts.known(turn.tx, (turn.person.id,), duty.first.year).get(turn.person.id, False)
    period = duty.period if duty.name == "declare" else None
    return period is not None and declarations.took_part(turn.tx, turn.person.id, period.key)


def _addresses(turn: Turn) -> tuple[str, ...]:
    """Where they can subscribe to their dates; nothing where no public address is set."""
    public = turn.house.settings.public_url
    feeds = feeds_of(turn.person.places) if public else ()
    return tuple(f"{public}/calendar/{name}.ics?lang={turn.language}" for name in feeds)


CALENDAR = Command("calendar", calendar, frozenset(OF_ROLE))
