"""Listing: the open tickets at the desk of those in charge, and how things stand for those who asked."""

from __future__ import annotations

import re
from typing import Final

from bot.render import topic
from bot.turn import Command, Said, Turn, say
from handlers.corrections import UNMEANT
from handlers.support.charge import IN_CHARGE, OPERATORS, name_of
from handlers.support.requests import requests
from storage import care
from storage.states import Role, TicketState

LABEL: Final = re.compile(r"\s*:\s+")
PAIR: Final = 2
SHOWN: Final = 10
"""How many tickets one message lists."""
RECENT: Final = 5
"""How many of their newest requests somebody hears news of."""


def desk(turn: Turn, _argument: str) -> Said:
    """The open tickets at the sender's desk, those that wait longest first."""
    own = turn.person
    schools = {place.school_id for place in own.places if place.role is Role.SCHOOL_ADMIN and place.school_id}
    centres = {place.centre_id for place in own.places if place.role is Role.CSS_ADMIN and place.centre_id}
    found = care.at_desk(turn.tx, schools, centres, operators=bool(own.roles & OPERATORS), besides=own.id)
    listed = [
        {"number": one.id, "about": topic(_values(one.text)), "taken_by": name_of(turn, one.taken_by)}
        for one in found[:SHOWN]
    ]
    return say("desk/list", listed=listed, count=len(found))


def _values(text: str) -> str:
    """The values of a form's lines, one after the other; any other text as it is."""
    lines = [LABEL.split(line, maxsplit=1) for line in text.splitlines() if line.strip()]
    is_form = len(lines) > 1 and all(len(line) == PAIR for line in lines)
    return ", ".join(value for _, value in lines) if is_form else text


def either(turn: Turn, _argument: str) -> Said:
    """« Demandes »: those to see to for whoever is in charge, one's own for everybody else."""
    in_charge = turn.known and turn.person.roles & IN_CHARGE
    return desk(turn, "") if in_charge else requests(turn, "")


def news(turn: Turn, _argument: str) -> Said:
    """How the newest open request of the sender stands; nothing for somebody who has none."""
    own = () if turn.unproven else care.of_person(turn.tx, turn.person.id, RECENT)
    still_open = [one for one in own if one.state is TicketState.OPEN]
    return requests(turn, str(still_open[0].id) if len(still_open) == 1 else "") if still_open else UNMEANT


DESK = Command("waiting", desk, IN_CHARGE)
EITHER = Command("tickets", either, listed=False)
NEWS = Command("news", news, listed=False)
