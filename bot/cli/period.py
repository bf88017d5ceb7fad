"""`declic period`: which periods are open, and closing or reopening one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer

from bot.cli.start import carry_out, database_of, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.declarations.periods import Period, is_open, period_named, period_of
from storage import closings
from storage.schema import migrate

app = typer.Typer(no_args_is_help=True, help="The declaration periods, and whether they are open.")
SHOWN = 4
"""Periods of the list: the running one and those before; more only where they were decided by hand."""


@app.command("list")
def list_() -> None:
    """List the periods that are open, or were closed lately or by hand."""
    set_up_logs("error")
    carry_out(listed(settings_or_end()))


@app.command()
def close(period: Annotated[str, typer.Argument(metavar="PERIOD", help="Such as 2026-1.")]) -> None:
    """Close a PERIOD whose deadline has passed: what was sent for it then changes no more."""
    set_up_logs("error")
    carry_out(decided(settings_or_end(), period, wanted=False))


@app.command("reopen")
def reopen(period: Annotated[str, typer.Argument(metavar="PERIOD", help="Such as 2026-1.")]) -> None:
    """Reopen a PERIOD, until it is closed again."""
    set_up_logs("error")
    carry_out(decided(settings_or_end(), period, wanted=True))


async def listed(settings: Settings) -> Told:
    """The periods, newest first."""
    database = database_of(settings)
    try:
        await migrate(database)
        by_hand = await database.read(closings.by_hand)
    finally:
        await database.close()
    return operators_wording().told("cli/periods", {"periods": _lines(settings, by_hand)})


async def decided(settings: Settings, key: str, *, wanted: bool) -> Told:
    """Opens or closes the period with this key."""
    wording = operators_wording()
    try:
        period = period_named(key)
    except ValueError:
        return wording.told("cli/no-such-period", {"key": key}, ok=False)
    now = SystemClock().now()
    if now.astimezone(settings.zone).date() <= period.deadline:
        return wording.told("cli/period-runs", {"key": key, "deadline": period.deadline}, ok=False)
    database = database_of(settings)
    try:
        await migrate(database)
        await database.write(lambda tx: closings.set_open(tx, period.key, wanted, now))
    finally:
        await database.close()
    return wording.told("cli/period-decided", {"key": period.key, "is_open": wanted, "period": period})


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
