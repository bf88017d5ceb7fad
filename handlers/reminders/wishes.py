"""« Mes rappels »: what somebody is sent unasked, what of it they switch off, and where they want it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.addressed import talk_of
from bot.heads import signed_heads_of
from bot.messages import Button, Call, Kind
from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from bot.working_days import ONE_DAY
from faq.polarity import stops_reminders
from faq.text import normalise
from handlers.corrections import UNMEANT, meanwhile, stop
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
_SOME: Final = r"(?:bilans?|digests?|summary|summaries|resumes?)(?: hebdomadaires?| de la semaine)?"
_DAYS: Final = r"(?:(?:lun|mar|mercre|jeu|vendre)dis?|(?:mon|tues|wednes|thurs|fri)days?)"
_FILLER: Final = (
    r"(?:(?:de|du|des|le|la|les|un|une|a|an|the|this|that|these|ce|ca|cette|my|mes|mon|me|moi|of|any|all|on|chaque"
    r"|every|weekly|just|juste|only|seulement|sending|getting|envoyer|recevoir) |[dm]')*"
)
WISHED: Final = re.compile(
    r"(?:(?:svp|please|merci|thanks|je (?:ne )?veux|i want),? )*"
    rf"(?:(?:(?:arret\w*|cess\w*|stop|no more|plus|(?:envoye[rz]|send)[- ]?) ?{_FILLER})?{_SOME}"
    rf"|(?:arret\w*|cess\w*|stop|no more|plus) {_FILLER}(?:{_DAYS}|everything|tout)"
    rf"|(?:fewer|less|moins) {_FILLER}(?:rappels?|reminders?|{_SOME}|{_DAYS}|courriels?|e?-?mails?|everything)"
    rf"|(?:pas|rien|no|nothing|(?:i )?don't (?:want|send)|only|just|seulement|juste) {_FILLER}(?:{_SOME}|{_DAYS})"
    rf"|(?:{_FILLER}){_SOME}"
    r"|(?:tout|toutes?) recevoir|(?:recevoir|receive|get) (?:tout|everything|all))"
    rf"(?: (?:le|la|les|du|de|on|the|every|chaque|{_DAYS}|svp|stp|please|merci|thanks))*"
    r"(?:,? (?:gardez|garder|garde|keep|mais|but) .{1,60})?"
)
"""What somebody says who wants some of them, or only those; folded text."""
REMINDERS: Final = "reminders"
"""The argument of `stop` that means them, and not the talk."""
NEWEST: Final = "newest"
"""The argument for no channel in particular."""


def wishes(turn: Turn, argument: str) -> Said:
    """What stands; or one thing changed: `off-KIND`, `on-KIND`, `via-CHANNEL`, `none`, `all`."""
    if not argument and _chooses_what_stops(turn):
        return UNMEANT
    changes, _, what = argument.partition("-")
    if changes in CHANGES:
        CHANGES[changes](turn, what)
    return _shown(turn, changed=changes in CHANGES)


def _chooses_what_stops(turn: Turn) -> bool:
    """« Rappels » to « Que voulez-vous arrêter? » names the button there."""
    kept = talk_of(turn)
    asked = any(one["press"] == f"!stop:{REMINDERS}" for one in kept.offered) if kept else False
    return asked and turn.heard.kind is Kind.TEXT


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
    stands = say(
        "reminders/wishes",
        *buttons,
        kinds=kinds,
        any_wanted=any_wanted,
        via=via or next(iter(_channels(turn)), None),
        most=turn.house.settings.unasked_a_week,
        changed=changed,
        next=_next(turn) if any_wanted and (ReminderKind.DEADLINES, True) in kinds else None,
    )
    return meanwhile(turn, stands)


def _rules(turn: Turn) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if turn.person.roles & OF_AUDIENCE[rule.audience])


def _kinds(turn: Turn) -> tuple[ReminderKind, ...]:
    """What the sender can be sent at all: about themself first."""
    mine = {rule.kind for rule in _rules(turn)}
    return tuple(kind for kind in ReminderKind if kind in mine)


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
    """« Annuler les rappels », at any question; « rien le lundi » outside any talk leads to what can be switched."""
    text = turn.heard.text
    if turn.heard.kind is not Kind.TEXT or is_quoted(text):
        return None
    heads = signed_heads_of(text) if turn.heard.envelope else ()
    if any(stops_reminders(normalise(one)) for one in (text, *heads)):
        return stop(turn, REMINDERS)
    if kept or not turn.known or not turn.person.roles & WHO:
        return None
    return wishes(turn, "") if any(WISHED.fullmatch(fold(one)) for one in (text, *heads)) else None


WISHES: Final = Command("reminders", wishes, WHO)
