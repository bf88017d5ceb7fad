"""`declic accounts`: lists of who has an account with whoever collects the declarations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.reading import fold
from bot.reading.sheets import SheetUnreadable, read_sheet
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
    lines = _lines(file, wording)
    if isinstance(lines, Told):
        return lines

    def plan_of(tx: Transaction) -> Plan:
        return planned(tx, lines, year, listed_have=listed_have)

    async with opened(settings) as database:
        plan = await database.read(plan_of)
        show(wording.told("cli/accounts/plan", _facts(plan, file)).text)
        if not plan.changes:
            return wording.told("cli/accounts/nothing", {"file": file.name})
        if refused := consent.refused(wording, "cli/accounts/ask", {"count": len(plan.known)}):
            return refused

        def do(tx: Transaction) -> bool:
            same = plan_of(tx) == plan
            if same:
                accounts.put(tx, plan.known, year, now)
            return same

        done = await database.write(do)
    return wording.told(f"cli/accounts/{'applied' if done else 'meanwhile'}", _facts(plan, file), ok=done)


def _lines(file: Path, wording: OperatorsWording) -> tuple[Line, ...] | Told:
    try:
        rows = read_sheet(file.name, file.read_bytes())
    except (OSError, SheetUnreadable) as error:
        reason = error.reason if isinstance(error, SheetUnreadable) else "missing"
        return wording.told("cli/roster/unreadable", {"file": file.name, "reason": reason}, ok=False)
    account = frozenset(map(fold, wording.wording.words(HEADINGS, "account")))
    lines = lines_of(rows, words_of(wording.wording), account)
    return lines or wording.told("cli/accounts/no-addresses", {"file": file.name}, ok=False)


def _facts(plan: Plan, file: Path) -> dict[str, object]:
    return {"plan": plan, "file": file.name, "shown": SHOWN}
