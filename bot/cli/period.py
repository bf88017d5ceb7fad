"""`declic period`: which periods are open, and closing or reopening one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.declarations.periods import Period, is_open, period_if_named, period_named, period_of
from storage import closings

app = typer.Typer(no_args_is_help=True, help="The declaration periods, and whether they are open.")
Key = Annotated[str, typer.Argument(metavar="PERIOD", help="Such as 2026-1.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
YEAR = timedelta(days=366)
"""After its deadline a period is long past."""
SHOWN = 4
"""Periods of the list: the running one and those before; more only where they were decided by hand."""


@app.command("list")
def list_() -> None:
    """List the periods that are open, or were closed lately or by hand."""
    set_up_logs("error")
    carry_out(listed(settings_or_end()))


@app.command()
def close(period: Key, yes: Yes = False) -> None:
    """Close a PERIOD whose deadline has passed: what was sent for it then changes no more."""
    set_up_logs("error")
    carry_out(decided(settings_or_end(), period, consent_of(yes=yes), wanted=False))


@app.command()
def reopen(period: Key, yes: Yes = False) -> None:
    """Reopen a PERIOD, until it is closed again; asks when it is of another school year."""
    set_up_logs("error")
    carry_out(decided(settings_or_end(), period, consent_of(yes=yes), wanted=True))


@app.command()
def auto(period: Key) -> None:
    """Let the calendar decide on a PERIOD again."""
    set_up_logs("error")
    carry_out(by_calendar(settings_or_end(), period))


async def listed(settings: Settings) -> Told:
    """The periods, newest first."""
    async with opened(settings) as database:
        by_hand = await database.read(closings.by_hand)
    return operators_wording().told("cli/periods", {"periods": _lines(settings, by_hand)})


async def decided(settings: Settings, key: str, consent: Consent, *, wanted: bool) -> Told:
    """Opens or closes the period with this key; says so where it stands that way, and asks where it is long past."""
    wording, now = operators_wording(), SystemClock().now()
    period, today = period_if_named(key.strip()), now.astimezone(settings.zone).date()
    if period is None:
        return wording.told("cli/no-such-period", {"key": key}, ok=False)
    if today <= period.deadline:
        return wording.told("cli/period-runs", {"key": key, "deadline": period.deadline}, ok=False)
    async with opened(settings) as database:
        by_hand = await database.read(closings.by_hand)
        facts = _line(settings, by_hand, period, today)
        if by_hand.get(period.key) is wanted or not (wanted or facts["is_open"]):
            return wording.told("cli/period-stands", facts)
        if wanted and today > period.deadline + YEAR:
            refused = consent.refused(wording, "cli/period-ask", facts)
            if refused:
                return refused
        await database.write(lambda tx: closings.set_open(tx, period.key, wanted, now))
    return wording.told("cli/period-decided", {"key": period.key, "is_open": wanted, "period": period})


async def by_calendar(settings: Settings, key: str) -> Told:
    """Forgets what was decided by hand, and says how the period stands then."""
    wording, period = operators_wording(), period_if_named(key.strip())
    if period is None:
        return wording.told("cli/no-such-period", {"key": key}, ok=False)
    async with opened(settings) as database:
        await database.write(lambda tx: closings.as_the_calendar(tx, period.key))
    today = SystemClock().now().astimezone(settings.zone).date()
    return wording.told("cli/period-stands", _line(settings, {}, period, today))


def _lines(settings: Settings, by_hand: Mapping[str, bool]) -> list[dict[str, object]]:
    today = SystemClock().now().astimezone(settings.zone).date()
    lately = [period_of(today)]
    while len(lately) < SHOWN:
        lately.append(lately[-1].before)
    periods = {*lately, *map(period_named, by_hand)}
    newest_first = sorted(periods, key=lambda period: period.first, reverse=True)
    return [_line(settings, by_hand, period, today) for period in newest_first]


def _line(settings: Settings, by_hand: Mapping[str, bool], period: Period, today: date) -> dict[str, object]:
    return {
        "period": period,
        "is_open": is_open(period, today, settings.grace_days, by_hand),
        "closes": period.closes(settings.grace_days),
        "by_hand": period.key in by_hand,
    }
