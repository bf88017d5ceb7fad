"""The `declic` command: it alone knows every room, and hands each what it needs.

A command imports its own part as it starts, so that a chat does not wait for Telegram's library, nor a service for
the keyboard's: each is 6 to 9 MB and a fifth of a second.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from typing import Annotated, Literal

import typer

from bot.cli import faq, mail
from bot.cli.start import carry_out, demo_defaults, is_nothing_configured, settings_or_end
from bot.logs import set_up_logs
from handlers import ABILITIES, demo

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(faq.app, name="faq")
app.add_typer(mail.app, name="mail")

Language = Literal["fr", "en"]


@app.callback(invoke_without_command=True)
def declic(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Answers school people, and walks them through declaring their copies."""
    if version:
        typer.echo(installed_version("declic"))
        raise typer.Exit


@app.command()
def chat(
    who: Annotated[str, typer.Option("--as", help="A role of the demo, or somebody's name.")] = "teacher",
    lang: Annotated[Language | None, typer.Option("--lang")] = None,
) -> None:
    """Talk to the assistant in this terminal; with nothing configured, in a fictional organisation."""
    from bot.cli.chat import talk

    is_demo = is_nothing_configured()
    settings = settings_or_end(demo_defaults() if is_demo else None)
    set_up_logs("error" if is_demo else settings.log_level)
    carry_out(talk(settings, ABILITIES, demo if is_demo else None, who, lang, sys.stdin, sys.stdout))


@app.command()
def run() -> None:
    """Run everything that is configured, until SIGTERM."""
    from bot.cli.run import serve

    settings = settings_or_end()
    set_up_logs(settings.log_level)
    carry_out(serve(settings, ABILITIES))


@app.command()
def check() -> None:
    """Say what is configured and what is missing, all faults at once."""
    from bot.cli.check import inspect

    set_up_logs("error")
    carry_out(inspect())


@app.command()
def link(person: str, channel: str, address: str) -> None:
    """Tie an ADDRESS on a CHANNEL (telegram, mail) to a PERSON (a name or a number)."""
    from bot.cli.link import tie

    set_up_logs("error")
    carry_out(tie(settings_or_end(), person, channel, address))


@app.command()
def person(name: str) -> None:
    """Show what a person (a NAME or a number) does where, and the addresses they are reached at."""
    from bot.cli.person import show

    set_up_logs("error")
    carry_out(show(settings_or_end(), name))


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
) -> None:
    """Say how the running assistant stands: mailboxes, outages, letters that wait, mails put aside."""
    from bot.cli.status import tell

    set_up_logs("error")
    carry_out(tell(settings_or_end(), as_json=as_json))


def main() -> None:
    """The entry point."""
    app()
