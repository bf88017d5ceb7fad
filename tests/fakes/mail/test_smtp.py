"""The SMTP server in front of Dovecot: from one person's program to another's mailbox, and what may go wrong."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from tests.fakes.mail import HOST, PASSWORD, MailServer, SmtpServer, running_smtp
from tests.fakes.mail.smtp import Security, Step

PATIENCE = 60.0
SENDER = "declic@exemple.test"
LETTER = b"From: declic@exemple.test\r\nSubject: Bonjour\r\n\r\nVu \xc3\xa0 15 h.\r\n..\r\n"


@pytest.fixture
async def smtp(mail_server: MailServer) -> AsyncIterator[SmtpServer]:
    """A server that wants no login, without TLS."""
    async with running_smtp(mail_server.dovecot, security="none") as smtp:
        yield smtp


@contextmanager
def connected(smtp: SmtpServer, login: str | None = None, password: str = PASSWORD) -> Iterator[smtplib.SMTP]:
    """A client that does what the server's settings ask."""
    trusted = smtp.dovecot.certificate.for_client()
    client = (
        smtplib.SMTP_SSL(HOST, smtp.port, timeout=PATIENCE, context=trusted)
        if smtp.security == "tls"
        else smtplib.SMTP(HOST, smtp.port, timeout=PATIENCE)
    )
    try:
        if smtp.security == "starttls":
            client.starttls(context=trusted)
        if login:
            client.login(login, password)
        yield client
    finally:
        client.close()


async def send(smtp: SmtpServer, *to: str, login: str | None = None, sender: str = SENDER) -> None:
    """One letter, over a connection of its own; in a thread, the server being in this one."""

    def work() -> None:
        with connected(smtp, login) as client:
            client.sendmail(sender, to, LETTER)

    await asyncio.to_thread(work)


async def test_a_letter_goes_to_a_person_and_the_reply_comes_back(mail_server: MailServer) -> None:
    camille, own = mail_server.person(), mail_server.address
    await send(mail_server.smtp, camille, sender=own, login=own)
    await send(mail_server.smtp, own, sender=camille, login=own)
    for user in (camille, own):
        [letter] = await mail_server.arrived(user)
        assert letter.endswith(LETTER)
    first, second = await mail_server.smtp.taken(2)
    assert (first.mail_from, first.rcpt_tos, first.login) == (own, (camille,), own)
    assert (second.mail_from, second.content) == (camille, LETTER)
    assert mail_server.smtp.connections == 2


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
async def test_each_kind_of_line(mail_server: MailServer, security: Security) -> None:
    camille = mail_server.person()
    async with running_smtp(mail_server.dovecot, security=security, accounts={SENDER: PASSWORD}) as smtp:
        await send(smtp, camille, login=SENDER)
    assert len(await mail_server.arrived(camille)) == 1


async def test_a_login_is_wanted_and_checked(mail_server: MailServer) -> None:
    def refused() -> None:
        with connected(mail_server.smtp, mail_server.address, "other"):
            pass

    with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
        await send(mail_server.smtp, mail_server.person())
    with pytest.raises(smtplib.SMTPAuthenticationError, match="535"):
        await asyncio.to_thread(refused)
    mail_server.smtp.answer_next_login("454 4.7.0 Later", times=2)
    with pytest.raises(smtplib.SMTPAuthenticationError, match="454"):
        await send(mail_server.smtp, mail_server.person(), login=mail_server.address)


async def test_plain_lines_are_refused_where_tls_is_wanted(mail_server: MailServer) -> None:
    async with running_smtp(mail_server.dovecot, security="starttls") as careful:

        def send_unprotected() -> None:
            with smtplib.SMTP(HOST, careful.port, timeout=PATIENCE) as client:
                client.sendmail(SENDER, mail_server.person(), LETTER)

        with pytest.raises(smtplib.SMTPSenderRefused, match="STARTTLS"):
            await asyncio.to_thread(send_unprotected)


async def test_who_is_unknown_is_refused_and_the_others_get_theirs(
    mail_server: MailServer, smtp: SmtpServer
) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused, match=r"550.*5\.1\.1"):
        await send(smtp, "nobody.at.all@ecole.test")
    people = mail_server.person("camille"), mail_server.person("alex")
    await send(smtp, "nobody.at.all@ecole.test", *people)
    for person in people:
        assert len(await mail_server.arrived(person)) == 1


async def test_a_bounce_has_no_sender(mail_server: MailServer, smtp: SmtpServer) -> None:
    await send(smtp, mail_server.person(), sender="")
    [envelope] = await smtp.taken(1)
    [letter] = await mail_server.arrived(mail_server.person())
    assert envelope.mail_from == ""
    assert letter.startswith(b"Return-Path: <>")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("code", ["451 4.7.1", "554 5.7.1", "421 4.3.2"])
async def test_an_answer_is_given_once(
    mail_server: MailServer, smtp: SmtpServer, step: Step, code: str
) -> None:
    smtp.answer_next(f"{code} As planned", at=step)
    with pytest.raises(smtplib.SMTPException, match=r"As planned"):
        await send(smtp, mail_server.person())
    await send(smtp, mail_server.person())
    assert len(await mail_server.arrived(mail_server.person())) == 1


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_line_that_breaks_leaves_the_sender_in_doubt(
    mail_server: MailServer, smtp: SmtpServer, delivered: bool
) -> None:
    smtp.drop_next(delivered=delivered)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await send(smtp, mail_server.person())
    await send(smtp, mail_server.person())
    assert len(await mail_server.arrived(mail_server.person())) == 1 + delivered


async def test_a_server_that_hangs_hangs_until_it_is_left(mail_server: MailServer, smtp: SmtpServer) -> None:
    smtp.hang_next(delivered=True)
    sending = asyncio.create_task(send(smtp, mail_server.person()))
    await smtp.taken(1)
    assert not sending.done()
    smtp.cut()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        await sending


async def test_mailboxes_out_of_reach_are_a_passing_trouble(
    mail_server: MailServer, smtp: SmtpServer
) -> None:
    with mail_server.dovecot.stopped(), pytest.raises(smtplib.SMTPRecipientsRefused, match="451"):
        await send(smtp, mail_server.person())


async def test_too_much_is_refused(mail_server: MailServer) -> None:
    async with running_smtp(mail_server.dovecot, security="none", size_limit=50) as smtp:
        with pytest.raises(smtplib.SMTPSenderRefused, match="552"):
            await send(smtp, mail_server.person())
