"""A table in a file that the operator names."""

from __future__ import annotations

from pathlib import Path

from bot.cli.told import OperatorsWording, Told
from bot.reading.sheets import Rows, SheetUnreadable, read_sheet


class Faulty(Exception):
    """The file holds no list that can be read: `told` says why."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.text)
        self.told = told


def rows_in(file: Path, wording: OperatorsWording) -> Rows:
    """Its rows, the headings among them; raises Faulty."""
    try:
        return read_sheet(file.name, file.read_bytes())
    except (OSError, SheetUnreadable) as error:
        reason = error.reason if isinstance(error, SheetUnreadable) else "missing"
        facts = {"file": file.name, "reason": reason}
        raise Faulty(wording.told("cli/roster/unreadable", facts, ok=False)) from error
