"""What somebody asks a report about: what they follow, or what they name, for the period that they follow up now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from bot.messages import Button, Call
from bot.turn import Said, Turn, say
from handlers.declarations.periods import Period, is_open, period_named, period_of
from handlers.reports.views import View, view_at, views_named, views_of
from handlers.support.charge import IN_CHARGE

FOLLOWERS: Final = IN_CHARGE
"""Who follows up participation: of a school, of a service centre, of all."""
NAMED: Final = re.compile(r"(all|(?:school|centre)-\d{1,15})?(?:\.|\b)([12]\d{3}-[123])?(.*)", re.DOTALL)
"""`school-12.2026-1` as a button says it, or `2026-1`, or a name."""
PERIOD: Final = re.compile(r"\b[12]\d{3}-[123]\b")
LEADS_ON: Final = re.compile(
    r"(?:(?:de|du|des|à|au|aux|pour|la|le|les|of|for|at|the) |[ld]['’])*", re.IGNORECASE
)
"""What stands between a command and a name."""
SHOWN: Final = 20
"""Places to choose among; whoever follows more names one."""
NOTHING: Final = Said(())
"""For the next rule: these words are no report's."""

Answer = Callable[[Turn, View, Period], Said]


def about(turn: Turn, ability: str, argument: str, answer: Answer) -> Said:
    """The answer, once it is clear what about: several places are offered as buttons."""
    key, named, words = _read(argument)
    period = named or period_followed(turn.today, turn.house.settings.grace_days)
    followed = views_of(turn.tx, turn.person)
    if key:
        view = view_at(turn.tx, followed, key)
        return answer(turn, view, period) if view else NOTHING
    views = views_named(turn.tx, followed, words) if words else followed
    if len(views) == 1:
        return answer(turn, views[0], period)
    return _which(turn, ability, views[:SHOWN], period) if views else NOTHING


def period_followed(today: date, grace_days: int) -> Period:
    """The period that one follows up today: the last one as long as it is open after its deadline."""
    running = period_of(today)
    return running.before if is_open(running.before, today, grace_days) else running


def _read(argument: str) -> tuple[str, Period | None, str]:
    """The key, the period and the words that are named."""
    found = NAMED.fullmatch(argument.strip())
    key, period, words = found.groups() if found else (None, None, argument)
    period = period or next(iter(PERIOD.findall(words)), None)
    name = LEADS_ON.sub("", PERIOD.sub("", words).strip(), count=1)
    return key or "", period_named(period) if period else None, name


def _which(turn: Turn, ability: str, views: tuple[View, ...], period: Period) -> Said:
    everything = turn.house.wording.label("participation/columns", "all", turn.language)
    all_of_them = everything.text if everything else ""
    buttons = (
        Button(view.name or all_of_them, str(Call(ability, f"{view.key}.{period.key}"))) for view in views
    )
    return say("participation/which", *buttons)
