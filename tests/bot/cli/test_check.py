"""`declic check`: everything at fault at once, with what it is for and nothing secret."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from bot.cli.told import FAULTY, operators_wording
from bot.settings import Settings
from storage.schema import newest_revision
from tests.bot.cli.conftest import ORGANISATION, Organisation
from tests.bot.cli.declic import Declic
from tests.fakes.postgres import PostgresServer
from tests.fakes.telegram import FakeTelegram

TOKEN = "1234567890:AAnotThisOnePleaseItIsSecret_xyz"
WRONG = {
    "contact": "x",
    "destination": "nowhere",
    "platform_url": "here",
    "database": "mysql://declic:hushhush@h/d",
    "zone": "Mars/Olympus",
    "grace_days": "93",
    "guides_file": "guides.toml",
    "log_level": "loud",
    "language": "es",
    "telegram_api": "there",
    "telegram_token": TOKEN,
}


MISSING = {
    "fr": [
        "✗ DECLIC_ORGANISATION : manque. Le nom de l’équipe qui exploite l’assistant",
        "✗ DECLIC_CONTACT : manque. Comment joindre cette équipe",
        "✗ DECLIC_DESTINATION : manque. Ce que veut dire envoyer une déclaration",
        "✗ DECLIC_TELEGRAM_TOKEN : manque, et DECLIC_MAIL_ADDRESS aussi : il faut l’un ou l’autre. Le jeton",
    ],
    "en": [
        "✗ DECLIC_ORGANISATION: missing. The name of the team that runs the assistant",
        "✗ DECLIC_CONTACT: missing. How to reach that team",
        "✗ DECLIC_DESTINATION: missing. What sending a declaration means",
        "✗ DECLIC_TELEGRAM_TOKEN: missing, and so is DECLIC_MAIL_ADDRESS: one of them is needed. The token",
    ],
}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "⚠ Aucun calendrier scolaire (DECLIC_SCHOOL_CALENDAR) : des rappels partiront aussi"),
        ("[2024-06-22, 2024-08-24]", "⚠ Le calendrier scolaire s’arrête au 24 août 2024"),
        ("2099-01-05", "✓ Calendrier scolaire jusqu’au 5 janvier 2099"),
    ],
)
async def test_it_warns_where_no_school_calendar_tells_when_schools_are_closed(
    organisation: Organisation, days: str | None, said: str
) -> None:
    (organisation.folder / "jours.toml").write_text(f'"Fermé" = {days}\n')
    more = {"school_calendar": "jours.toml"} if days else {}
    done = await organisation.having(**more)("check")
    assert said in (done.out + done.err).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", MISSING)
async def test_all_that_is_missing_is_named_at_once(declic: Declic, language: str) -> None:
    (declic.folder / ".env").write_text(f"DECLIC_LANGUAGE={language}\n")
    done = await declic("check")
    assert (done.code, done.out) == (1, "")
    for line, begins in zip(done.err.splitlines()[1:], MISSING[language], strict=True):
        assert line.startswith(begins)


async def test_all_that_is_wrong_is_named_at_once(declic: Declic) -> None:
    (declic.folder / "guides.toml").write_text("no address")
    done = await declic.having(**WRONG)("check")
    assert (done.code, done.out) == (1, "")
    for name, value in WRONG.items():
        line = next((line for line in done.err.splitlines() if f"DECLIC_{name.upper()}" in line), "")
        assert (value in line) == (name not in ("database", "telegram_token")), line
    assert not any(secret in done.err for secret in (TOKEN, "hushhush"))


async def test_each_fault_says_why_and_what_the_setting_is_for(declic: Declic) -> None:
    wrong = dict.fromkeys(Settings.model_fields, "x") | {"lookup_seconds": "60", "grace_days": "92"}
    done = await declic.having(**{**wrong, "language": "en", "destination": "collector"})("check")
    lines = {line.split()[1].rstrip(":"): line for line in done.err.splitlines() if line.startswith("✗")}
    assert len(lines) > len(WRONG) * 2
    assert [line for line in lines.values() if "None" in line or "Input" in line] == []
    assert lines["DECLIC_LOOKUP_SECONDS"].startswith(
        "✗ DECLIC_LOOKUP_SECONDS: this number is too large; from 1 to 20 (given: 60). How many seconds"
    )
    assert "from 0 to 91" in lines["DECLIC_GRACE_DAYS"]


def test_every_setting_says_what_it_is_for() -> None:
    wording = operators_wording()
    names = {"keep" if name.startswith("keep_") else name for name in Settings.model_fields}
    assert [name for name in names if not wording.line(FAULTY, name)] == []


async def test_a_file_of_settings_in_another_encoding_is_told(declic: Declic) -> None:
    (declic.folder / ".env").write_bytes("DECLIC_ORGANISATION=Équipe\n".encode("cp1252"))
    for command in ("check", "chat", "status"):
        done = await declic(command)
        assert (done.code, done.err.splitlines()[1:]) == (
            1,
            ["✗ .env : le fichier n’est pas en UTF-8; enregistrez-le en UTF-8"],
        )


async def test_what_is_no_setting_is_named_with_the_nearest(on_telegram: Organisation) -> None:
    done = await on_telegram.having(share_by="school", telegram_off="secretary, pilote")("check")
    assert done.code == 1
    assert "✗ Aucun réglage ne s’appelle DECLIC_SHARE_BY. Peut-être DECLIC_SHARES_BY?" in done.err
    assert "✗ « pilote » n’est ni un rôle ni un centre de services" in done.err
    assert "secretary" not in done.err


async def test_half_of_mail_does_not_ask_for_telegram(declic: Declic) -> None:
    done = await declic.having(**ORGANISATION, smtp="smtps://smtp.ecole.test")("check")
    assert "DECLIC_MAILBOXES : manque" in done.err
    assert "TELEGRAM" not in done.err


async def test_all_is_well(on_telegram: Organisation) -> None:
    (on_telegram.folder / "guides.toml").write_text(
        '"Changer d’école dans Mozaïk" = "https://exemple.invalid/"'
    )
    french, english = await asyncio.gather(
        on_telegram.having(guides_file="guides.toml")("check"), on_telegram.having(language="en")("check")
    )
    assert (french.code, french.err, english.code, english.err) == (0, "", 0, "")
    assert french.out.splitlines()[2:] == [
        "✓ Base de données à jour",
        "✓ Données sensibles non scellées; « declic keys new » écrit une clé pour DECLIC_KEYS",
        "✓ Responsables du soutien : 2 sur 2 peuvent recevoir les alertes",
        "✓ Telegram : @declic_bot",
        (
            "⚠ Aucun calendrier scolaire (DECLIC_SCHOOL_CALENDAR) : des rappels partiront aussi quand les écoles sont"
            " fermées, comme à la relâche et à la fin de juin"
        ),
        "Exploité par Équipe fictive (aide@exemple.invalid); envoyer une déclaration : collector.",
    ]
    assert english.out.splitlines()[2:6] == [
        "✓ Database up to date",
        "✓ Sensitive data are not sealed; “declic keys new” writes a key for DECLIC_KEYS",
        "✓ Support team: 2 of 2 can get alerts",
        "✓ Telegram: @declic_bot",
    ]


async def test_an_empty_folder_is_no_fault(declic: Declic, telegram: FakeTelegram) -> None:
    settings = {**ORGANISATION, "telegram_token": telegram.token, "telegram_api": telegram.base_url}
    done = await declic.having(**settings)("check")
    assert done.code == 0
    assert "✓ Base de données vide; la prochaine commande créera les tables" in done.out


NO_DATABASE = "✗ La base de données ne répond pas (DECLIC_DATABASE) :"


OUT_OF_REACH = (
    (
        {"database": "sqlite:////nowhere/at/all.db", "telegram_token": TOKEN},
        f"{NO_DATABASE} le fichier ne s’ouvre pas; vérifiez son chemin",
        "✗ Telegram ne connaît pas ce jeton (DECLIC_TELEGRAM_TOKEN) : reprenez celui",
    ),
    (
        {"database": "sqlite:///not-a-database", "telegram_api": "http://127.0.0.1:9/bot"},
        f"{NO_DATABASE} ce fichier n’est pas une base SQLite",
        "✗ Telegram ne répond pas (DECLIC_TELEGRAM_API) : NetworkError",
    ),
    (
        {"database": "postgresql://declic:hushhush@127.0.0.1:9/declic", "telegram_token": ""},
        f"{NO_DATABASE} aucune base de données n’écoute à cette adresse",
        "✗ Telegram n’est pas réglé (DECLIC_TELEGRAM_TOKEN) ni le courriel (DECLIC_MAIL_ADDRESS) : aucun canal",
    ),
    (
        {"database": "postgresql://declic:hushhush@127.0.0.1:nine/declic"},
        f"{NO_DATABASE} cette adresse ne se lit pas",
        "✓ Telegram : @declic_bot",
    ),
)
"""Settings, and what is told of the database and of Telegram."""


async def test_what_is_out_of_reach_is_told_all_at_once(on_telegram: Organisation) -> None:
    (on_telegram.folder / "not-a-database").write_text(
        "This is a text, and longer than the head of a file. " * 3
    )
    checks = [on_telegram.having(**settings)("check") for settings, *_ in OUT_OF_REACH]
    for done, (_, database, channel) in zip(await asyncio.gather(*checks), OUT_OF_REACH, strict=True):
        assert (done.code, done.out) == (1, "")
        told = done.err.splitlines()
        assert told[0] == "✓ Base de connaissances : 36 entrées"
        assert told[2].startswith(database)
        assert told[3].startswith(channel)
        assert not any(secret in done.err for secret in (TOKEN, "hushhush"))


async def test_a_database_that_postgresql_does_not_have_is_named(
    declic: Declic, postgres: PostgresServer
) -> None:
    url = postgres.url("nothere").replace("+asyncpg", "")
    done = await declic.having(**ORGANISATION, database=url)("check")
    assert done.code == 1
    assert "ne répond pas (DECLIC_DATABASE) : le serveur n’a pas de base de ce nom" in done.err


async def test_a_database_of_a_newer_release_is_left_alone(on_telegram: Organisation) -> None:
    await on_telegram.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    checked, ran = await asyncio.gather(on_telegram("check"), on_telegram.having(language="en")("run"))
    assert (checked.code, ran.code) == (1, 1)
    older = f"(9999; ici {newest_revision()})"
    assert f"✗ Une version plus récente de Déclic a mis à jour la base de données {older}" in checked.err
    assert ran.err.startswith("A newer version of Déclic has updated this database.")


async def test_without_anybody_to_alert_it_says_how(on_telegram: Organisation) -> None:
    await on_telegram.write(lambda tx: tx.execute(text("DELETE FROM address")))
    done = await on_telegram("check")
    assert done.code == 1
    assert "✗ Responsables du soutien : 0 sur 2 peuvent recevoir les alertes" in done.err
    assert "declic link" in done.err
