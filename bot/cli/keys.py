"""`declic keys`: a new key, and everything sealed anew with the newest."""

from __future__ import annotations

import typer

from bot.cli.start import carry_out, database_of, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.logs import set_up_logs
from bot.settings import Settings
from storage import keys
from storage.schema import migrate
from storage.sealing import new_key

app = typer.Typer(no_args_is_help=True, help="What is sealed in the database, and with which key.")


@app.callback()
def about() -> None:
    """What is sealed in the database, and with which key."""


@app.command()
def new() -> None:
    """Print a key that nobody has had before; put it in front of the others in DECLIC_KEYS."""
    typer.echo(new_key())


@app.command()
def rotate() -> None:
    """Seal everything anew with the newest key; broken off, it goes on where it stood."""
    set_up_logs("error")
    carry_out(seal_anew(settings_or_end()))


async def seal_anew(settings: Settings) -> Told:
    """Everything, and says what is left."""
    if not settings.sealing_keys:
        return operators_wording().told("cli/no-keys", {}, ok=False)
    database = database_of(settings)
    try:
        await migrate(database)
        await keys.rotate(database)
        left = await database.read(keys.left)
    finally:
        await database.close()
    return operators_wording().told("cli/keys-rotated", {"left": left}, ok=not left)
