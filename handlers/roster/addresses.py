"""« Mes adresses »: where somebody is reached, and how they take an address away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.mailing import CHANNEL as MAIL
from bot.markup import to_plain
from bot.messages import Button, Call
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, say
from storage import addresses
from storage.addresses import Standing
from storage.states import Role

ANYBODY_KNOWN: Final = frozenset(Role)
REFUSED_FOR_GOOD: Final = ("5.1.1", "5.1.10", "unknown", "no such", "not found", "inconnu")
"""What a server says of a mailbox that is not there."""


class Why(StrEnum):
    """In plain words, why nobody is reached at an address."""

    BLOCKED = "blocked"
    NO_MAILBOX = "no-mailbox"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Shown:
    """One of somebody's addresses, as they see it."""

    channel: str
    value: str
    dead: str | None
    """A `Why`, where nobody is reached there."""
    of_roster: bool
    here: bool
    """Whether the message was written from it."""
    since: datetime | None = None
    """When it was linked."""
    several: bool = False
    """Whether they have more of that channel, so that its name tells too little."""

    @property
    def mark(self) -> str:
        """Names it on a button."""
        return fingerprint({"channel": self.channel, "value": self.value})


def show(turn: Turn, argument: str) -> Said:
    """The sender's addresses; or one of them taken away: `ask-MARK`, `sure-MARK`, `drop-MARK`."""
    shown = _shown(turn)
    step, _, mark = argument.partition("-")
    one = next((one for one in shown if one.mark == mark), None)
    if not argument or one is None:
        return _all(turn, shown, gone=bool(argument))
    if one.of_roster:
        return say("addresses/of-roster", address=one)
    return _step(turn, step, one, is_last=_is_last(one, shown))


def _all(turn: Turn, shown: list[Shown], *, gone: bool = False) -> Said:
    buttons = (_button(turn, one) for one in shown if not one.of_roster)
    return say("addresses/all", *buttons, addresses=shown, gone=gone)


def _step(turn: Turn, step: str, one: Shown, *, is_last: bool) -> Said:
    """The last one that reaches them is asked about twice."""
    if step == "drop" or (step == "sure" and not is_last):
        addresses.take_away(turn.tx, one.channel, one.value, turn.now)
        return say("addresses/gone", address=one)
    next_step = "sure" if step == "ask" else "drop"
    return say("addresses/ask", address=one, next=f"{next_step}-{one.mark}", last=step == "sure")


def _is_last(one: Shown, shown: list[Shown]) -> bool:
    living = [other for other in shown if not other.dead]
    return living == [one]


def _shown(turn: Turn) -> list[Shown]:
    standing = addresses.of_person(turn.tx, turn.person.id)
    theirs = [one for one in standing if one.linked_at or one.of_roster]
    count = Counter(one.channel for one in theirs)
    return [_as_shown(turn, one, several=count[one.channel] > 1) for one in theirs]


def _as_shown(turn: Turn, one: Standing, *, several: bool) -> Shown:
    here = (one.channel, one.value) == (turn.heard.channel, turn.heard.sender)
    return Shown(one.channel, one.value, _why(one), one.of_roster, here, one.linked_at, several)


def _why(one: Standing) -> Why | None:
    if one.dead_at is None:
        return None
    if one.channel != MAIL:
        return Why.BLOCKED
    said = (one.dead_reason or "").lower()
    return Why.NO_MAILBOX if any(word in said for word in REFUSED_FOR_GOOD) else Why.RETURNED


def _button(turn: Turn, one: Shown) -> Button:
    label = to_plain(turn.house.wording.text("addresses/take-away", turn.language, {"address": one}))
    return Button(label, str(Call("addresses", f"ask-{one.mark}")))


ADDRESSES = Command("addresses", show, ANYBODY_KNOWN, listed=False)
