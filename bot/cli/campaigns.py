"""`declic campaigns`: how far each has come, its brakes, and what the plan will send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Annotated, Any, Final

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers.reminders.brakes import BRAKES
from handlers.reminders.looking import Look, Seen
from handlers.reminders.plan import Occasion, planned
from handlers.reminders.previews import rules_on
from handlers.reminders.progress import in_full
from handlers.reports.kept_back import kept_back
from handlers.reports.views import ALL
from storage import forecasts
from storage.campaigns import Aim
from storage.database import Database, Transaction

app = typer.Typer(help="Campaigns of reminders: how far they are, their brakes, and what is planned.")
Number = Annotated[int, typer.Argument(min=1, max=2**53, metavar="N")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of words.")]
MOST: Final = 50
"""Campaigns listed."""
NUMBERS: Final = ("sent", "waiting", "merged", "unreachable", "in_doubt", "percent", "skipped")
"""What is told of nobody's group that is too small."""


@app.callback(invoke_without_command=True)
def without_a_word(context: typer.Context) -> None:
    """Campaigns of reminders: how far they are, their brakes, and what is planned."""
    if context.invoked_subcommand is None:
        list_()


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the campaigns, the newest first, with how far each is."""
    set_up_logs("error")
    carry_out(listed(settings_or_end(), as_json=as_json))


@app.command()
def show(number: Number) -> None:
    """Show one campaign: how many letters left, wait or were skipped, and why."""
    set_up_logs("error")
    carry_out(shown(settings_or_end(), number))


@app.command()
def pause(number: Number) -> None:
    """Let nothing of campaign N leave until it is resumed."""
    set_up_logs("error")
    carry_out(acted(settings_or_end(), number, "pause"))


@app.command()
def resume(number: Number) -> None:
    """Let campaign N go on from where it was paused."""
    set_up_logs("error")
    carry_out(acted(settings_or_end(), number, "resume"))


@app.command()
def cancel(number: Number, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Call campaign N off, after asking; what has left cannot be called back."""
    set_up_logs("error")
    carry_out(acted(settings_or_end(), number, "cancel", consent_of(yes=yes)))


@app.command()
def plan(
    days: Annotated[int, typer.Option(min=0, max=400, help="How far ahead.")] = 30, as_json: AsJson = False
) -> None:
    """Say what the plan sends when, and to how many people as of now."""
    set_up_logs("error")
    carry_out(foreseen(settings_or_end(), days, as_json=as_json))


async def listed(settings: Settings, *, as_json: bool) -> Told:
    """In words, or as one JSON list."""
    async with opened(settings) as database:
        found = await database.read(Look((ALL,), most=MOST).read)
    if as_json:
        return Told(json.dumps([_in_full(one) for one in found()], ensure_ascii=False))
    return operators_wording().told("cli/campaigns", {"listed": found()})


async def shown(settings: Settings, number: int, did: str | None = None) -> Told:
    """One of them, as operators read it anywhere; `did`: what has just become of it."""
    async with opened(settings) as database:
        found = await _look(database, number)
    wording = operators_wording()
    if found is None:
        return wording.told("cli/no-such-campaign", {"number": number}, ok=False)
    one, known = found
    page = {"one": one, "known": known, "did": did}
    return wording.told("campaigns/one", page, ok=did != "nothing")


async def acted(settings: Settings, number: int, verb: str, consent: Consent | None = None) -> Told:
    """Puts a brake on or takes it off, with consent where it is needed."""
    async with opened(settings) as database:
        found = await _look(database, number)
        if found and found[0].is_open and consent:
            asked = dict(zip(("one", "known"), found, strict=True))
            refused = consent.refused(operators_wording(), "cli/campaign-ask", asked)
            if refused:
                return refused
        now = SystemClock().now()
        done = await database.write(lambda tx: BRAKES[verb](tx, number, now))
    return await shown(settings, number, verb if done else "nothing")


async def foreseen(settings: Settings, days: int, *, as_json: bool) -> Told:
    """What is planned from today on; what has begun already says how it stands."""
    today = SystemClock().now().astimezone(settings.zone).date()
    due = planned(today, today + timedelta(days=days), settings)
    async with opened(settings) as database:
        told = [await database.read(partial(_foreseen, settings=settings, one=one)) for one in due]
        known = await database.read(_knows_all)
    if not known:
        told = [{**one, **dict.fromkeys(("count", "by_channel", "left_out"))} for one in told]
    if as_json:
        return Told(json.dumps(told, default=str, ensure_ascii=False))
    return operators_wording().told("cli/campaigns-plan", {"planned": told, "follows": settings.reminders})


async def _look(database: Database, number: int) -> Seen | None:
    found = await database.read(Look((ALL,), number).read)
    return next(iter(found()), None)


def _in_full(seen: Seen) -> dict[str, Any]:
    one, known = seen
    return in_full(one) if known else {**in_full(one), **dict.fromkeys(NUMBERS)}


def _knows_all(tx: Transaction) -> bool:
    """Whether there are so many people that anything may be told of all together."""
    return not kept_back(tx, [ALL])


def _foreseen(tx: Transaction, settings: Settings, one: Occasion) -> Mapping[str, Any]:
    begun = forecasts.begun(tx, one.key)
    aim = Aim(one.rule.audience, one.period.key)
    found = forecasts.forecast(tx, aim, rules_on(settings, one.rule, one.day))
    return {
        "day": one.day,
        "rule": one.rule.name,
        "whom": one.rule.audience.value,
        "period": one.period.key,
        "deadline": one.deadline,
        "offset": one.offset,
        "number": begun.id if begun else None,
        "state": begun.state.value if begun else None,
        "count": found.count,
        "by_channel": found.reached,
        "left_out": found.left_out,
    }
