"""Memory of what somebody asked, so that it can be followed up. Nobody who only claims to be a person has one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.messages import number_in
from bot.turn import Turn, asked_lately
from faq.matcher import MOST
from handlers.questions.found import Found
from storage import enquiries
from storage.enquiries import Enquiry, NewEnquiry


def keep(turn: Turn, found: Found, answered_by: Sequence[str] = ()) -> int | None:
    """Keeps the enquiry with the entries that answer it: its number, or None where nothing is remembered."""
    if turn.unproven or not found.text.strip():
        return None
    new = NewEnquiry(
        person_id=turn.person.id,
        channel=turn.heard.channel,
        address=turn.heard.chat or turn.heard.sender,
        language=turn.language,
        text=found.text,
        sense=found.sense,
        entry=next(iter(answered_by), None),
        nearest=_nearest(turn, (*answered_by, *found.ids)),
    )
    return enquiries.keep(turn.tx, new, turn.now)


def own(turn: Turn, number: str) -> Enquiry | None:
    """The enquiry that a button names, if it is the sender's own and not forgotten yet."""
    wanted = number_in(number)
    found = None if turn.unproven or wanted is None else enquiries.by_id(turn.tx, wanted)
    return found if found and found.person_id == turn.person.id else None


def own_or_last(turn: Turn, number: str) -> Enquiry | None:
    """The same; without a number, what the sender asked within the last day."""
    return own(turn, number) if number else turn.once(asked_lately)


def _nearest(turn: Turn, ids: Sequence[str]) -> tuple[str, ...]:
    entries = (one for one in dict.fromkeys(ids) if one in turn.entries)
    return tuple(islice(entries, MOST))
