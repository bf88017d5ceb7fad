"""`declic exclusions`: the works that the agreement does not cover."""
# ruff: noqa: PLC0415 - each command imports its own part, see bot.cli

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.consent import consent_of
from bot.cli.start import carry_out, settings_or_end
from bot.logs import set_up_logs

app = typer.Typer(no_args_is_help=True, help="The exclusion lists: works that the agreement does not cover.")


@app.callback()
def exclusions() -> None:
    """The exclusion lists: works that the agreement does not cover."""


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A list as CSV or XLSX: ISBN, title, publisher, category, year.")
    ],
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="The year of lines that name none; else this year.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Put it in place of the list of that year.")] = False,
    yes_shorter: Annotated[
        bool, typer.Option("--yes-shorter", help="Also when it is not half as long as the old one.")
    ] = False,
) -> None:
    """Say what a FILE holds and what is refused of it; with --yes, put it in place of that year's list."""
    from bot.cli.exclusions.importing import import_list

    set_up_logs("error")
    carry_out(import_list(settings_or_end(), file, year, consent_of(yes=yes_shorter), yes=yes))


@app.command()
def show() -> None:
    """Say which lists there are, and when each was imported."""
    from bot.cli.exclusions.showing import shown

    set_up_logs("error")
    carry_out(shown(settings_or_end()))
