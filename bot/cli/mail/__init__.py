"""`declic mail`: what becomes of messages."""
# ruff: noqa: PLC0415 - each command imports its own part, see bot.cli

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.start import carry_out, settings_or_end
from bot.logs import set_up_logs

app = typer.Typer(no_args_is_help=True, help="E-mail: how messages would be read, and those put aside.")


@app.callback()
def mail() -> None:
    """E-mail: how messages would be read, and those put aside."""


@app.command()
def show(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Messages as mail servers keep them (.eml).")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line instead of words.")] = False,
) -> None:
    """Tell how message files would be read: by whom, whether they would be heard, and as what text."""
    from bot.cli.mail.showing import as_object, in_words

    for told in (as_object if as_json else in_words)(files):
        typer.echo(told.encode(errors="replace"))


@app.command()
def parked(
    number: Annotated[int | None, typer.Argument(help="One of them, to have it as it came.")] = None,
    output: Annotated[Path | None, typer.Option(help="A new file for it, instead of stdout.")] = None,
) -> None:
    """List the mails put aside for a human, or write one of them."""
    from bot.cli.mail.parked import listed, written

    set_up_logs("error")
    settings = settings_or_end()
    carry_out(listed(settings) if number is None else written(settings, number, output))
