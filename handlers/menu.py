"""The order of the menu: what somebody in charge uses most stands first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.turn import Ability, Turn
from storage.states import Role

FIRST: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.OPERATOR: ("waiting", "participation", "campaigns", "campaign", "roster-list", "headcount"),
    Role.CSS_ADMIN: ("participation", "contacts", "headcount", "roster-list", "campaign", "calendar"),
    Role.SCHOOL_ADMIN: ("participation", "waiting", "campaign", "roster-list", "calendar", "reminders"),
}
"""Of somebody with several roles the first counts; what is not named follows in the order of the table."""


def in_order(turn: Turn, offered: Iterable[Ability]) -> list[Ability]:
    """The abilities as this person's menu lists them."""
    first = next((names for role, names in FIRST.items() if role in turn.person.roles), ())
    return sorted(offered, key=lambda one: first.index(one.name) if one.name in first else len(first))
