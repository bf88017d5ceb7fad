"""What somebody asks a report about: what they follow, or what they name, for the period that they follow up now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.messages import Button, Call
from bot.reading.words import fold
from bot.turn import Said, Turn, say
from handlers.corrections import meanwhile
from handlers.declarations.periods import Period, is_open, period_named, period_of
from handlers.reports.going_on import Shown, is_brief, names_other_school, report_shown
from handlers.reports.period_words import Meant, period_meant
from handlers.reports.views import View, by_key, spelled, view_at, views_named, views_of
from handlers.school_names import SAYS_SCHOOL, SHORTEST, meant, names_school, ours
from handlers.support.charge import IN_CHARGE

FOLLOWERS: Final = IN_CHARGE
"""Who follows up participation: of a school, of a service centre, of all."""
NAMED: Final = re.compile(
    r"(all|(?:school|centre)-\d{1,15})?(?:\.|\b)([12]\d{3}-[123](?![\d-]))?(.*)", re.DOTALL
)
"""`school-12.2026-1` as a button says it, or `2026-1`, or a name."""
OWN: Final = re.compile(
    r"(?:(?:toute?s|all) )?(?:(?:mon|notre|mes|nos|les|my|our|the) )?(?:ecoles?|schools?|centres?|centers?)"
)
"""What somebody calls all that they follow; folded."""
LEADS_ON: Final = re.compile(
    r"(?:(?:de|du|des|à|au|aux|pour|la|le|les|of|for|at|the) |[ld]['’])*", re.IGNORECASE
)
"""What stands between a command and a name."""
COURTESY: Final = re.compile(
    r"(?:^|[\s,])(?:svp|stp|s['’]il (?:vous|te) pla[iî]t|please|pls|merci|thanks|pis|what about)\s*$",
    re.IGNORECASE,
)
ANEW: Final = "participation"
"""The ability that begins anew, whatever was shown."""
SHOWN: Final = 20
"""Places to choose among; whoever follows more names one."""
NOTHING: Final = Said(())
"""For the next rule: these words are no report's."""

Answer = Callable[[Turn, View, Period], Said]


def about(turn: Turn, ability: str, argument: str, answer: Answer) -> Said:
    """The answer, once it is clear what about: several places are offered as buttons."""
    asked = _asked(turn, ability, argument)
    if asked.key and not asked.views:
        return NOTHING
    followed, views, named = views_of(turn.tx, turn.person), asked.views, asked.named
    if len(named.periods) > 1 and (views or (asked.is_message and followed)):
        return _which_period(turn, ability, views or followed, named)
    if not views and (place := _place_in(turn, asked.words, is_message=asked.is_message)):
        return _which(turn, ability, followed, asked.period, "participation/not-followed", named=place)
    if not views and named.periods:
        views = followed
    if len(views) == 1:
        return answer(turn, views[0], asked.period)
    return _which(turn, ability, views, asked.period) if views else NOTHING


def goes_on(turn: Turn) -> bool:
    """Whether the message, right after a report, is nothing but the period or the place of another."""
    if not is_brief(turn):
        return False
    text = turn.heard.text.strip()
    _, named, words = _read(text, turn.today, _seen_from(turn, report_shown(turn)))
    if not words or OWN.fullmatch(fold(words)):
        return bool(named.periods or words)
    within = by_key(turn.tx, views_of(turn.tx, turn.person)).values()
    wanted = spelled(words)
    known = len(wanted) >= SHORTEST and any(_stands_in(wanted, spelled(view.name)) for view in within)
    return known or names_other_school(turn, words)


