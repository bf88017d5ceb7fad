"""Which school it is about: the person's own, or one of ours that is named much like what they wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.question import Choice, Known, Unreadable
from bot.reading import fold
from bot.talk import Talk
from bot.turn import Turn
from handlers.school_names import Like, check_school, names_school, ours
from handlers.signing.questions import NONE_OF_THESE, SAME_SCHOOL, SCHOOL
from storage.schools import NamedSchool


async def named_school(
    talk: Talk, turn: Turn, data: Mapping[str, object], own: NamedSchool | None
) -> NamedSchool | None:
    """The school that the person names, skips, or surely means: `own`. One that is not ours has a plain name alone.

    `data` is what the question shows.
    """
    typed = await talk.ask(
        SCHOOL,
        data,
        check=lambda name: check_school(turn, name) if name else None,
        default=Known(own.name) if own else None,
    )
    if typed is None or (own and typed == own.name):
        return own if typed else None
    other, near = NamedSchool(typed) if names_school(typed) else None, turn.once(Like(typed))
    if not near or fold(near[0].name) == fold(typed):
        return near[0] if near else other
    offered = {f"s{one.id}": one for one in near}
    picked = await talk.ask(
        SAME_SCHOOL,
        {"typed": typed},
        check=lambda value: _is_offered(value, offered),
        suggest=lambda: [Choice(value, one.name) for value, one in offered.items()],
    )
    return offered.get(picked, other)


def own_school(turn: Turn) -> NamedSchool | None:
    """Where somebody of the roster works, if that is one school."""
    own = {place.school_id for place in turn.person.places if turn.known} - {None}
    return next((one for one in turn.once(ours) if {one.id} == own), None)


def has_phones(turn: Turn) -> bool:
    """Whether any school can be reached by what we know: else naming one would help nobody."""
    return any(one.phone for one in turn.once(ours))


def _is_offered(value: str, offered: Collection[str]) -> None:
    """The list may have changed since it was chosen."""
    if value not in (*offered, NONE_OF_THESE):
        raise Unreadable("read/choose-one")
