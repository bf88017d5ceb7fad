"""Previews: whom a campaign would reach as of now, when it would begin and be done, and what was like it lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.mailing import CHANNEL as MAIL
from bot.sending import TELEGRAM_RATE
from bot.settings import Settings
from bot.turn import Turn
from handlers.declarations.periods import Period
from handlers.reminders.about import deadline_for, rule_for
from handlers.reminders.judging import LATELY
from handlers.reminders.knowing import hides
from handlers.reminders.pages import TEMPLATES
from handlers.reminders.plan import Rule, planned, sending_hours
from handlers.reports.ordering import terms_of
from handlers.reports.report import Terms
from handlers.reports.views import View
from handlers.support.charge import name_of
from storage import campaigns, forecasts, holds
from storage.campaigns import Aim, Campaign
from storage.database import Transaction
from storage.forecasts import Forecast, Rules
from storage.states import CampaignState, ReminderOutcome, Standing

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
}
"""What an invented reader is told: nobody's own draft is shown to anybody."""
NUMBERS: Final = {"done": 9, "expected": 14, "missing": 5, "drafts": 1}
"""Of an invented school."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many; or that whoever asks may not know."""

    forecast: Forecast
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Counting, beside the turn that asks for it."""

    aim: Aim
    rules: Rules
    view: View
    period: Period
    terms: Terms

    def read(self, tx: Transaction) -> Callable[[], Numbers]:
        hidden = hides(tx, self.view, self.period, self.terms)
        found = Numbers(forecasts.forecast(tx, self.aim, self.rules), hidden)
        return lambda: found


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a campaign begins that is sent now."""

    begins: datetime
    """In the organisation's zone."""
    now: bool


def leaving(turn: Turn) -> Leaving:
    """At once within the sending hours, else when they begin next."""
    settings = turn.house.settings
    begins = sending_hours(settings, settings.zone).next_opening(turn.now)
    return Leaving(begins.astimezone(settings.zone), begins == turn.now)


def preview(turn: Turn, aim: Aim, view: View, period: Period) -> dict[str, object]:
    """Page data, the text as an invented reader would get it included."""
    start = leaving(turn)
    numbers = turn.prepared(_count(turn, aim, view, period, start.begins.date()))
    rule = rule_for(aim.audience)
    deadline = deadline_for(rule, period)
    return {
        "forecast": numbers.forecast,
        "masked": numbers.hidden,
        "begins": start.begins,
        "seconds": seconds_for(turn.house.settings, numbers.forecast),
        "done": done_by(turn.house.settings, start.begins, numbers.forecast),
        "held": bool(holds.standing(turn.tx)),
        "lately": _lately(turn, aim),
        "planned": _planned(turn, rule, period, start.begins.date()),
        "text": _template(aim),
        "deadline": deadline,
        "days": (deadline - start.begins.date()).days,
        "campaign": 0,
        "by": turn.person.name,
        "schools": [{"name": _example_name(turn), **NUMBERS}],
        **EXAMPLES,
    }


def done_by(settings: Settings, begins: datetime, forecast: Forecast) -> datetime:
    """About when the last letter leaves, within the sending hours."""
    takes = timedelta(seconds=seconds_for(settings, forecast))
    return sending_hours(settings, settings.zone).done_by(begins, takes).astimezone(settings.zone)


def seconds_for(settings: Settings, forecast: Forecast) -> float:
    """How long the slowest channel takes; the others send beside it."""
    rates = {"telegram": TELEGRAM_RATE, MAIL: settings.mail_per_minute / 60}
    return max((count / rates[on] for on, count in forecast.reached.items() if on in rates), default=0)


def rules_on(settings: Settings, rule: Rule, day: date) -> Rules:
    """What keeps reminders of a rule back on a day."""
    since = datetime.combine(day - LATELY, time(), settings.zone)
    return Rules(rule.kind, day, since, settings.unasked_a_week)


def _count(turn: Turn, aim: Aim, view: View, period: Period, day: date) -> Count:
    rules = rules_on(turn.house.settings, rule_for(aim.audience), day)
    return Count(aim, rules, view, period, terms_of(turn))


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
        [found] = campaigns.progress(turn.tx, [one])
        return ReminderOutcome.LEFT in found.outcomes
    return one.state is not CampaignState.SKIPPED


def _planned(turn: Turn, rule: Rule, period: Period, day: date) -> date | None:
    """When the plan reminds the same people within two days after."""
    settings = turn.house.settings
    ahead = planned(day, day + TWICE, settings) if settings.reminders else ()
    same = (one.day for one in ahead if one.rule.audience is rule.audience and one.period == period)
    return next((one for one in same if one > turn.today), None)


def _template(aim: Aim) -> str:
    return "draft" if aim.standing is Standing.DRAFT else TEMPLATES[aim.audience][0]


def _example_name(turn: Turn) -> str:
    found = turn.house.wording.label("campaign/whom", "example", turn.language)
    return found.text if found else ""
