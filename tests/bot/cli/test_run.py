"""`declic run` on a Telegram of the tests' own: whole declarations, on one channel and across two."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from storage.tables import channel_off
from tests.bot.cli.conftest import ORGANISATION, Organisation, assert_private, hears
from tests.bot.cli.declic import Declic
from tests.fakes.telegram import FakeTelegram, Person

WORK = """\
Titre : Le grand hibou distrait
Auteur : Odile Exemple
Éditeur : Éditions du Pupitre
Année : 2019
Total : 240
Pages : 12-45
Support : papier
Élèves : 28
Date : hier"""
RECAP = ("Brouillon, pas encore envoyé", "Le grand hibou distrait", "12-45", "34 sur 240 pages")
RECEIPT = ("Déclaration envoyée, n° 1", "Le grand hibou distrait")


async def test_a_declaration_by_buttons_to_the_receipt(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    async with on_telegram.having(log_level="debug").running() as service:
        await service.logged("started", channels=["telegram"])
        await camille.says("/declarer")
        assert "Qu’avez-vous copié?" in await hears(camille)
        await camille.presses("Un livre")
        assert "Quel est l’ISBN?" in await hears(camille)
        await camille.sees("➜ Un livre")
        await camille.presses("Passer")
        assert "Quel est le titre" in await hears(camille)
        await camille.says(WORK)
        assert "Pour quel niveau" in await hears(camille)
        await camille.presses("Passer")
        recap = await hears(camille)
        assert all(words in recap for words in RECAP)
        await camille.presses("Envoyer")
        receipt = await hears(camille)
        assert all(words in receipt for words in RECEIPT)
        await telegram.all_confirmed()
        assert telegram.unanswered == []
    await service.logged("stopped")
    assert {entry["level"] for entry in service.logs} <= {"debug", "info"}
    assert_private(service, telegram, camille)


async def test_begun_on_telegram_and_sent_at_the_terminal(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    async with on_telegram.running() as service:
        await camille.says("déclarer")
        await hears(camille)
        await camille.presses("Un livre")
        assert "Quel est l’ISBN?" in await hears(camille)
        screen = await on_telegram.chat("reprendre", "passer", WORK, "passer", "1", who="Camille Essai")
        assert all(words in screen for words in (*RECAP, *RECEIPT))
        await camille.says("mes déclarations")
        assert "Le grand hibou distrait" in await hears(camille)
    assert_private(service, telegram, camille)


async def test_begun_at_the_terminal_and_sent_on_telegram(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    screen = await on_telegram.chat("déclarer", "1", "passer", WORK, who="Camille Essai")
    assert "Pour quel niveau" in screen
    async with on_telegram.running() as service:
        await camille.says("reprendre")
        assert "Pour quel niveau" in await hears(camille)
        await camille.presses("Passer")
        recap = await hears(camille)
        assert all(words in recap for words in RECAP)
        await camille.presses("Envoyer")
        receipt = await hears(camille)
        assert all(words in receipt for words in RECEIPT)
    assert_private(service, telegram, camille)


async def test_two_at_once_are_told_to_the_operator(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    async with on_telegram.running() as first:
        await telegram.called("getUpdates")
        async with on_telegram.running() as second:
            conflict = await first.logged("telegram-waits", error="Conflict")
            assert "another process receives with this token" in conflict["meaning"]
            await camille.says("bonjour")
            assert "Bonjour Camille Essai!" in await hears(camille)
    for service in (first, second):
        assert_private(service, telegram, camille)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "✗ DECLIC_ORGANISATION : manque. Le nom de l’équipe qui exploite l’assistant"),
        (ORGANISATION, "Aucun canal n’est réglé : donnez DECLIC_TELEGRAM_TOKEN."),
        (
            {**ORGANISATION, "telegram_token": "1:x", "database": "sqlite:////nowhere/x.db"},
            "La base de données ne répond pas (DECLIC_DATABASE) : le fichier ne s’ouvre pas",
        ),
    ],
)
async def test_where_there_is_nothing_to_run_it_says_so(
    declic: Declic, settings: dict[str, str], told: str
) -> None:
    done = await declic.having(**settings)("run")
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert "Traceback" not in done.err


async def test_a_fault_of_ours_ends_it_with_an_event(on_telegram: Organisation) -> None:
    await on_telegram.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '0000'")))
    async with on_telegram.running() as service:
        fault = await service.logged("stopped-by-fault", level="critical")
        assert await service.ended() == 1
    assert fault["exception"]
    assert service.logs == [fault]


async def test_a_channel_that_is_in_no_settings_reaches_nobody(on_telegram: Organisation) -> None:
    async with on_telegram.running() as service:
        await service.logged("started", channels=["telegram"])
        names = await on_telegram.write(lambda tx: tx.scalars(select(channel_off.c.name)).all())
    assert names == ["mail"]
