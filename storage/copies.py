"""Copies of a SQLite database as whole files: made beside those who write, checked, and put in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database that is open, or was left so."""
IN_USE: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")


class CopyFaulty(Exception):
    """A file is no whole copy of our database: take another one. `why`: `copy-none`, `copy-damaged` or `copy-other`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DatabaseInUse(Exception):
    """Another process has the database open: end that first."""


def copy(source: Path, target: Path) -> int:
    """All of a database as it stands between two transactions, in one file that only its owner may read: its bytes.

    Nobody waits for it. Raises CopyFaulty, also where the copy does not hold; FileExistsError and other OSErrors.
    """
    if target.exists():
        raise FileExistsError(target)
    with _replacing(target) as new, _opened(source) as from_file:
        with closing(sqlite3.connect(new)) as to_file:
            from_file.backup(to_file)
            # One file, whatever mode the database is in.
            to_file.execute("PRAGMA journal_mode=DELETE")
        check(new)
    return target.stat().st_size


def check(file: Path) -> None:
    """Raises CopyFaulty for what is no whole database of ours."""
    with _opened(file) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise CopyFaulty("copy-damaged")
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
        if not {"alembic_version", "letter"} <= tables:
            raise CopyFaulty("copy-other")


def is_in_use(file: Path) -> bool:
    """Whether another process has it open. Where none has, all that was written is then in the file itself."""
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as database:
            # Only whoever is alone may leave the write-ahead log.
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        return _name_of(error).startswith(IN_USE)
    return False


def put_in_place(new: Path, file: Path, aside: Path) -> None:
    """Makes a copy the database, and keeps the one that was there `aside`; at no moment is there none.

    Raises DatabaseInUse with nothing changed: what is written through an open line would be lost.
    """
    if file.exists():
        if is_in_use(file):
            raise DatabaseInUse
        for end in BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{file}{end}").rename(f"{aside}{end}")
        _keep(file, aside)
    new.replace(file)
    sync_folder(file.parent)


def remove(file: Path) -> None:
    """A database, with what SQLite keeps beside it."""
    for end in ("", *BESIDE):
        Path(f"{file}{end}").unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """What was renamed in it stays so after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(file: Path, aside: Path) -> None:
    try:
        os.link(file, aside)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names
        file.rename(aside)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A new file beside it, which takes its name when all has gone well."""
    new = target.with_name(f"{target.name}.new")
    os.close(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        yield new
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(target)
        sync_folder(target.parent)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """To read only; what SQLite finds wrong with it raises CopyFaulty."""
    if not file.is_file():
        raise CopyFaulty("copy-none")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        known = {"SQLITE_NOTADB": "copy-other", "SQLITE_CANTOPEN": "copy-none"}
        raise CopyFaulty(known.get(_name_of(error), "copy-damaged")) from error


def _name_of(error: sqlite3.DatabaseError) -> str:
    name: str = getattr(error, "sqlite_errorname", "")
    return name