def _asked(turn: Turn, ability: str, argument: str) -> _Asked:
    """What is named; what is not, as on the report just shown where the words go on with it."""
    is_message = argument.strip() == turn.heard.text.strip()
    shown = report_shown(turn) if ability != ANEW or is_message else None
    key, named, words = _read(argument, turn.today, _seen_from(turn, shown))
    followed = views_of(turn.tx, turn.person)
    if shown and is_message and not key and not words:
        key = shown.key if view_at(turn.tx, followed, shown.key) else ""
    keyed = view_at(turn.tx, followed, key) if key else None
    views = (keyed,) if keyed else () if key else _meant(turn, followed, words)
    period = named.periods[-1] if named.periods else _seen_from(turn, shown)
    return _Asked(key, views, period, named, words, is_message)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a report is asked about."""

    key: str
    views: tuple[View, ...]
    period: Period
    named: Meant
    words: str
    is_message: bool


def _seen_from(turn: Turn, shown: Shown | None) -> Period:
    """The period that others are earlier or later than."""
    return shown.period if shown else period_followed(turn.today, turn.house.settings.grace_days)


def period_followed(today: date, grace_days: int) -> Period:
    """The period that one follows up today: the last one as long as it is open after its deadline."""
    running = period_of(today)
    return running.before if is_open(running.before, today, grace_days) else running


def _read(argument: str, today: date, followed: Period) -> tuple[str, Meant, str]:
    """The key, the period and the words that are named."""
    found = NAMED.fullmatch(argument.strip())
    key, period, words = found.groups() if found else (None, None, argument)
    named = Meant((period_named(period),), period, words) if period else period_meant(words, today, followed)
    return key or "", named, LEADS_ON.sub("", COURTESY.sub("", named.rest).strip(), count=1)


def _meant(turn: Turn, followed: tuple[View, ...], words: str) -> tuple[View, ...]:
    """What the words name, or what stands in them by its whole name; all that is followed where they name nothing."""
    folded = fold(words)
    if not words or OWN.fullmatch(folded):
        return followed
    within = by_key(turn.tx, followed).values()
    standing = (one for one in within if _stands_in(spelled(one.name), spelled(words)))
    return views_named(turn.tx, followed, words) or tuple(standing)


def _place_in(turn: Turn, words: str, *, is_message: bool) -> str | None:
    """The name of a school in them, which need not be known here where they follow a command and ask nothing."""
    known = tuple(one.name for one in turn.once(ours))
    standing = next((name for name in known if _stands_in(spelled(name), spelled(words))), None)
    if standing or (is_message and not (is_brief(turn) and names_other_school(turn, words))):
        return standing
    named = fold(words).split()
    says_so = len(named) == 1 or any(SAYS_SCHOOL.fullmatch(one) for one in (*named[:1], *named[-1:]))
    return words if (names_school(words) and says_so) or meant(known, words)[1] else None


def _stands_in(name: str, words: str) -> bool:
    """Of both folded; most names need no pattern of their own."""
    return bool(name) and name in words and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))


def _which(
    turn: Turn,
    ability: str,
    views: tuple[View, ...],
    period: Period,
    template: str = "participation/which",
    **data: object,
) -> Said:
    return meanwhile(turn, say(template, *_buttons(turn, ability, views, period), **data))


def _which_period(turn: Turn, ability: str, views: tuple[View, ...], named: Meant) -> Said:
    """Those of the year that is named; of several places, which is asked next."""
    place = f"{views[0].key}." if len(views) == 1 else ""
    wording, language = turn.house.wording, turn.language
    buttons = (
        Button(
            wording.text("declare/period", language, {"period": one}), str(Call(ability, f"{place}{one.key}"))
        )
        for one in named.periods
    )
    return meanwhile(turn, say("participation/no-period", *buttons, named=named.named))


def _buttons(turn: Turn, ability: str, views: tuple[View, ...], period: Period) -> Iterator[Button]:
    everything = turn.house.wording.label("participation/columns", "all", turn.language)
    all_of_them = everything.text if everything else ""
    for view in views[:SHOWN]:
        yield Button(view.name or all_of_them, str(Call(ability, f"{view.key}.{period.key}")))
