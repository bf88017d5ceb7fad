"""The `declic` command: it alone knows every room, and hands each what it needs.

A command imports its own part as it starts, so that a chat does not wait for Telegram's library, nor a service for
the keyboard's: each is 6 to 9 MB and a fifth of a second.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Mapping
from importlib.metadata import version as installed_version
from typing import Annotated, Any, Literal, NoReturn

import typer

from bot.cli.told import Told, faults_told, operators_wording
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsFaulty, load_settings
from handlers import ABILITIES, demo
from storage.database import DatabaseDown
from storage.schema import DatabaseNewer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Language = Literal["fr", "en"]

DEMO_DATABASE = {"database": "sqlite:///demo.db"}
"""A file of its own, or invented people would stand among real ones on the day somebody configures Déclic."""


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

    is_demo = _is_nothing_configured()
    settings = _settings({**demo.demo_settings(), **DEMO_DATABASE} if is_demo else None)
    set_up_logs("error" if is_demo else settings.log_level)
    _carry_out(talk(settings, ABILITIES, demo if is_demo else None, who, lang, sys.stdin, sys.stdout))


@app.command()
def run() -> None:
    """Run everything that is configured, until SIGTERM."""
    from bot.cli.run import serve

    settings = _settings()
    set_up_logs(settings.log_level)
    _carry_out(serve(settings, ABILITIES))


@app.command()
def check() -> None:
    """Say what is configured and what is missing, all faults at once."""
    from bot.cli.check import inspect

    set_up_logs("error")
    _carry_out(inspect())


@app.command()
def link(person: str, channel: str, address: str) -> None:
    """Tie an ADDRESS on a CHANNEL to a PERSON (a name or a number)."""
    from bot.cli.link import tie

    set_up_logs("error")
    _carry_out(tie(_settings(), person, channel, address))


def main() -> None:
    """The entry point."""
    app()


def _is_nothing_configured() -> bool:
    """Whether nobody has said who runs the assistant; half a configuration is a fault, not a demo."""
    needed = {name for name, field in Settings.model_fields.items() if field.is_required()}
    try:
        load_settings()
    except SettingsFaulty as faulty:
        return needed <= {fault.setting.lower() for fault in faulty.faults if not fault.problem}
    return False


def _settings(defaults: Mapping[str, str] | None = None) -> Settings:
    try:
        return load_settings(defaults)
    except SettingsFaulty as faulty:
        _end(faults_told(faulty))


def _carry_out(command: Coroutine[Any, Any, Told]) -> NoReturn:
    try:
        _end(asyncio.run(command))
    except DatabaseDown as down:
        _end(operators_wording().told("cli/database-down", {"reason": down.reason}, ok=False))
    except DatabaseNewer:
        _end(operators_wording().told("cli/database-newer", {}, ok=False))


def _end(told: Told) -> NoReturn:
    """Prints what the command has to tell, and leaves with 1 when something is at fault."""
    if told.text:
        typer.echo(told.text, err=not told.ok)
    raise typer.Exit(0 if told.ok else 1)
