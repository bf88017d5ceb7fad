"""`declic roster`: who works where, and lists of people put in."""
# ruff: noqa: PLC0415 - each command imports its own part, see bot.cli

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.start import carry_out, settings_or_end
from bot.logs import set_up_logs

app = typer.Typer(no_args_is_help=True, help="The roster: put a list of people in, see who is there.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX, see docs/roster.md.")],
    yes: Annotated[bool, typer.Option("--yes", help="Apply it without asking.")] = False,
    they_leave: Annotated[
        bool, typer.Option("--yes-they-leave", help="Also when more than a fifth of a school's people leave.")
    ] = False,
) -> None:
    """Show what a list of people would change, and apply it once you say yes: all of it, or nothing."""
    from bot.cli.roster.importing import Consent, put_in

    set_up_logs("error")
    ask = _ask if sys.stdin.isatty() else None
    carry_out(put_in(settings_or_end(), file, Consent(yes, they_leave, ask), typer.echo))


@app.command()
def show(
    school: Annotated[str | None, typer.Argument(help="A school's name, or part of it.")] = None,
) -> None:
    """Show every school with how many there are, or who is in one SCHOOL, in what role, and who has left."""
    from bot.cli.roster.showing import all_schools, one_school

    set_up_logs("error")
    settings = settings_or_end()
    carry_out(one_school(settings, school) if school else all_schools(settings))


def _ask(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False)
    return answer
