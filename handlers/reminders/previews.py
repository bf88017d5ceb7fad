"""Previews: whom a campaign would reach as of now, when it would begin and be done, and what was like it lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.mailing import CHANNEL as MAIL
from bot.reading import fold
from bot.sending import TELEGRAM_RATE
from bot.settings import Settings
from bot.turn import Turn
from handlers.declarations.periods import Period
from handlers.reminders.about import deadline_for, rule_for
from handlers.reminders.pages import OF_STANDING, TEMPLATES
from handlers.reminders.plan import Rule, next_day_on, planned, sending_hours
from handlers.reports.kept_back import kept_back
from handlers.reports.views import View
from handlers.support.charge import name_of
from storage import campaign_progress, forecasts, holds
from storage.campaigns import Aim, Campaign
from storage.database import Transaction
from storage.forecasts import Forecast, Rules
from storage.reminders import CAP_WINDOW
from storage.states import CampaignState, ReminderOutcome

TWICE: Final = timedelta(days=2)
"""Within so long the same people are not reminded again without saying so."""
EXAMPLES: Final[Mapping[str, Any]] = {
    "draft": {"talk": "", "named": None},
    "has_account": None,
    "uncounted": None,
    "open_until": None,
    "unreached": (),
    "unreached_more": 0,
    "hidden": 0,
    "own": None,
}
"""What an invented reader is told: nobody's own draft is shown to anybody."""
NUMBERS: Final = {"done": 9, "expected": 14, "recent": 3, "missing": 5, "drafts": 1}
"""Of an invented school."""
NAMED: Final = 12
"""People whom a preview names."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many; or that whoever asks may not know."""

    forecast: Forecast
    ahead: Mapping[str, int]
    """Letters of other campaigns that leave before, by channel."""
    hidden: bool = False
    names: tuple[str | None, ...] = ()
    """Whom it would reach, in one's own school; None: somebody without a name."""


@dataclass(frozen=True, slots=True)
class Count:
    """Counting, beside the turn that asks for it."""

    aim: Aim
    rules: Rules
    begins: datetime
    view: View

    def read(self, tx: Transaction) -> Callable[[], Numbers]:
        hidden = self.view in kept_back(tx, [self.view])
        ahead = forecasts.waiting(tx, self.begins)
        names = forecasts.who(tx, self.aim, self.rules) if self.view.inside else ()
        ordered = tuple(sorted(names, key=lambda name: fold(name or "")))
        found = Numbers(forecasts.forecast(tx, self.aim, self.rules), ahead, hidden, ordered)
        return lambda: found


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a campaign begins."""

    begins: datetime
    """In the organisation's zone."""
    now: bool


def leaving(turn: Turn) -> Leaving:
    """At once within the sending hours, else when they begin next."""
    settings = turn.house.settings
    begins = sending_hours(settings, settings.zone).next_opening(turn.now)
    return Leaving(begins.astimezone(settings.zone), begins == turn.now)


def tomorrow(turn: Turn) -> Leaving:
    """When the sending hours of the next working day begin."""
    settings = turn.house.settings
    return Leaving(next_day_on(settings, settings.zone, turn.today), now=False)


def preview(turn: Turn, aim: Aim, view: View, period: Period) -> dict[str, object]:
    """Page data, the text as an invented reader would get it included."""
    start = leaving(turn)
    numbers = turn.prepared(_count(turn, aim, view, start.begins))
    rule = rule_for(aim.audience)
    return {
        "forecast": numbers.forecast,
        "masked": numbers.hidden,
        "names": numbers.names[:NAMED],
        "names_more": len(numbers.names[NAMED:]),
        "begins": start.begins,
        "seconds": seconds_for(turn.house.settings, numbers.forecast, numbers.ahead),
        "done": done_by(turn.house.settings, start.begins, numbers.forecast, numbers.ahead),
        "held": bool(holds.standing(turn.tx)),
        "lately": _lately(turn, aim),
        "planned": _planned(turn, rule, period, start.begins.date()),
        "text": template_of(aim),
        **example(turn, aim, period, start.begins.date(), turn.language),
    }


def example(turn: Turn, aim: Aim, period: Period, day: date, language: str) -> dict[str, object]:
    """What an invented reader of that language would be told on that day."""
    deadline = deadline_for(rule_for(aim.audience), period)
    school = turn.house.wording.label("campaign/whom", "example", language)
    return {
        "deadline": deadline,
        "days": (deadline - day).days,
        "campaign": 0,
        "by": turn.person.name,
        "schools": [{"name": school.text if school else "", **NUMBERS}],
        **EXAMPLES,
    }


def template_of(aim: Aim) -> str:
    """The text that most of these people would read."""
    return OF_STANDING.get(aim.standing, TEMPLATES[aim.audience])[0]


def done_by(settings: Settings, begins: datetime, forecast: Forecast, ahead: Mapping[str, int]) -> datetime:
    """About when the last letter leaves, within the sending hours."""
    takes = timedelta(seconds=seconds_for(settings, forecast, ahead))
    return sending_hours(settings, settings.zone).done_by(begins, takes).astimezone(settings.zone)


def seconds_for(settings: Settings, forecast: Forecast, ahead: Mapping[str, int]) -> float:
    """How long the slowest channel takes, with the letters ahead of these; the others send beside it."""
    rates = {"telegram": TELEGRAM_RATE, MAIL: settings.mail_per_minute / 60}
    counts = {on: count + ahead.get(on, 0) for on, count in forecast.reached.items()}
    return max((count / rates[on] for on, count in counts.items() if on in rates), default=0)


def rules_on(settings: Settings, rule: Rule, day: date) -> Rules:
    """What keeps reminders of a rule back on a day."""
    since = datetime.combine(day - CAP_WINDOW, time(), settings.zone)
    return Rules(rule.kind, day, since, settings.unasked_a_week)


def _count(turn: Turn, aim: Aim, view: View, begins: datetime) -> Count:
    rules = rules_on(turn.house.settings, rule_for(aim.audience), begins.date())
    return Count(aim, rules, begins, view)


def _lately(turn: Turn, aim: Aim) -> dict[str, object] | None:
    """The last campaign to the same people, where it was not long ago; `by` None: of the plan."""
    recent = (one for one in forecasts.alike(turn.tx, aim) if turn.now - one.made_at < TWICE)
    last = next((one for one in recent if _leaves(turn, one)), None)
    if last is None:
        return None
    return {
        "number": last.id,
        "at": last.made_at,
        "by": name_of(turn, last.made_by),
        "hand": last.offset is None,
    }


def _leaves(turn: Turn, one: Campaign) -> bool:
    """Whether somebody has had it, or may still."""
    if one.state is CampaignState.CANCELLED:
        return ReminderOutcome.LEFT in campaign_progress.of_one(turn.tx, one).outcomes
    return one.state is not CampaignState.SKIPPED


def _planned(turn: Turn, rule: Rule, period: Period, day: date) -> date | None:
    """When the plan reminds the same people within two days after."""
    settings = turn.house.settings
    ahead = planned(day, day + TWICE, settings) if settings.reminders else ()
    same = (one.day for one in ahead if one.rule.audience is rule.audience and one.period == period)
    return next((one for one in same if one > turn.today), None)
