"""`declic export`: what was declared, as a file for a spreadsheet or a program."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.consent import Consent, consent_of
from bot.cli.person.whom import Unclear, the_school
from bot.cli.start import carry_out, opened, settings_or_end
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.settings import Destination, Settings
from bot.settings.unfit import trouble_of
from bot.writing import FORMS, Layout, TableTooLong, Write, table_in
from handlers.declarations.exported import CHOICES, COLUMNS, SHARES, lines_of
from handlers.declarations.periods import period_if_named
from storage import exported
from storage.database import Database, Transaction, WorkFailed
from storage.exported import Exported, Wanted

app = typer.Typer(no_args_is_help=True, help="Write what was declared into a file.")
TEMPLATE: Final = "cli/export/columns"
DAY: Final = "%Y-%m-%d"


@app.callback()
def export() -> None:
    """Write what was declared into a file."""


@app.command()
def declarations(
    file: Annotated[Path, typer.Argument(help="Its ending tells the form: .csv, .xlsx or .jsonl.")],
    period: Annotated[str | None, typer.Option(help="Such as 2026-1; else of all periods.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=[DAY], help="Sent, changed or decided from that day on.")
    ] = None,
    school: Annotated[
        list[str] | None, typer.Option(help="A name or number; several times for several.")
    ] = None,
    hand_over: Annotated[
        bool, typer.Option("--hand-over", help="Note that what is in the file is handed to whoever collects.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before noting a handover.")] = False,
) -> None:
    """Write declarations into a FILE: all fields, a line for each range of pages."""
    set_up_logs("error")
    settings = settings_or_end()
    begins = datetime.combine(since, time(), settings.zone) if since else None
    wanted = Wanted(period, begins)
    consent = consent_of(yes=yes) if hand_over else None
    carry_out(write(settings, file, wanted, tuple(school or ()), consent, force=force))


async def write(
    settings: Settings,
    file: Path,
    wanted: Wanted,
    schools: Sequence[str],
    handing_over: Consent | None,
    *,
    force: bool,
) -> Told:
    """All that is wanted, as it stands at one moment; with consent it is then noted as handed over."""
    wording, now = operators_wording(), SystemClock().now()
    if fault := _fault(settings, file, wanted, handing_over):
        return wording.told("cli/export/refused", {"why": fault, "file": file}, ok=False)
    if handing_over and (refused := handing_over.refused(wording, "cli/export/ask", {"file": file})):
        return refused
    async with opened(settings) as database:
        try:
            which = await database.read(lambda tx: _with_schools(tx, wording, wanted, schools))
            with table_in(file, _layout(wording, settings), replaces=force) as put:
                count = await database.read(lambda tx: _fill(tx, which, put))
        except Unclear as unclear:
            return unclear.told
        except TableTooLong:
            return wording.told("cli/export/refused", {"why": "too-long", "file": file}, ok=False)
        except (OSError, WorkFailed) as error:
            return _not_written(wording, file, error)
        if handing_over:
            await _hand_over(database, count, now)
    handed = len(count.numbers) if handing_over else None
    facts = {"file": file, "lines": count.lines, "declarations": count.declarations, "handed": handed}
    return wording.told("cli/export/written", facts)


@dataclass(slots=True)
class Count:
    """What was written."""

    lines: int = 0
    declarations: int = 0
    numbers: array[int] = field(default_factory=lambda: array("q"))
    """Of the declarations that are to be handed over: eight bytes each."""
    versions: array[int] = field(default_factory=lambda: array("q"))
    """Theirs, in the same order."""

    def handed(self) -> Iterator[Mapping[int, int]]:
        """Version by number, as many at a time as one transaction takes."""
        for first in range(0, len(self.numbers), exported.AT_ONCE):
            some = slice(first, first + exported.AT_ONCE)
            yield dict(zip(self.numbers[some], self.versions[some], strict=True))


def _fill(tx: Transaction, wanted: Wanted, put: Write) -> Count:
    count = Count()
    for one in exported.each(tx, wanted):
        for line in lines_of(one):
            put(line)
            count.lines += 1
        count.declarations += 1
        if _is_handed(one):
            count.numbers.append(one.declaration.id)
            count.versions.append(one.declaration.course.version)
    return count


async def _hand_over(database: Database, count: Count, now: datetime) -> None:
    """In small transactions, between which people are answered; cut short, the same command notes the rest."""
    for some in count.handed():
        await database.write(partial(exported.hand_over, versions=some, now=now))


def _is_handed(one: Exported) -> bool:
    """What people were told that it would be, if it still counts."""
    forward = one.declaration.filing.destination == Destination.FORWARD
    return forward and one.declaration.course.counts


def _fault(settings: Settings, file: Path, wanted: Wanted, handing_over: Consent | None) -> str | None:
    if file.suffix.lower() not in FORMS:
        return "ending"
    if handing_over and settings.destination is not Destination.FORWARD:
        return "no-forward"
    return "period" if wanted.period and not period_if_named(wanted.period) else None


def _with_schools(
    tx: Transaction, wording: OperatorsWording, wanted: Wanted, schools: Sequence[str]
) -> Wanted:
    found = (the_school(tx, wording, words).id for words in schools)
    return replace(wanted, schools=[one for one in found if one is not None])


def _layout(wording: OperatorsWording, settings: Settings) -> Layout:
    words = {name: wording.line(TEMPLATE, name) or name for name in (*COLUMNS, "sheet", "yes", "no")}
    said = {
        name: {
            label.key.removeprefix(f"{name}."): label.text
            for label in wording.wording.labels(template, wording.language)
        }
        for name, template in CHOICES.items()
    }
    headings = {name: words[name] for name in COLUMNS}
    return Layout(words["sheet"], headings, said, settings.zone, words["yes"], words["no"], SHARES)


def _not_written(wording: OperatorsWording, file: Path, error: OSError | WorkFailed) -> Told:
    cause = error if isinstance(error, OSError) else error.__cause__
    why = trouble_of(cause) if isinstance(cause, OSError) else ""
    return wording.told("cli/mail/not-written", {"file": file, "reason": wording.why(why)}, ok=False)
