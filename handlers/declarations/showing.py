"""One declaration as it stands, and what may be done with it."""

from __future__ import annotations

from bot.messages import Reply
from bot.talk import fingerprint
from bot.turn import Said, Turn, say
from handlers.declarations.openings import is_open_now, terms_of
from handlers.declarations.periods import period_named
from storage import declarations, exported, people
from storage.declarations import Declaration


def own(turn: Turn, number: int | None) -> Declaration | None:
    """The sender's declaration with this number."""
    return declarations.by_id(turn.tx, number, turn.person.id) if number is not None else None


def may_change(turn: Turn, declared: Declaration) -> bool:
    """Whether its period is still open."""
    return is_open_now(turn, period_named(declared.filing.period))


def one(turn: Turn, number: int, *lead: Reply) -> Said:
    """The sender's declaration with this number, below what else there is to say."""
    found = own(turn, number)
    if found is None:
        return say("mine/unknown", number=number)
    return Said((*lead, Reply("mine/one", shown(turn, found))))


def shown(turn: Turn, declared: Declaration) -> dict[str, object]:
    """What the wording of one declaration says."""
    by = declared.course.decided_by
    decided_by = people.by_id(turn.tx, by) if by is not None else None
    period = period_named(declared.filing.period)
    return {
        "declared": declared,
        "period": period,
        "may_change": may_change(turn, declared),
        "closes": None
        if terms_of(turn).by_hand.get(period.key)
        else period.closes(terms_of(turn).grace_days),
        "decided_by": decided_by.name if decided_by else None,
        "stamp": stamp_of(declared),
        "handed": exported.handover_of(turn.tx, declared.id),
    }


def stamp_of(declared: Declaration) -> str:
    """Names how it stands: what a button does then counts for that alone."""
    course = declared.course
    return fingerprint({"state": course.state, "version": course.version, "changed": course.changed_at})
