"""Backups with the real thing: after one was restored nothing leaves, until somebody releases it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from bot.messages import Page
from storage import campaigns, outbox
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.states import Audience
from storage.tables import letter
from tests.bot.cli.by_mail import send, settings_for, written
from tests.bot.cli.conftest import ORGANISATION, Organisation, hears
from tests.cast import seed
from tests.fakes.mail import MailServer
from tests.fakes.postgres import PostgresServer
from tests.fakes.telegram import FakeTelegram, Person

QUESTION = "Bonjour,\n\nJusqu'à quand puis-je déclarer mes copies?\n\nMerci,\nCamille\n"


def file_of(organisation: Organisation) -> Path:
    return Path(organisation.url.removeprefix("sqlite:///"))


async def talk(organisation: Organisation, camille: Person, *words: str) -> None:
    """A whole life of the service, in which each of these is answered."""
    async with organisation.running():
        for word in words:
            await camille.says(word)
            await hears(camille)


async def nothing_leaves(organisation: Organisation, telegram: FakeTelegram, camille: Person) -> None:
    """What is said is heard, and gets no answer."""
    async with organisation.running() as service:
        event = await service.logged("nothing-leaves")
        assert event["level"] == "warning"
        said = await camille.says("bonjour")
        await telegram.all_confirmed()
    assert camille.chat[-1] == said


async def released(organisation: Organisation, camille: Person, *options: str) -> None:
    done = await organisation("hold", "release", "--yes", *options)
    assert (done.code, done.err) == (0, "")
    assert "Les messages partent de nouveau" in done.out
    async with organisation.running():
        assert "Bonjour" in await hears(camille)


async def test_after_a_restore_nothing_leaves_until_it_is_released(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    await talk(on_telegram, camille, "bonjour")
    copy = on_telegram.folder / "copie.db"
    async with on_telegram.running():
        made = await on_telegram("backup", str(copy))
        assert (made.code, made.out.splitlines()[0][:30]) == (0, "✓ Copie écrite et relue : " + str(copy)[:4])
        await camille.says("merci")
        await hears(camille)
        refused = await on_telegram("restore", str(copy), "--yes")
        assert (refused.code, "arrêtez « declic run »" in refused.err) == (1, True)
    restored = await on_telegram("restore", str(copy), "--yes")
    assert (restored.code, restored.err) == (0, "")
    [aside] = file_of(on_telegram).parent.glob(f"{file_of(on_telegram).name}.20*")
    assert f"L’ancienne est gardée : {aside}" in restored.out
    assert letters_in(aside) > letters_in(file_of(on_telegram)) > 0
    await nothing_leaves(on_telegram, telegram, camille)
    status, check, hold = [await on_telegram(word) for word in ("status", "check", "hold")]
    assert "🛑 Rien ne part depuis " in status.out
    assert (check.code, "✗ Rien ne part" in check.err + check.out) == (1, True)
    assert "une copie de la base a été reprise (declic restore)" in hold.out
    assert "En attente (telegram) : 1 réponses et alertes, depuis " in hold.out
    await released(on_telegram, camille)
    assert "✓ Rien ne retient les messages." in (await on_telegram("hold", "show")).out


def letters_in(file: Path) -> int:
    with sqlite3.connect(file) as database:
        return int(database.execute("SELECT count(*) FROM letter").fetchone()[0])


async def test_a_file_copied_back_by_hand_is_noticed(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    await talk(on_telegram, camille, "bonjour")
    copy = on_telegram.folder / "copie.db"
    shutil.copyfile(file_of(on_telegram), copy)
    await talk(on_telegram, camille, "merci")
    shutil.copyfile(copy, file_of(on_telegram))
    check = await on_telegram("check")
    assert "✗ La base est revenue en arrière, dit le témoin" in check.err + check.out
    await nothing_leaves(on_telegram, telegram, camille)
    assert "la base est revenue en arrière" in (await on_telegram("hold")).out
    await released(on_telegram, camille)
    await talk(on_telegram, camille, "merci")


async def test_on_postgresql_the_witness_notices(
    postgres: PostgresServer, postgres_url: str, tmp_path: Path, telegram: FakeTelegram, camille: Person
) -> None:
    address = postgres_url.replace("+asyncpg", "")
    settings = {"telegram_token": telegram.token, "telegram_api": telegram.base_url}
    organisation = Organisation(
        tmp_path,
        {
            **ORGANISATION,
            **settings,
            "database": address,
            "witness": str(tmp_path / "state" / "witness"),
        },
    )
    await organisation.write(lambda tx: seed(tx, datetime.now(UTC)))
    name = make_url(postgres_url).database
    assert name
    await talk(organisation, camille, "bonjour")
    await postgres.create(f"{name}_backup", name)
    await talk(organisation, camille, "merci")
    await postgres.drop(name)
    await postgres.create(name, f"{name}_backup")
    await nothing_leaves(organisation, telegram, camille)
    await released(organisation, camille)
    backup, restore = await organisation("backup", "copie"), await organisation("restore", "copie")
    assert (backup.code, restore.code) == (1, 1)
    assert f"pg_dump --format=custom --no-owner --file=copie --dbname='{address}'" in backup.err
    assert "pg_restore --clean --if-exists --no-owner --single-transaction" in restore.err
    assert "declic hold set" in restore.err
    await postgres.drop(f"{name}_backup")


async def test_killed_at_any_moment_it_starts_again_without_a_hold(
    on_telegram: Organisation, camille: Person
) -> None:
    for _ in range(3):
        async with on_telegram.running() as service:
            await camille.says("bonjour")
            await service.logged("started")
            await service.kill()
        assert "✓ Rien ne retient les messages." in (await on_telegram("hold")).out
    async with on_telegram.running() as service:
        await service.logged("started")
    assert not {"nothing-leaves", "database-went-back"} & {entry["event"] for entry in service.logs}


async def test_mail_that_was_answered_before_is_put_aside(
    organisation: Organisation, mail_server: MailServer
) -> None:
    by_mail = Organisation(organisation.folder, {**organisation.settings, **settings_for(mail_server)})
    early, late, new = (mail_server.person(name) for name in ("tot", "tard", "neuf"))

    async def asks(sender: str) -> None:
        await asyncio.to_thread(send, mail_server, written(mail_server, sender, "Une question", QUESTION))

    async with by_mail.running():
        await asks(early)
        await mail_server.arrived(early)
    copy = by_mail.folder / "copie.db"
    await by_mail("backup", str(copy))
    async with by_mail.running():
        await asks(late)
        await mail_server.arrived(late)
    assert (await by_mail("restore", str(copy), "--yes")).code == 0
    await asks(new)
    async with by_mail.running():
        await mail_server.connected(mail_server.address)
        while not await by_mail.write(
            lambda tx: tx.scalar(select(letter.c.id).where(letter.c.address == new))
        ):
            await asyncio.to_thread(time.sleep, 0.05)
    assert (
        "heard already, and most likely answered"
        in (await by_mail.having(language="en")("mail", "parked")).out
    )
    await by_mail("hold", "release", "--yes")
    async with by_mail.running():
        assert len(await mail_server.arrived(new)) == 1
    assert len(await mail_server.arrived(late)) == 1
    assert len(await mail_server.arrived(early)) == 1


async def test_what_is_no_copy_of_ours_is_refused_and_changes_nothing(organisation: Organisation) -> None:
    folder, before = organisation.folder, file_of(organisation).read_bytes()
    (folder / "texte.db").write_text("Bonjour, ceci n’est pas une base. " * 200)
    (folder / "coupe.db").write_bytes(before[: len(before) // 2])
    with sqlite3.connect(folder / "autre.db") as other:
        other.execute("CREATE TABLE autre (id INTEGER)")
    wanted = {
        "texte.db": "ce n’est pas une base de Déclic",
        "coupe.db": "ce fichier est endommagé",
        "autre.db": "ce n’est pas une base de Déclic",
        "absent.db": "il n’y a pas de fichier à cet endroit",
    }
    for name, why in wanted.items():
        done = await organisation("restore", name, "--yes")
        assert (done.code, done.err.splitlines()) == (
            1,
            [f"{name} ne convient pas : {why}. Rien n’a été changé."],
        )
    assert "Rien ne retient" in (await organisation("hold")).out


async def test_nobody_is_asked_where_nobody_can_answer(organisation: Organisation) -> None:
    await organisation("backup", "copie.db")
    assert (await organisation("backup", "copie.db")).err.startswith(
        "copie.db ne convient pas : ce fichier existe"
    )
    assert (organisation.folder / "copie.db").stat().st_mode & 0o077 == 0
    done = await organisation("restore", "copie.db")
    assert (done.code, "ajoutez --yes" in done.err) == (1, True)
    await organisation("hold", "set")
    done = await organisation("hold", "release")
    assert (done.code, "ajoutez --yes" in done.err) == (1, True)
    assert "demandé par « declic hold set »" in (await organisation("hold", "show")).out


async def test_a_newer_database_is_not_put_in_place(organisation: Organisation) -> None:
    await organisation("backup", "copie.db")
    with sqlite3.connect(organisation.folder / "copie.db") as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    done = await organisation("restore", "copie.db", "--yes")
    assert done.code == 1
    assert (await organisation("hold")).code == 0
    assert not list(file_of(organisation).parent.glob(f"{file_of(organisation).name}*restoring*"))


@pytest.mark.parametrize(
    ("options", "left"), [((), ["waiting", "waiting"]), (("--skip-older", "1"), ["skipped", "waiting"])]
)
async def test_what_is_old_can_be_skipped(
    organisation: Organisation, options: tuple[str, ...], left: list[str]
) -> None:
    now = datetime.now(UTC)

    def put(tx: Transaction) -> None:
        for due in (now - timedelta(hours=2), now):
            outbox.put(tx, [NewLetter("mail", "a@ecole.test", Page("bonjour"), due=due)], now)

    await organisation.write(put)
    await organisation("hold", "set")
    done = await organisation("hold", "release", "--yes", *options)
    assert done.code == 0
    states = await organisation.write(
        lambda tx: tx.scalars(select(letter.c.state).order_by(letter.c.id)).all()
    )
    assert states == left


async def test_a_campaign_that_had_not_written_its_letters_is_skipped_with_those_that_had(
    organisation: Organisation,
) -> None:
    """A copy of before does not know that it went out: after the release, it would go out again."""
    now = datetime.now(UTC)

    def put(tx: Transaction) -> None:
        aim = Aim(Audience.STAFF, "2026-1")
        campaigns.begin(tx, NewCampaign("hand:x", "hand", aim, now.date(), now + timedelta(days=1)), now)

    await organisation.write(put)
    await organisation("hold", "set")
    done = await organisation("hold", "release", "--yes", "--skip-older", "1")
    assert done.code == 0
    of_it = select(letter.c.state).where(letter.c.key.startswith("reminder:1:"))
    assert set(await organisation.write(lambda tx: tx.scalars(of_it).all())) == {"skipped"}
