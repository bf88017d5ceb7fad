"""« Campagne »: reminders made by hand, for one's own school or service centre, or as an operator; first a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

import structlog

from bot.form import Form, Step
from bot.question import Choice, Known, Question, Reader, Unreadable
from bot.reading import one_of, one_of_values, optional, some_text
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from bot.working_days import ONE_DAY
from handlers.declarations.openings import open_now
from handlers.declarations.periods import Period, period_named
from handlers.reminders.about import deadline_for, rule_for
from handlers.reminders.aims import IN_OWN_SCHOOL, Whom, aim_of
from handlers.reminders.plan import USEFUL_FOR
from handlers.reminders.previews import leaving, preview, tomorrow
from handlers.reports.asking import NAMED, SHOWN
from handlers.reports.views import View, view_at, views_of
from handlers.support.charge import IN_CHARGE
from storage import campaigns, forecasts
from storage.campaigns import Aim, NewCampaign
from storage.talks import KeptTalk

log = structlog.get_logger()

MISSING: Final = "missing"
"""Begins the argument of a button that goes straight to the preview for those who have sent nothing."""
STRAIGHT: Final = {MISSING: Whom.STAFF, "drafts": Whom.DRAFTS, "incharge": Whom.IN_CHARGE}
LONGEST_NOTE: Final = 300
RULE: Final = "hand"

_here = one_of_values(*IN_OWN_SCHOOL)
PLACE = Question("place", "campaign/ask-place", Reader(lambda answer: answer.value or ""))
PERIOD = Question("period", "campaign/ask-period", Reader(lambda answer: _period(answer.value)))
WHOM = Question("whom", "campaign/ask-whom", one_of(Whom))
WHOM_HERE = Question(
    "whom", "campaign/ask-whom-here", Reader(lambda answer: Whom(_here.read(answer)), _here.choices)
)
NOTE = Question("note", "campaign/ask-note", optional(some_text(max=LONGEST_NOTE)))
TOMORROW: Final = "tomorrow"
RECAP = Question("recap", "campaign/recap", one_of_values("send", TOMORROW), confirms=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A campaign that has been confirmed."""

    whom: Whom
    view: View
    period: Period
    note: str | None
    tomorrow: bool = False
    """Whether it waits for the next working day."""
    after: int = 0
    """The last campaign like it that there was when it was confirmed."""

    @property
    def aim(self) -> Aim:
        return aim_of(self.whom, self.view, self.period.key)


async def campaign(talk: Talk, turn: Turn) -> Wanted | None:
    """What is to be sent to whom; None where it is for people whom the sender does not follow."""
    view = await _ask_place(talk, turn)
    if view is None or (view.inside and talk.seed.get("whom") == Whom.IN_CHARGE):
        return None
    period = await _ask_period(talk, turn)
    values = await _form(view, talk.seed).fill(talk)
    wanted = Wanted(values["whom"], view, period, values["note"])
    start, later, after = leaving(turn), tomorrow(turn), _after(turn, wanted.aim)
    is_later = later.begins > start.begins and _useful_until(turn, wanted, later.begins.date())
    confirmed = {
        "whom": wanted.whom.value,
        "view": view,
        "period": period,
        "note": wanted.note,
        "day": start.begins.date(),
        "now": start.now,
        "later": later.begins if is_later else None,
        "after": after,
        "today": turn.today,
    }
    chosen = await talk.ask(RECAP, confirmed, also=lambda: preview(turn, wanted.aim, view, period))
    return replace(wanted, tomorrow=chosen == TOMORROW, after=after)


def seed(_turn: Turn, argument: str) -> Mapping[str, str]:
    """From `missing` or `missing-school-12.2026-1`, as a button says it; or `drafts-school-12,school-13`."""
    straight, _, about = argument.partition("-")
    found = NAMED.fullmatch(about)
    place, period, others = found.groups() if found else (None, None, "")
    whom = STRAIGHT.get(straight)
    given = {"whom": whom.value if whom else None, "place": place, "period": period}
    if place and others.startswith(","):
        given |= {"place": None, "places": about}
    return {name: value for name, value in given.items() if value}


