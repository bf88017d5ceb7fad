"""The whole of linking on real servers: a stranger on Telegram, a code or a link that arrives by mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from storage import people
from storage.database import Transaction
from tests.bot.cli.by_mail import read, settings_for, text_of
from tests.bot.cli.conftest import Organisation, hears
from tests.fakes.mail import MailServer
from tests.fakes.telegram import FakeTelegram

CODE = re.compile(r"Votre code : (\d{3} \d{3})")
TOKEN = re.compile(r"start=([A-Za-z]{32})")


@pytest.fixture
async def both(on_telegram: Organisation, mail_server: MailServer) -> Organisation:
    """On Telegram and e-mail; Lou is reached at a real mailbox and nowhere else."""
    address = mail_server.person("lou")

    def at_a_mailbox(tx: Transaction) -> None:
        [lou] = people.find(tx, "Lou Ailleurs")
        people.link(tx, lou.id, "mail", address, datetime.now(UTC))

    await on_telegram.write(at_a_mailbox)
    await on_telegram("unlink", "Lou Ailleurs", "telegram", "103")
    return Organisation(on_telegram.folder, {**on_telegram.settings, **settings_for(mail_server)})


async def test_a_stranger_on_telegram_is_linked_by_the_code_that_arrives_by_mail(
    both: Organisation, mail_server: MailServer, telegram: FakeTelegram
) -> None:
    stranger = telegram.person(301, "Lou")
    mailbox = mail_server.person("lou")
    async with both.having(log_level="debug").running() as service:
        await stranger.says("lier mon compte")
        assert "adresse courriel de travail" in await hears(stranger)
        await stranger.says(mailbox)
        assert "un code de six chiffres" in await hears(stranger)
        [raw] = await mail_server.arrived(mailbox)
        letter = read(raw)
        found = CODE.search(text_of(letter))
        assert found
        assert letter["Subject"] == "Votre code"
        await stranger.says(f"mon code est le {found[1]}")
        assert "Lou Ailleurs" in await hears(stranger)
        await stranger.says("mes adresses")
        assert "(ici)" in await hears(stranger)
    logs = str(service.logs)
    assert [secret for secret in (found[1], found[1].replace(" ", ""), mailbox) if secret in logs] == []


async def test_an_invitation_arrives_and_its_link_ties_the_account(
    both: Organisation, mail_server: MailServer, telegram: FakeTelegram
) -> None:
    newcomer = telegram.person(302, "Lou")
    mailbox = mail_server.person("lou")
    async with both.running() as service:
        sent = await both("invite", "Lou Ailleurs", "--yes")
        assert "Une invitation attend de partir." in sent.out
        [raw] = await mail_server.arrived(mailbox)
        found = TOKEN.search(text_of(read(raw)))
        assert found
        await newcomer.says(f"/start {found[1]}")
        assert "Lou Ailleurs" in await hears(newcomer)
    assert found[1] not in str(service.logs)
