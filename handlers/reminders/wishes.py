"""« Mes rappels »: what somebody is sent unasked, what of it they switch off, and where they want it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.messages import Button, Call, Kind
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from bot.working_days import ONE_DAY
from handlers.reminders.plan import RULES, Rule, planned
from storage import people, reminders
from storage.states import DECLARING_ROLES, Audience, ReminderKind, Role
from storage.talks import KeptTalk

OF_AUDIENCE: Final[Mapping[Audience, frozenset[Role]]] = {
    Audience.STAFF: frozenset(DECLARING_ROLES),
    Audience.ABSENT: frozenset(DECLARING_ROLES),
    Audience.IN_CHARGE: frozenset({Role.SCHOOL_ADMIN}),
    Audience.CENTRES: frozenset({Role.CSS_ADMIN}),
    Audience.HEADCOUNT: frozenset({Role.CSS_ADMIN}),
    Audience.CONTACTS: frozenset({Role.CSS_ADMIN}),
}
"""Who can be sent what."""
WHO: Final = frozenset(role for roles in OF_AUDIENCE.values() for role in roles)
A_YEAR: Final = timedelta(days=365)
TERMINAL: Final = "terminal"
_REMINDERS: Final = r"(?:bilans?|rappels?|reminders?|digests?|summary)"
_DAYS: Final = r"(?:(?:lun|mar|mercre|jeu|vendre)dis?|(?:mon|tues|wednes|thurs|fri)days?)"
_FILLER: Final = (
    r"(?:(?:de|du|des|le|la|les|the|my|mes|me|of|any|all|on|chaque|every|sending|envoyer) |[dm]')*"
)
WISHED: Final = re.compile(
    r"(?:svp |please |je (?:ne )?veux |i want )*"
    rf"(?:(?:arret\w*|cess\w*|stop|no more|fewer|less|plus|moins) {_FILLER}"
    rf"(?:{_REMINDERS}|{_DAYS}|courriels?|e?-?mails?|everything|tout)"
    rf"|(?:pas|rien|no|nothing|(?:i )?don't (?:want|send)) {_FILLER}(?:{_REMINDERS}|{_DAYS})"
    r"|(?:tout|toutes?) recevoir|(?:recevoir|receive|get) (?:tout|everything|all))"
    rf"(?: (?:le|la|les|du|de|on|the|{_DAYS}|svp|stp|please|merci|thanks))*"
    r"(?:,? (?:gardez|garder|garde|keep|mais|but) .{1,60})?"
)
"""What somebody says who wants other reminders than they get; folded text."""
NEWEST: Final = "newest"
"""The argument for no channel in particular."""


def wishes(turn: Turn, argument: str) -> Said:
    """What stands; or one thing changed: `off-KIND`, `on-KIND`, `via-CHANNEL`, `none`, `all`."""
    changes, _, what = argument.partition("-")
    if changes in CHANGES:
        CHANGES[changes](turn, what)
    return _shown(turn, changed=changes in CHANGES)


def _switch_off(turn: Turn, named: str) -> None:
    for kind in _kinds_named(named):
        reminders.choose(turn.tx, turn.person.id, kind, wanted=False)


def _switch_on(turn: Turn, named: str) -> None:
    for kind in _kinds_named(named):
        reminders.choose(turn.tx, turn.person.id, kind, wanted=True)
        people.set_reminders(turn.tx, turn.person.id, True)


def _kinds_named(name: str) -> tuple[ReminderKind, ...]:
    """The one of that name; a button of another release may name none."""
    return tuple(kind for kind in ReminderKind if kind == name)


def _send_via(turn: Turn, channel: str) -> None:
    if channel == NEWEST or channel in _channels(turn):
        people.set_reminds_on(turn.tx, turn.person.id, None if channel == NEWEST else channel)


def _want_none(turn: Turn, _what: str) -> None:
    people.set_reminders(turn.tx, turn.person.id, False)


def _want_them(turn: Turn, _what: str) -> None:
    people.set_reminders(turn.tx, turn.person.id, True)


CHANGES: Final = {
    "off": _switch_off,
    "on": _switch_on,
    "via": _send_via,
    "none": _want_none,
    "all": _want_them,
}


def _shown(turn: Turn, *, changed: bool) -> Said:
    unwanted = reminders.unwanted_by(turn.tx, turn.person.id)
    kinds = [(kind, kind not in unwanted) for kind in _kinds(turn)]
    any_wanted = people.wants_reminders(turn.tx, turn.person.id)
    via = people.reminds_on(turn.tx, turn.person.id)
    buttons = (*_switches(turn, kinds), *_ways(turn, via)) if any_wanted else ()
    return say(
        "reminders/wishes",
        *buttons,
        kinds=kinds,
        any_wanted=any_wanted,
        via=via or next(iter(_channels(turn)), None),
        most=turn.house.settings.unasked_a_week,
        changed=changed,
        next=_next(turn) if any_wanted and (ReminderKind.DEADLINES, True) in kinds else None,
    )


def _rules(turn: Turn) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if turn.person.roles & OF_AUDIENCE[rule.audience])


def _kinds(turn: Turn) -> tuple[ReminderKind, ...]:
    """What the sender can be sent at all, in the order of the plan."""
    return tuple(dict.fromkeys(rule.kind for rule in _rules(turn)))


def _next(turn: Turn) -> object:
    """When the plan has something for them next, unless it is done by then."""
    settings = turn.house.settings
    rules = [rule.name for rule in _rules(turn) if rule.kind is ReminderKind.DEADLINES]
    tomorrow = turn.today + ONE_DAY
    ahead = planned(tomorrow, tomorrow + A_YEAR, settings)
    return next((one.day for one in ahead if one.rule.name in rules), None) if settings.reminders else None


def _switches(turn: Turn, kinds: list[tuple[ReminderKind, bool]]) -> tuple[Button, ...]:
    return tuple(
        _button(turn, f"{kind}-{'off' if wanted else 'on'}", f"{'off' if wanted else 'on'}-{kind}")
        for kind, wanted in kinds
    )


def _ways(turn: Turn, via: str | None) -> tuple[Button, ...]:
    """Where somebody is reached in several ways, the others."""
    channels = _channels(turn)
    others = (*(one for one in channels if one != (via or channels[0])), *((NEWEST,) if via else ()))
    return tuple(_button(turn, f"via-{one}", f"via-{one}") for one in others) if len(channels) > 1 else ()


def _channels(turn: Turn) -> tuple[str, ...]:
    """Those that somebody is reached on, the newest first; a terminal is nowhere to be written to unasked."""
    reached = (one.channel for one in people.addresses(turn.tx, turn.person.id))
    return tuple(dict.fromkeys(one for one in reached if one != TERMINAL))


def _button(turn: Turn, label: str, argument: str) -> Button:
    found = turn.house.wording.label("reminders/wish", label, turn.language)
    return Button(found.text if found else label, str(Call("reminders", argument)))


def wished(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """« Plus de courriels svp », « rien le lundi »: outside any talk it leads to what can be switched."""
    if kept or not turn.known or not turn.person.roles & WHO or turn.heard.kind is not Kind.TEXT:
        return None
    return wishes(turn, "") if WISHED.fullmatch(fold(turn.heard.text)) else None


WISHES: Final = Command("reminders", wishes, WHO)
