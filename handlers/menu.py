"""The order of the menu: what somebody in charge uses most stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.messages import Button, Call
from bot.turn import Ability, Turn, label_of
from storage.states import Role

FIRST: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.OPERATOR: ("waiting", "participation", "campaigns", "campaign", "roster-list", "headcount"),
    Role.CSS_ADMIN: ("participation", "contacts", "headcount", "roster-list", "campaign", "calendar"),
    Role.SCHOOL_ADMIN: ("participation", "waiting", "campaign", "roster-list", "calendar", "reminders"),
}
"""Of somebody with several roles the first counts; what is not named follows in the order of the table."""


AT_MOST: Final = 8
"""Buttons of the first page of somebody in charge, who has the most."""


def buttons(turn: Turn, offered: Sequence[Ability], *, whole: bool) -> Iterator[Button]:
    """One for each ability; the first page of somebody in charge has what they use most, and what leads to the rest."""
    in_charge = any(role in turn.person.roles for role in FIRST)
    cut = not whole and in_charge and len(offered) > AT_MOST
    for one in offered[: AT_MOST - 1] if cut else offered:
        yield Button(turn.house.wording.text(f"{one.name}/command", turn.language, {}), str(Call(one.name)))
    if cut:
        yield Button(label_of(turn, "help", "flow") or "", str(Call("help")))


def in_order(turn: Turn, offered: Iterable[Ability]) -> list[Ability]:
    """The abilities as this person's menu lists them."""
    first = next((names for role, names in FIRST.items() if role in turn.person.roles), ())
    return sorted(offered, key=lambda one: first.index(one.name) if one.name in first else len(first))
