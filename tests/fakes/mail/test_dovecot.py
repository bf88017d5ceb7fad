"""The tests' Dovecot: what a mailbox's owner, and somebody who troubles it, can count on."""

from __future__ import annotations

import asyncio
import imaplib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fakes.mail import HOST, PASSWORD, MailServer
from tests.fakes.mail.dovecot import Dovecot
from tests.fakes.mail.programs import DovecotFailedError

PATIENCE = 60.0
LETTER = b"From: camille@ecole.test\r\nSubject: Bonjour\r\n\r\n.une ligne\r\n"


@contextmanager
def opened(dovecot: Dovecot, user: str, password: str = PASSWORD) -> Iterator[imaplib.IMAP4]:
    """An INBOX selected over verified TLS."""
    trusting = dovecot.certificate.for_client()
    imap = imaplib.IMAP4_SSL(HOST, dovecot.imaps_port, ssl_context=trusting, timeout=PATIENCE)
    try:
        imap.login(user, password)
        imap.select()
        yield imap
    finally:
        imap.shutdown()


def uids(imap: imaplib.IMAP4) -> bytes:
    """The UIDs of a selected mailbox, in one line."""
    found: bytes = imap.uid("SEARCH", "ALL")[1][0]
    return found


async def test_a_letter_arrives_as_it_was_written(mail_server: MailServer) -> None:
    await mail_server.write(LETTER)
    [letter] = await mail_server.arrived(mail_server.address)
    assert letter.endswith(LETTER)
    assert letter.startswith(f"Return-Path: <{mail_server.person()}>\r\n".encode())


async def test_an_address_with_a_tag_reaches_the_address_without(mail_server: MailServer) -> None:
    tagged = mail_server.address.replace("@", "+Xy_9-z@")
    await mail_server.write(LETTER, to=tagged)
    [letter] = await mail_server.arrived(mail_server.address)
    assert f"Delivered-To: {tagged}".encode() in letter


def test_a_server_that_cannot_keep_a_letter_is_asked_again_and_its_log_is_shown(
    mail_server: MailServer,
) -> None:
    dovecot = mail_server.dovecot
    user = dovecot.add_user("closed@exemple.test")
    (dovecot.folder / "mail" / user).write_text("no folder")
    with pytest.raises(DovecotFailedError, match=r"(?s)4\.2\.0.*Not a directory"):
        dovecot.deliver(user, LETTER)


async def test_nobody_is_answered_with_550(mail_server: MailServer) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        await mail_server.write(LETTER, to="nobody.at.all@exemple.test")
    [(code, words)] = refused.value.recipients.values()
    assert (code, words[:5]) == (550, b"5.1.1")


async def test_everybody_has_a_mailbox_of_their_own(mail_server: MailServer) -> None:
    await mail_server.write(LETTER, to=mail_server.person("alex"))
    assert len(await mail_server.arrived(mail_server.person("alex"))) == 1
    assert await mail_server.arrived(mail_server.person("camille"), 0) == []


def test_a_wrong_password_is_refused(dovecot: Dovecot) -> None:
    user = dovecot.add_user("refused@exemple.test")
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"), opened(dovecot, user, "other"):
        pass


@pytest.mark.parametrize(
    ("trusted", "host", "what"),
    [(False, HOST, "self.signed"), (True, "elsewhere.test", "Hostname mismatch")],
    ids=["unknown", "of another host"],
)
def test_a_wrong_certificate_is_noticed(dovecot: Dovecot, trusted: bool, host: str, what: str) -> None:
    trust = dovecot.certificate.for_client() if trusted else ssl.create_default_context()
    with (
        socket.create_connection((HOST, dovecot.imaps_port), PATIENCE) as line,
        pytest.raises(ssl.SSLCertVerificationError, match=what),
    ):
        trust.wrap_socket(line, server_hostname=host)


async def test_who_idles_is_told_without_asking(mail_server: MailServer) -> None:
    reader, writer = await asyncio.open_connection(HOST, mail_server.dovecot.imap_port)
    commands = (f'a LOGIN {mail_server.address} "{PASSWORD}"', "b SELECT INBOX", "c IDLE")
    writer.writelines(f"{command}\r\n".encode() for command in commands)
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(b"+ idling")
    await mail_server.write(LETTER)
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(b"* 1 EXISTS")
    writer.close()
    await writer.wait_closed()


async def test_a_connection_is_kicked(mail_server: MailServer) -> None:
    with opened(mail_server.dovecot, mail_server.address) as imap:
        await mail_server.connected(mail_server.address)
        mail_server.dovecot.kick(mail_server.address)
        await mail_server.connected(mail_server.address, 0)
        with pytest.raises(imaplib.IMAP4.abort):
            imap.noop()


async def test_after_a_restart_all_is_as_it_was(mail_server: MailServer) -> None:
    dovecot, user = mail_server.dovecot, mail_server.address
    await mail_server.write(LETTER)
    validity = dovecot.uidvalidity(user)
    with opened(dovecot, user) as imap, dovecot.stopped():
        with pytest.raises(imaplib.IMAP4.abort):
            imap.noop()
        with pytest.raises(ConnectionRefusedError):
            dovecot.mailbox(user)
    assert dovecot.uidvalidity(user) == validity
    assert len(dovecot.mailbox(user)) == 1


async def test_a_changed_uidvalidity_numbers_the_same_letters_anew(mail_server: MailServer) -> None:
    dovecot, user = mail_server.dovecot, mail_server.address
    dovecot.deliver_all(user, [b"Subject: %d\r\n\r\n\r\n" % number for number in range(3)])
    with opened(dovecot, user) as imap:
        imap.store("1", "+FLAGS", r"(\Deleted)")
        imap.expunge()
        assert uids(imap) == b"2 3"
    before = dovecot.uidvalidity(user), dovecot.mailbox(user)
    dovecot.change_uidvalidity(user)
    with opened(dovecot, user) as imap:
        assert uids(imap) == b"1 2"
    assert dovecot.uidvalidity(user) != before[0]
    assert dovecot.mailbox(user) == before[1]


def test_a_mailbox_is_filled_in_order_and_emptied(dovecot: Dovecot) -> None:
    user = dovecot.add_user("many@exemple.test")
    letters = [b"Subject: %d\r\n\r\n\r\n" % number for number in range(50)]
    dovecot.fill(user, letters)
    assert dovecot.mailbox(user) == letters
    dovecot.empty(user)
    assert dovecot.mailbox(user) == []


def test_folders_have_french_names(dovecot: Dovecot) -> None:
    user = dovecot.add_user("folders@exemple.test")
    dovecot.deliver(user, LETTER)
    with opened(dovecot, user) as imap:
        imap.create('"Trait&AOk-s &- lus"')
        imap.copy("1", '"Trait&AOk-s &- lus"')
    assert dovecot.mailbox(user, "Traités & lus") == dovecot.mailbox(user)
    assert dovecot.mailbox(user, "Autres") == []
