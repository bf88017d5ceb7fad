"""`declic accounts`: lists of who has an account with whoever collects the declarations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.sheet import Faulty, rows_in
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.reading import fold
from bot.settings import Settings
from handlers.declarations.periods import period_of
from handlers.roster.account_list import HEADINGS, Line, Plan, lines_of, planned
from handlers.roster.lines import words_of
from storage import accounts
from storage.database import Transaction

app = typer.Typer(no_args_is_help=True, help="Who has an account with whoever collects the declarations.")
SHOWN: Final = 20
"""Of each kind; of lines that are left out, all."""


@app.callback()
def accounts_of() -> None:
    """Who has an account with whoever collects the declarations."""


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV or XLSX with a column of e-mail addresses.")
    ],
    without: Annotated[bool, typer.Option("--without", help="It lists those who have none.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Apply it without asking.")] = False,
) -> None:
    """Show what a list of who has an account would change this school year, and apply it once you say yes."""
    set_up_logs("error")
    carry_out(put_in(settings_or_end(), file, consent_of(yes=yes), typer.echo, listed_have=not without))


async def put_in(
    settings: Settings, file: Path, consent: Consent, show: Callable[[str], object], *, listed_have: bool
) -> Told:
    """Shows what the list would change; then does it, where the operator agrees: all of it, or nothing."""
    wording, now = operators_wording(), SystemClock().now()
    year = period_of(now.astimezone(settings.zone).date()).year
    try:
        lines = _lines(file, wording)
    except Faulty as faulty:
        return faulty.told
    plan_of = partial(planned, lines=lines, year=year, listed_have=listed_have)
    async with opened(settings) as database:
        plan = await database.read(plan_of)
        show(wording.told("cli/accounts/plan", _facts(plan, file)).text)
        if not plan.changes:
            return wording.told("cli/accounts/nothing", {"file": file.name})
        if refused := consent.refused(wording, "cli/accounts/ask", {"count": len(plan.known)}):
            return refused
        done = await database.write(lambda tx: _do(tx, plan, plan_of(tx), now))
    return wording.told(f"cli/accounts/{'applied' if done else 'meanwhile'}", _facts(plan, file), ok=done)


def _do(tx: Transaction, agreed: Plan, as_it_stands: Plan, now: datetime) -> bool:
    """Whether it is done; not what somebody changed since it was agreed to."""
    if as_it_stands != agreed:
        return False
    accounts.put(tx, agreed.known, agreed.year, now)
    return True


def _lines(file: Path, wording: OperatorsWording) -> tuple[Line, ...]:
    account = frozenset(map(fold, wording.wording.words(HEADINGS, "account")))
    lines = lines_of(rows_in(file, wording), words_of(wording.wording), account)
    if not lines:
        raise Faulty(wording.told("cli/accounts/no-addresses", {"file": file.name}, ok=False))
    return lines


def _facts(plan: Plan, file: Path) -> dict[str, object]:
    return {"plan": plan, "file": file.name, "shown": SHOWN}
