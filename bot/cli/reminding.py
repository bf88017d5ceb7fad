"""`declic rehearse` and `declic why`: what the plan of reminders would send, and why somebody was reminded or not."""
# ruff: noqa: PLC0415 - each imports its own part as it starts

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.start import carry_out, demo_defaults, is_nothing_configured, settings_or_end
from bot.logs import set_up_logs

DAY = "%Y-%m-%d"


def rehearse(
    year: Annotated[str, typer.Argument(metavar="YEAR", help="A school year, such as 2026-2027.")],
    since: Annotated[datetime | None, typer.Option("--from", formats=[DAY], help="The first day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=[DAY], help="The last day.")] = None,
    texts: Annotated[bool, typer.Option("--texts", help="Show an example of each text.")] = False,
    declares: Annotated[
        float, typer.Option(min=0, max=1, metavar="FRACTION", help="So many declare before each deadline.")
    ] = 0,
) -> None:
    """Play a school YEAR of reminders on a copy, and say what would leave when; nothing is sent."""
    from bot.cli.rehearsal import Wanted
    from bot.cli.rehearsal import rehearse as rehearsed

    set_up_logs("error")
    in_demo = is_nothing_configured()
    settings = settings_or_end(demo_defaults() if in_demo else None)
    wanted = Wanted(year.strip(), _day(since), _day(until), texts, declares)
    carry_out(rehearsed(settings, wanted, in_demo=in_demo))


def why(
    person: Annotated[str, typer.Argument(help="A name or a number.", metavar="PERSON")],
    campaign: Annotated[
        int | None, typer.Option(min=1, max=2**53, metavar="NUMBER", help="About this campaign alone.")
    ] = None,
) -> None:
    """Say what a PERSON was reminded of, how that ended, and why the other campaigns did not reach them."""
    from bot.cli.why import why as told

    set_up_logs("error")
    carry_out(told(settings_or_end(), person, campaign))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