def begin(turn: Turn, _kept: KeptTalk, wanted: Wanted | None) -> Said:
    """Makes the campaign; its letters leave from the next minute on, or when the sending hours begin."""
    if wanted is None:
        return say("campaign/not-yours")
    start = tomorrow(turn) if wanted.tomorrow else leaving(turn)
    until = _useful_until(turn, wanted, start.begins.date())
    if until is None:
        return say("campaign/too-late", deadline=wanted.period.deadline)
    aim = wanted.aim
    key = f"hand:{wanted.whom}:{wanted.view.key}:{aim.period}:{wanted.after}"
    new = NewCampaign(key, RULE, aim, start.begins.date(), until, note=wanted.note, made_by=turn.person.id)
    number = campaigns.begin(turn.tx, new, turn.now)
    if number is None:
        return say("campaign/faster")
    log.info("campaign-begun", key=key, by=turn.person.id)
    when = {"begins": start.begins, "now": start.now, "today": turn.today}
    return say("campaign/begun", number=number, thanks=wanted.whom is Whom.DECLARED, **when)


async def _ask_place(talk: Talk, turn: Turn) -> View | None:
    """What they follow: named by the button, or the only one, or chosen."""
    own, given = turn.once(_own), talk.seed.get("place")
    if not own or (given and _view(turn, given) is None):
        return None
    several = [view for key in talk.seed.get("places", "").split(",") if (view := _view(turn, key))]
    if len(own) == 1 and not several:
        return _view(turn, given) if given else own[0]
    choices = [Choice(view.key, _name(turn, view)) for view in dict.fromkeys((*several, *own[:SHOWN]))]
    known = Known(given) if given else None
    chosen = await talk.ask(
        PLACE, default=known, suggest=lambda: choices, check=lambda key: _is_followed(turn, key)
    )
    return _view(turn, chosen)


def _own(turn: Turn) -> tuple[View, ...]:
    return views_of(turn.tx, turn.person) if turn.known else ()


def _view(turn: Turn, key: str) -> View | None:
    return view_at(turn.tx, turn.once(_own), key)


def _is_followed(turn: Turn, key: str) -> None:
    if _view(turn, key) is None:
        raise Unreadable("read/choose-one")


def _name(turn: Turn, view: View) -> str:
    everything = turn.house.wording.label("participation/columns", "all", turn.language)
    return view.name or (everything.text if everything else "")


async def _ask_period(talk: Talk, turn: Turn) -> Period:
    """An open one: named by the button, or the only one, or chosen."""
    periods = open_now(turn)
    named = next((one for one in periods if one.key == talk.seed.get("period")), None)
    if len(periods) == 1:
        return periods[0]
    spans = [
        Choice(one.key, turn.house.wording.text("declare/period", turn.language, {"period": one}))
        for one in periods
    ]
    known = Known(named) if named else Known(periods[0]) if talk.seed.get("whom") else None
    return await talk.ask(
        PERIOD, default=known, suggest=lambda: spans, check=lambda one: _is_open(one, periods)
    )


def _period(value: str | None) -> Period:
    try:
        return period_named(value or "")
    except ValueError as unknown:
        raise Unreadable("read/choose-one") from unknown


def _is_open(period: Period, periods: tuple[Period, ...]) -> None:
    """It may have closed since it was chosen."""
    if period not in periods:
        raise Unreadable("read/choose-one")


def _form(view: View, given: Mapping[str, str]) -> Form:
    """To whom, and a few words; who comes straight to the preview may still add some."""
    whom = Known(Whom(given["whom"])) if "whom" in given else None
    return Form(
        (
            Step(WHOM_HERE if view.inside else WHOM, default=lambda _values: whom),
            Step(NOTE, default=lambda _values: Known(None) if whom else None),
        )
    )


def _after(turn: Turn, aim: Aim) -> int:
    """The last campaign like it: of two people who confirm at once, both after the same one, one is too late."""
    return next((one.id for one in forecasts.alike(turn.tx, aim, 1)), 0)


def _useful_until(turn: Turn, wanted: Wanted, day: date) -> datetime | None:
    """The end of its days, unless the period closes before; None: it will be closed when it could begin."""
    settings = turn.house.settings
    deadline = deadline_for(rule_for(wanted.aim.audience), wanted.period)
    closes = wanted.period.closes(settings.grace_days)
    lasts = (deadline, closes if turn.today <= closes else day + USEFUL_FOR)  # reopened by hand
    last = next((one for one in lasts if day <= one), None)
    return datetime.combine(min(day + USEFUL_FOR, last + ONE_DAY), time(), settings.zone) if last else None


CAMPAIGN = Conversation("campaign", campaign, begin, IN_CHARGE, seed=seed)
