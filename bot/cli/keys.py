"""`declic keys`: a new key, and everything sealed anew with the newest."""

from __future__ import annotations

import typer

from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.logs import set_up_logs
from bot.settings import Settings
from storage import keys
from storage.sealing import new_key

app = typer.Typer(no_args_is_help=True, help="What is sealed in the database, and with which key.")


@app.callback()
def about() -> None:
    """What is sealed in the database, and with which key."""


@app.command()
def new() -> None:
    """Print a new key. Put it at the end of DECLIC_KEYS everywhere, then in front everywhere, then `keys rotate`."""
    typer.echo(new_key())


@app.command()
def rotate() -> None:
    """Seal everything anew with the newest key; broken off, it goes on where it stood."""
    set_up_logs("error")
    carry_out(seal_anew(settings_or_end()))


async def seal_anew(settings: Settings) -> Told:
    """Everything, and says what is left; may raise KeyMissing, as when no key at all is given for what is sealed."""
    async with opened(settings) as database:
        if not settings.sealing_keys:
            return operators_wording().told("cli/no-keys", {}, ok=False)
        await keys.rotate(database)
        left = await database.read(keys.left)
    return operators_wording().told("cli/keys-rotated", {"left": left}, ok=not left)
