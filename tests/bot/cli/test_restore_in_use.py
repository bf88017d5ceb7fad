"""A service that starts while the operator reads whether to restore loses nothing of what it acknowledges."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.consent import Consent
from bot.cli.copies import restore
from tests.bot.cli.conftest import Organisation
from tests.rehearsing import settings_for

HEARD = "INSERT INTO person (name, created_at) VALUES ('Entendue', '2026-11-16 00:00:00')"
NAMES = "SELECT name FROM person WHERE name = 'Entendue'"


async def test_a_database_that_is_opened_after_the_question_stays(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(organisation.folder)
    database, copy = Path(organisation.url.removeprefix("sqlite:///")), organisation.folder / "copie.db"
    await organisation("backup", str(copy))
    with closing(sqlite3.connect(database, isolation_level=None)) as service:

        def ask(_question: str) -> str:
            service.execute("PRAGMA journal_mode=WAL")
            service.execute(HEARD)
            return "oui"

        told = await restore(settings_for(organisation.url), copy, Consent(ask=ask))
    assert not told.ok
    assert "arrêtez «\N{NO-BREAK SPACE}declic run\N{NO-BREAK SPACE}»" in told.text
    with closing(sqlite3.connect(database)) as after:
        assert after.execute(NAMES).fetchall() == [("Entendue",)]
    assert not list(database.parent.glob(f"{database.name}.[2r]*"))
