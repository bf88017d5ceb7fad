"""`declic check` of mail servers: what keeps us out is told apart, with what to mend and no password."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import quote

import pytest

from bot.channels.mail.probe import Trouble, probe_mailbox, probe_smtp
from bot.cli.told import operators_wording
from bot.mailing import Mailing
from bot.mailing import MailServer as Server
from tests.bot.cli.by_mail import account, settings_for
from tests.bot.cli.conftest import Organisation
from tests.fakes.mail import HOST, PASSWORD, MailServer, running_black_hole, running_tokens
from tests.fakes.mail.tokens import CLIENT

NO_TAGS = (
    "Courriel sans étiquettes (DECLIC_MAIL_TAGS) : une réponse dont le logiciel perd le fil commence une "
    "nouvelle conversation"
)
NO_TRUST = (
    "Courriel : aucun Authentication-Results ne fait foi (DECLIC_MAIL_TRUSTED); qui écrit un premier courriel "
    "n’est pas reconnu avant d’avoir répondu à un message"
)
WRONG = "wrong password"
NOBODY_LISTENS = 9
SHORT = 0.5
PATIENCE = 9.0
"""Seconds: what a server gets here, and how long it takes at most on a busy machine."""


async def test_good_servers_are_named(organisation: Organisation, mail_server: MailServer) -> None:
    by_mail = organisation.having(**settings_for(mail_server))
    tagged = by_mail.having(mail_tags="true", mail_trusted="mx.ecole.test", language="en")
    done, english = await asyncio.gather(by_mail("check"), tagged("check"))
    assert (done.code, done.err, english.code, english.err) == (0, "", 0, "")
    imap, smtp = mail_server.dovecot.imaps_port, mail_server.smtp.port
    assert done.out.splitlines()[-6:-2] == [
        f"✓ Boîte {mail_server.address}@localhost:{imap}/INBOX",
        f"✓ Envoi par {mail_server.address}@localhost:{smtp}",
        f"✓ {NO_TAGS}",
        f"✓ {NO_TRUST}",
    ]
    assert english.out.splitlines()[-4:-2] == [
        "✓ E-mail: replies carry a tag (name+tag@domain)",
        "✓ E-mail: Authentication-Results of mx.ecole.test is believed",
    ]
    assert mail_server.smtp.envelopes == []


async def test_what_keeps_us_out_is_told_apart(organisation: Organisation, mail_server: MailServer) -> None:
    good = settings_for(mail_server)
    unreachable = f"imaps://{account(mail_server.address, PASSWORD, HOST)}:{NOBODY_LISTENS}"
    cases = {
        "le certificat du serveur n’est pas reconnu": {**good, "mail_authorities": ""},
        "le serveur refuse le compte ou le mot de passe": settings_for(mail_server, password=WRONG),
        "le dossier ne s’ouvre pas": settings_for(mail_server, folder="À trier"),
        "le serveur ne répond pas comme prévu": {
            **good,
            "mailboxes": unreachable,
            "smtp": unreachable.replace("imaps", "smtps"),
        },
    }
    checks = [organisation.having(**settings)("check") for settings in cases.values()]
    for told, done in zip(cases, await asyncio.gather(*checks), strict=True):
        *_, mailbox, smtp, _tags, _trusted, _calendar, _last = done.err.splitlines()
        assert done.code == 1, told
        assert mailbox.startswith("✗ Boîte ")
        assert told in mailbox
        assert (told in smtp) is ("dossier" not in told)
        assert not any(secret in done.err for secret in (WRONG, PASSWORD))


async def test_a_refused_application_is_told_without_its_secret(
    organisation: Organisation, mail_server: MailServer
) -> None:
    user = quote(mail_server.address)
    async with running_tokens(mail_server.dovecot.tokens_port, mail_server.address) as tokens:
        by_token = {
            "mailboxes": f"imaps://{user}@{HOST}:{mail_server.dovecot.imaps_port}",
            "smtp": f"smtps://{user}@{HOST}:{mail_server.smtp.port}",
            "mail_token_url": tokens.url,
            "mail_client_id": CLIENT,
            "mail_client_secret": WRONG,
        }
        done = await organisation.having(**{**settings_for(mail_server), **by_token})("check")
    *_, mailbox, smtp, _tags, _trusted, _calendar, _last = done.err.splitlines()
    for told in (mailbox, smtp):
        assert "le serveur de jetons refuse l’application" in told
        assert told.endswith("(token refused: invalid_client AADSTS7000215)")
    assert (done.code, WRONG in done.err) == (1, False)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_trouble_has_its_words(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("DECLIC_LANGUAGE", language)
    wording = operators_wording()
    assert [trouble for trouble in Trouble if not wording.line("cli/mail/check", trouble.value)] == []


async def test_servers_that_never_answer_are_given_up(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imaps_port) as hole:
        hole.swallow()
        server = Server("localhost", hole.port, user=mail_server.address, password=PASSWORD)
        mailing = Mailing(
            mail_server.address, (server,), server, authorities=mail_server.dovecot.certificate.file
        )
        began = time.monotonic()
        probed = await asyncio.gather(probe_mailbox(mailing, server, SHORT), probe_smtp(mailing, SHORT))
    assert {one.trouble for one in probed} == {Trouble.UNREACHABLE}
    assert all(one.reason for one in probed)
    assert time.monotonic() - began < PATIENCE
