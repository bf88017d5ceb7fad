"""`declic hold`: why nothing leaves, and letting letters leave again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.status import local
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers import ABILITIES
from handlers.reminders.beginning import begin_and_fill
from storage import holds
from storage.database import Database, Transaction
from storage.holds import Hold, Waiting
from storage.states import HoldReason

app = typer.Typer(
    help="Whether letters leave: nothing does after a backup was restored, until you release them."
)
OLD: Final = 24
"""Hours, which a question offers to skip what is older than."""


@app.callback(invoke_without_command=True)
def hold(context: typer.Context) -> None:
    """Whether letters leave: nothing does after a backup was restored, until you release them."""
    if context.invoked_subcommand is None:
        show()


@app.command()
def show() -> None:
    """Say since when nothing leaves and why, and how many letters wait."""
    set_up_logs("error")
    carry_out(shown(settings_or_end()))


@app.command("set")
def set_() -> None:
    """Let nothing leave from now on, such as after restoring a backup by other means."""
    set_up_logs("error")
    carry_out(put(settings_or_end()))


@app.command()
def release(
    skip_older: Annotated[
        int | None,
        typer.Option(min=0, metavar="HOURS", help="Skip letters of campaigns, and all older than HOURS."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; all that waits leaves.")] = False,
) -> None:
    """Let letters leave again, after asking what becomes of those that wait."""
    set_up_logs("error")
    carry_out(released(settings_or_end(), skip_older, consent_of(yes=yes)))


async def shown(settings: Settings) -> Told:
    """How it stands."""
    async with opened(settings) as database:
        found = await database.read(_state)
    return operators_wording().told("cli/hold", _told(settings, *found))


async def put(settings: Settings) -> Told:
    """Holds; saying it twice changes nothing."""
    async with opened(settings) as database:
        now = SystemClock().now()
        await database.write(lambda tx: holds.put(tx, HoldReason.BY_HAND, now))
    return await shown(settings)


async def released(settings: Settings, skip_older: int | None, consent: Consent) -> Told:
    """Releases with consent: how many letters leave, and how many were skipped."""
    wording, now = operators_wording(), SystemClock().now()
    async with opened(settings) as database:
        found, waiting = await database.read(_state)
        if not found:
            return wording.told("cli/hold", _told(settings, found, waiting))
        await _begin_what_is_due(settings, database, now)
        _, waiting = await database.read(_state)
        hours = await _hours(database, wording, skip_older, consent)
        before = None if hours is None else now - timedelta(hours=hours)
        skipped = await database.read(lambda tx: holds.to_skip(tx, before)) if before else 0
        count = {"leave": sum(one.count for one in waiting) - skipped, "skip": skipped}
        if refused := consent.refused(wording, "cli/hold-ask", count):
            return refused
        skipped = await database.write(lambda tx: holds.release(tx, now, before))
    return wording.told("cli/released", {**count, "skip": skipped})


async def _begin_what_is_due(settings: Settings, database: Database, now: datetime) -> None:
    """So that it waits with the rest: campaigns that an older copy does not know would begin anew after the release."""
    await begin_and_fill(furnish(settings, ABILITIES), database, now.astimezone(settings.zone))


async def _hours(
    database: Database, wording: OperatorsWording, given: int | None, consent: Consent
) -> int | None:
    """What is skipped: as given, or as somebody at the keyboard answers where there is anything to skip."""
    if given is not None or consent.yes or consent.ask is None:
        return given
    before = SystemClock().now() - timedelta(hours=OLD)
    old = await database.read(lambda tx: holds.to_skip(tx, before))
    asked = {"count": old, "hours": OLD}
    return OLD if old and consent.refused(wording, "cli/hold-skip-ask", asked) is None else None


def _state(tx: Transaction) -> tuple[tuple[Hold, ...], tuple[Waiting, ...]]:
    return holds.standing(tx), holds.waiting(tx)


def _told(
    settings: Settings, standing: tuple[Hold, ...], waiting: tuple[Waiting, ...]
) -> Mapping[str, object]:
    zone = settings.zone
    return {
        "holds": [{"reason": one.reason.value, "since": local(one.since, zone)} for one in standing],
        "waiting": [
            {
                "channel": one.channel,
                "lane": one.lane.name.lower(),
                "count": one.count,
                "oldest": local(one.oldest, zone),
            }
            for one in waiting
        ],
    }
