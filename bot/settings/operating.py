"""The settings of where things lie beside the database."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from platformdirs import user_state_path
from pydantic_settings import BaseSettings

SQLITE: Final = "sqlite:///"


class OperatingSettings(BaseSettings):
    """What the operator decides of the files beside the database."""

    witness: Path | None = None
    """Where it is written how far things are; None: beside the SQLite file, or in the account's state folder."""


def sqlite_file(database: str) -> Path | None:
    """The file that the address of a database names; None for another kind of database."""
    if not database.startswith(SQLITE):
        return None
    return Path(database.removeprefix(SQLITE).partition("?")[0])


def witness_beside(database: str) -> Path:
    """Where the witness of a database is, where the operator does not say."""
    file = sqlite_file(database)
    return file.with_name(f"{file.name}.witness") if file else user_state_path("declic") / "witness"
