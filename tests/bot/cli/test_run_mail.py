"""`declic run` with e-mail alone, and with Telegram beside it."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.bot.cli.by_mail import read, send, settings_for, text_of, written
from tests.bot.cli.conftest import Organisation, hears
from tests.bot.cli.declic import Service
from tests.fakes.mail import PASSWORD, MailServer
from tests.fakes.telegram import Person

SOON = 14.0
"""Seconds; a second where nobody else needs the machine."""
QUESTION = "Bonjour,\n\nJusqu'à quand puis-je déclarer mes copies?\n\nMerci,\nCamille\n"


@pytest.fixture
def by_mail(organisation: Organisation, mail_server: MailServer) -> Organisation:
    """Configured for e-mail."""
    return Organisation(organisation.folder, {**organisation.settings, **settings_for(mail_server)})


def assert_discreet(service: Service, mail: MailServer) -> None:
    """Every log is an event, and nobody's address, words or password is in them."""
    assert [entry for entry in service.logs if {"event", "level", "timestamp"} - set(entry)] == []
    logs = str(service.logs)
    assert [word for word in (PASSWORD, "craie", mail.person(), "déclarer mes") if word in logs] == []


async def test_a_question_by_mail_is_answered_in_its_thread(
    by_mail: Organisation, mail_server: MailServer
) -> None:
    camille = mail_server.person()
    question = written(mail_server, camille, "Une question", QUESTION)
    async with by_mail.having(log_level="debug").running() as service:
        await service.logged("started", channels=["mail"])
        await mail_server.connected(mail_server.address)
        began = time.monotonic()
        await asyncio.to_thread(send, mail_server, question)
        [raw] = await mail_server.arrived(camille)
        took = time.monotonic() - began
    await service.logged("stopped")
    answer = read(raw)
    assert "30 novembre" in text_of(answer)
    assert answer["In-Reply-To"] == question["Message-ID"]
    assert answer["Subject"].startswith("Re: Une question")
    assert answer["Auto-Submitted"]
    assert took < SOON
    assert {entry["level"] for entry in service.logs} <= {"debug", "info"}
    assert_discreet(service, mail_server)


async def test_what_arrived_while_it_was_stopped_is_answered_at_the_next_start_and_once(
    by_mail: Organisation, mail_server: MailServer
) -> None:
    camille = mail_server.person()
    await asyncio.to_thread(send, mail_server, written(mail_server, camille, "Une question", QUESTION))
    for _ in range(2):
        async with by_mail.running() as service:
            [answer] = await mail_server.arrived(camille)
            await mail_server.connected(mail_server.address)
        assert "30 novembre" in text_of(read(answer))
        assert_discreet(service, mail_server)


async def test_both_channels_run_in_one_process(
    on_telegram: Organisation, mail_server: MailServer, camille: Person
) -> None:
    both = Organisation(on_telegram.folder, {**on_telegram.settings, **settings_for(mail_server)})
    writer = mail_server.person("lou")
    async with both.running() as service:
        await service.logged("started", channels=["telegram", "mail"])
        await camille.says("bonjour")
        assert "Bonjour Camille Essai!" in await hears(camille)
        await asyncio.to_thread(send, mail_server, written(mail_server, writer, "Une question", QUESTION))
        assert len(await mail_server.arrived(writer)) == 1
    assert_discreet(service, mail_server)


async def test_a_mailbox_out_of_reach_keeps_no_other_channel_from_running(
    on_telegram: Organisation, mail_server: MailServer, camille: Person
) -> None:
    wrong = settings_for(mail_server, password="not this one")
    both = Organisation(on_telegram.folder, {**on_telegram.settings, **wrong})
    async with both.running() as service:
        await service.logged("mailbox-waits")
        await camille.says("bonjour")
        assert "Bonjour Camille Essai!" in await hears(camille)
        status = await both("status")
    assert "✗ En panne depuis " in status.out
    assert f"{mail_server.address}@localhost" in status.out
    assert "not this one" not in f"{service.logs} {status.out}"
