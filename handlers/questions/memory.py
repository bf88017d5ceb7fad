"""Memory of what somebody asked, so that it can be followed up. Nobody unproven has one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.messages import number_in
from bot.turn import Turn, asked_lately
from faq.matcher import MOST
from handlers.questions.found import Found
from storage import enquiries
from storage.enquiries import Enquiry, NewEnquiry

A_QUESTION: Final = 2
"""Words: fewer are no question unless they are near something."""
NEAR: Final = 0.15
"""From here on a single word is near an entry."""


def keep(turn: Turn, found: Found, answered_by: Sequence[str] = ()) -> int | None:
    """Keeps the enquiry with the entries that answer it: its number, or None where nothing is remembered."""
    if not turn.heard.proven or _is_noise(found):
        return None
    new = NewEnquiry(
        person_id=turn.person.id,
        channel=turn.heard.channel,
        address=turn.heard.chat or turn.heard.sender,
        language=turn.language,
        asked_in=found.language or turn.language,
        text=found.text,
        sense=found.sense,
        entry=next(iter(answered_by), None),
        nearest=_nearest(turn, (*answered_by, *found.ids)),
    )
    return enquiries.keep(turn.tx, new, turn.now)


def own(turn: Turn, number: str) -> Enquiry | None:
    """The enquiry that a button names, if it is the sender's own and not forgotten yet."""
    wanted = number_in(number)
    found = None if not turn.heard.proven or wanted is None else enquiries.by_id(turn.tx, wanted)
    return found if found and found.person_id == turn.person.id else None


def own_or_last(turn: Turn, number: str) -> Enquiry | None:
    """The same; without a number, what the sender asked within the last day."""
    return own(turn, number) if number else turn.once(asked_lately)


def _is_noise(found: Found) -> bool:
    return len(found.text.split()) < A_QUESTION and (not found.ids or found.score < NEAR)


def _nearest(turn: Turn, ids: Sequence[str]) -> tuple[str, ...]:
    entries = (one for one in dict.fromkeys(ids) if one in turn.entries)
    return tuple(islice(entries, MOST))
