"""`declic roster import`: a list of people from a file, by the operator's hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.cli.sheet import Faulty, rows_in
from bot.cli.start import opened
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.reading import fold
from bot.settings import Settings
from handlers.roster.lines import Line, Words, sheet_of, words_of
from handlers.roster.plan import Plan
from handlers.roster.present import applied, planned
from handlers.roster.scope import EVERYTHING
from handlers.roster.telling import parts
from storage.database import Database, Transaction

SHOWN = 20
"""Of each kind; of refused lines, all."""
EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Consent:
    """What the operator agrees to beforehand, and how to ask for the rest."""

    yes: bool = False
    they_leave: bool = False
    ask: Callable[[str], str] | None = None
    """None where nobody sits at a terminal."""


async def put_in(settings: Settings, file: Path, consent: Consent, show: Callable[[str], object]) -> Told:
    """Shows what the list would change; then does it, where the operator agrees."""
    wording = operators_wording()
    words = words_of(wording.wording)
    try:
        lines = _lines(file, words, wording)
    except Faulty as faulty:
        return faulty.told
    async with opened(settings) as database:
        plan = await database.read(lambda tx: planned(tx, lines, EVERYTHING, words))
        show(wording.told("cli/roster/plan", {**parts(plan, SHOWN, EVERY), "file": file.name}).text)
        if not plan.changes:
            return wording.told("cli/roster/nothing", {"file": file.name})
        return _not_agreed(plan, consent, wording) or await _do(database, lines, words, plan, wording)


def _lines(file: Path, words: Words, wording: OperatorsWording) -> tuple[Line, ...]:
    sheet = sheet_of(rows_in(file, wording), words)
    if not sheet.is_list:
        raise _faulty(wording, "unreadable", file, reason="headings")
    if sheet.missing:
        raise _faulty(wording, "headings-missing", file, missing=sorted(sheet.missing), strange=sheet.strange)
    return sheet.lines


def _faulty(wording: OperatorsWording, template: str, file: Path, **data: object) -> Faulty:
    return Faulty(wording.told(f"cli/roster/{template}", {"file": file.name, **data}, ok=False))


def _not_agreed(plan: Plan, consent: Consent, wording: OperatorsWording) -> Told | None:
    """What to say where the operator does not agree to all of it."""
    facts = parts(plan)
    if not (consent.yes or _agrees(consent, wording, {"leaving_asked": False, "count": 0})):
        asked = consent.ask is not None
        return wording.told("cli/roster/not-applied", {"terminal": asked}, ok=asked)
    leave = {"leaving_asked": True, "count": len(plan.leaving)}
    if plan.asks_twice and not (consent.they_leave or _agrees(consent, wording, leave)):
        return wording.told("cli/roster/many", facts, ok=False)
    return None


def _agrees(consent: Consent, wording: OperatorsWording, data: Mapping[str, object]) -> bool:
    if consent.ask is None:
        return False
    yes = {fold(word) for word in wording.wording.words("cli/roster/ask", "yes")}
    return fold(consent.ask(wording.told("cli/roster/ask", data).text)) in yes


async def _do(
    database: Database, lines: tuple[Line, ...], words: Words, shown: Plan, wording: OperatorsWording
) -> Told:
    """In one transaction, and only if it is still what was shown."""

    def do(tx: Transaction) -> bool:
        plan = planned(tx, lines, EVERYTHING, words)
        if plan.fingerprint == shown.fingerprint:
            applied(tx, plan, SystemClock().now())
            return True
        return False

    done = await database.write(do)
    return wording.told(f"cli/roster/{'applied' if done else 'meanwhile'}", parts(shown), ok=done)
