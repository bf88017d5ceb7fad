"""How a command starts and ends: the settings that it needs, and its exit code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import typer

from bot.cli.told import Told, faults_told, operators_wording, why_down
from bot.settings import Settings, SettingsFaulty, load_settings
from handlers import demo
from storage.database import Database, DatabaseDown, open_database
from storage.schema import DatabaseNewer, migrate
from storage.sealing import KeyMissing, SealBroken

DEMO_DATABASE = {"database": "sqlite:///demo.db"}
"""A file of its own, or invented people would stand among real ones on the day somebody configures Déclic."""


def is_nothing_configured() -> bool:
    """Whether nobody has said who runs the assistant; half a configuration is a fault, not a demo."""
    needed = {name for name, field in Settings.model_fields.items() if field.is_required()}
    try:
        load_settings()
    except SettingsFaulty as faulty:
        return needed <= {fault.setting.lower() for fault in faulty.faults if not fault.problem}
    return False


def demo_defaults() -> Mapping[str, str]:
    """What stands where the operator says nothing, so that the demo runs."""
    return {**demo.demo_settings(), **DEMO_DATABASE}


def settings_or_end(defaults: Mapping[str, str] | None = None) -> Settings:
    """The settings; or else tells what is wrong with them, and leaves."""
    try:
        return load_settings(defaults)
    except SettingsFaulty as faulty:
        end(faults_told(faulty))


def database_of(settings: Settings) -> Database:
    """The one that is configured, with the keys that seal in it; may raise DatabaseDown."""
    return open_database(settings.database, settings.sealing_keys)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The same, up to date, for as long as a command needs it."""
    database = database_of(settings)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


def carry_out(command: Coroutine[Any, Any, Told]) -> NoReturn:
    """Does what the command does, and leaves."""
    try:
        end(asyncio.run(command))
    except DatabaseDown as down:
        end(operators_wording().told("cli/database-down", {"reason": why_down(down)}, ok=False))
    except DatabaseNewer:
        end(operators_wording().told("cli/database-newer", {}, ok=False))
    except KeyMissing:
        end(operators_wording().told("cli/key-missing", {}, ok=False))
    except SealBroken:
        end(operators_wording().told("cli/seal-broken", {}, ok=False))


def end(told: Told) -> NoReturn:
    """Prints what the command has to tell, and leaves with 1 when something is at fault."""
    if told.text:
        typer.echo(told.text, err=not told.ok)
    raise typer.Exit(0 if told.ok else 1)
