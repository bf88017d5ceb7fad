"""`declic report`: how far participation has come, as text, as files and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.preparing import prepare
from bot.settings import Settings
from bot.settings.unfit import trouble_of
from handlers.declarations.periods import period_if_named
from handlers.reports.asking import period_followed
from handlers.reports.ordering import Kind, Made, Order
from handlers.reports.participation import LOWEST
from handlers.reports.report import Terms
from handlers.reports.views import ALL, Reach, views_named

app = typer.Typer(no_args_is_help=True, help="Reports for the operator.")
Files = Mapping[Kind, Path]
File = Annotated[Path | None, typer.Option(help="A file to write, which is not there yet.")]
SHOWN: Final = 10
"""Places listed when several have the words in their name."""


@app.callback()
def report() -> None:
    """Reports for the operator."""


@app.command()
def participation(
    period: Annotated[str | None, typer.Option(help="Such as 2026-1; else the one followed up now.")] = None,
    school: Annotated[str | None, typer.Option(help="A school, by its name or a part of it.")] = None,
    centre: Annotated[str | None, typer.Option(help="A service centre, likewise.")] = None,
    csv: File = None,
    xlsx: File = None,
    png: File = None,
) -> None:
    """Say who took part in a period: counts, no names; groups under five are not shown."""
    set_up_logs("error")
    files = {Kind.LINES: csv, Kind.SHEETS: xlsx, Kind.CHART: png}
    wanted = {kind: file for kind, file in files.items() if file}
    place = (Reach.SCHOOL, school) if school else (Reach.CENTRE, centre or "")
    carry_out(tell(settings_or_end(), period, *place, wanted))


async def tell(settings: Settings, key: str | None, reach: Reach, name: str, files: Files) -> Told:
    """The summary, once the files are written."""
    wording, today = operators_wording(), SystemClock().now().astimezone(settings.zone).date()
    period = period_if_named(key.strip()) if key else period_followed(today, settings.grace_days)
    if period is None:
        return wording.told("cli/no-such-period", {"key": key}, ok=False)
    async with opened(settings) as database:
        views = await database.read(lambda tx: views_named(tx, (ALL,), name, (reach,))) if name else (ALL,)
        if len(views) != 1:
            return wording.told("cli/report-which", {"name": name, "views": views[:SHOWN]}, ok=False)
        terms = Terms(today, settings.zone, settings.grace_days)
        order = Order(views[0], period, terms, wording.wording, wording.language, tuple(files))
        made = await prepare(database, order)
    try:
        _write(made, files)
    except OSError as error:
        reason = wording.why(trouble_of(error))
        return wording.told("cli/mail/not-written", {"file": error.filename, "reason": reason}, ok=False)
    facts = {"report": made.report, "lowest": made.report.lowest[:LOWEST], "by_letter": True}
    return wording.told("participation/page", facts)


def _write(made: Made, files: Files) -> None:
    """A picture is left out where there is nothing to draw."""
    for file in made.files:
        with files[Kind(file.name.rpartition(".")[2])].open("xb") as opened_:
            opened_.write(file.content)
