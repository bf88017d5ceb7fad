"""`declic rehearse`: what it prints, and that the database it is about stays as it is to the last byte."""
# ruff: noqa: E501 - a printout has its own lines

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.rehearsal import Wanted, rehearse
from bot.render import LANGUAGES
from bot.settings.operating import sqlite_file
from handlers.reminders.plan import RULES
from handlers.reminders.why_not import REASONS, UNKNOWN
from storage import campaigns, holds, reminders
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction, open_database
from storage.reminders import Entry
from storage.states import Audience, HoldReason, LetterState, ReminderKind, ReminderOutcome, Standing
from tests.bot.cli.conftest import Organisation
from tests.campaigning import id_of, local
from tests.cast import seed
from tests.handlers.demo_database import Rows, empty
from tests.rehearsing import settings_for
from tests.stage import furnished

NOVEMBER = Wanted("2026-2027", date(2026, 11, 16), date(2026, 11, 20))


def happens(tx: Transaction) -> None:
    """The cast, of whom one wants no reminders and another has been sent some; everything is held back."""
    seed(tx, datetime(2026, 6, 1, tzinfo=UTC))
    reminders.choose(tx, id_of(tx, "camille"), ReminderKind.DEADLINES, wanted=False)
    for n in range(2):
        aim, day = Aim(Audience.STAFF, "2026-1"), local(13)
        made = campaigns.begin(tx, NewCampaign(f"hand:{n}", "hand", aim, day.date(), local(17)), day)
        assert made
        reminders.note(tx, [Entry(made, id_of(tx, "lou"), ReminderOutcome.LEFT, day, letter_id=1)])
    holds.put(tx, HoldReason.BY_HAND, local(13))


async def filled(url: str) -> str:
    database = open_database(url)
    await database.write(happens)
    await database.close()
    return url


async def rows_of(url: str) -> Rows:
    async with empty(url) as found:
        return await found.rows()


def files_of(url: str) -> Mapping[str, bytes]:
    """The database's file, and whatever stands in its log."""
    file = sqlite_file(url)
    assert file
    found = [file, Path(f"{file}-wal")]
    return {one.name: one.read_bytes() for one in found if one.exists() and one.stat().st_size}


async def test_not_a_byte_of_the_database_changes(sqlite_url: str) -> None:
    await filled(sqlite_url)
    before = files_of(sqlite_url)
    assert (await rehearse(settings_for(sqlite_url), NOVEMBER)).ok
    assert files_of(sqlite_url) == before


async def test_of_another_database_the_rows_are_copied_and_the_rehearsal_is_the_same(
    sqlite_url: str, postgres_url: str
) -> None:
    before = await rows_of(await filled(postgres_url))
    told = [await rehearse(settings_for(url), NOVEMBER) for url in (await filled(sqlite_url), postgres_url)]
    assert told[0] == told[1]
    assert await rows_of(postgres_url) == before
    assert "ne veulent pas de ce genre\N{NO-BREAK SPACE}: 1" in told[0].text
    assert "en ont assez reçu en sept jours\N{NO-BREAK SPACE}: 1" in told[0].text


async def test_tables_of_an_older_release_are_left_to_other_commands(postgres_url: str) -> None:
    database = open_database(postgres_url)
    await database.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    await database.close()
    told = await rehearse(settings_for(postgres_url), NOVEMBER)
    assert not told.ok
    assert "declic status" in told.text


async def test_it_prints_each_day_and_what_it_comes_to(organisation: Organisation) -> None:
    done = await organisation("rehearse", "2026-2027", "--from", "2026-10-29", "--until", "2026-10-30")
    assert (done.code, done.err) == (0, "")
    assert done.out == SHOWN


SKIPPED = frozenset(
    [
        "declared",
        "said-nothing",
        "stopped",
        "unwanted",
        "enough",
        "left",
        "unreachable",
        "complete",
        "cancelled",
        "too-late",
    ]
)
"""Why the ledger says that somebody was skipped."""
SHOWN = """\
Répétition de l’année scolaire 2026-2027, du 29 octobre 2026 au 30 octobre 2026

Rien n’est envoyé, et rien n’est écrit dans la base : une copie est jouée, avec une horloge qui saute d’un moment au suivant. 3 personnes ont à déclarer.
Personne de plus ne déclare : c’est le plus qui pourrait partir.

vendredi 30 octobre 2026
• Échéance (2026-1), 30 jours avant le 30 novembre 2026, au personnel qui n’a pas encore répondu : 3 (2 par courriel, 1 sur Telegram), à 7 h

Par mois
octobre 2026 : 3
En tout : 3

Le plus qu’une même personne reçoit en sept jours : 1 (au plus 2).
"""


@pytest.mark.parametrize(
    "words",
    [
        ("2026",),
        ("2026-2028",),
        ("deux mille",),
        ("2026-2027", "--from", "2026-06-30"),
        ("2026-2027", "--until", "2027-07-01"),
        ("2026-2027", "--from", "2026-12-01", "--until", "2026-11-30"),
    ],
)
async def test_days_that_are_none_are_refused(organisation: Organisation, words: tuple[str, ...]) -> None:
    done = await organisation("rehearse", *words)
    assert (done.code, done.out) == (1, "")
    assert "Donnez une année scolaire comme 2026-2027" in done.err


async def test_a_database_that_is_not_there_is_told(organisation: Organisation) -> None:
    done = await organisation.having(database=f"sqlite:///{organisation.folder}/none.db")(
        "rehearse", "2026-2027"
    )
    assert done.code == 1
    assert "none.db" in done.err
    assert not (organisation.folder / "none.db").exists()


async def test_one_example_of_each_text_is_shown(sqlite_url: str) -> None:
    await filled(sqlite_url)
    wanted = Wanted(NOVEMBER.year, date(2026, 11, 16), date(2026, 11, 16), texts=True)
    shown = (await rehearse(settings_for(sqlite_url), wanted)).text
    assert shown.count("Déclarer des copies") + shown.count("Declare copies") == 1


@pytest.mark.parametrize(
    ("more", "share", "says"),
    [
        ({}, 0, "c’est le plus qui pourrait partir"),
        ({}, 0.4, "40\N{NO-BREAK SPACE}% des personnes déclarent"),
        ({"reminders": False}, 0, "DECLIC_REMINDERS"),
    ],
)
async def test_it_says_what_is_assumed(
    sqlite_url: str, more: dict[str, bool], share: float, says: str
) -> None:
    await filled(sqlite_url)
    wanted = Wanted(NOVEMBER.year, date(2026, 11, 18), date(2026, 11, 18), share=share)
    assert says in (await rehearse(settings_for(sqlite_url, **more), wanted)).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_audience_and_reason_has_its_words(language: str) -> None:
    said = {label.key for label in furnished().wording.labels("cli/reminding", language)}
    assert {rule.name for rule in RULES} | {f"to-{audience}" for audience in Audience} <= said
    told = {label.key for label in furnished().wording.labels("cli/why-words", language)}
    assert {reason for reason, _, _ in REASONS} | {UNKNOWN} <= told
    assert {f"letter-{state}" for state in LetterState} | {
        f"stood-{standing}" for standing in Standing
    } <= told
    assert said & told >= SKIPPED
