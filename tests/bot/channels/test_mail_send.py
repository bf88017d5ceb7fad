"""Letters handed to a real SMTP server: what arrives, and what the post is told when one does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.mail.read import Verdict, read_mail
from bot.channels.mail.write import MailSender
from bot.channels.mail.write.line import Deadlines
from bot.mailing import Security
from bot.messages import Thread
from bot.sending import AddressDead, LetterRefused, TryLater
from tests.bot.channels.conftest import PatientClock
from tests.fakes.mail import PASSWORD, running_smtp
from tests.fakes.mail import MailServer as Mail
from tests.fakes.mail.certificate import make_certificate
from tests.fakes.mail.dovecot import free_ports
from tests.fakes.mail.smtp import Security as Line
from tests.fakes.mail.smtp import Step as At
from tests.mailed import mailing_for, parsed, text_of, to_mail, trouble, wording

SHORT = Deadlines(queue=0.3, opening=30.0, probe=0.3, whole=3.0)
"""Of what a test waits for; what a busy machine has to do in time has ten times longer than it takes."""
"""For servers that say nothing."""


@dataclass
class Watched:
    """Whoever wants to know how the line holds."""

    told: list[str] = field(default_factory=list)
    breaks: bool = False

    async def failed(self, line: str, reason: str) -> None:
        self.told.append(reason)

    async def works(self, line: str) -> None:
        self.told.append("works")
        if self.breaks:
            raise OSError


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
async def sender(mail_server: Mail, watched: Watched) -> AsyncIterator[MailSender]:
    sender = MailSender(mailing_for(mail_server), wording(), PatientClock(), watched)
    yield sender
    await sender.close()


async def test_a_letter_arrives_and_is_known_by_its_message_id(mail_server: Mail, sender: MailSender) -> None:
    camille = mail_server.person()
    thread = Thread("Mes copies 📚", "<q@ecole.test>")
    remote_id = await sender.send(to_mail("Bonjour l’été", "Oui", to=camille, thread=thread))
    [raw] = await mail_server.arrived(camille)
    message = parsed(raw)
    assert (message["Message-ID"], message["Subject"]) == (remote_id, "Re: Mes copies 📚")
    assert text_of(message).startswith("Bonjour l’été\n\n1. Oui\n")
    [envelope] = mail_server.smtp.envelopes
    assert envelope.rcpt_tos == (camille,)
    assert envelope.mail_from.startswith(f"{mail_server.address.partition('@')[0]}+7.")
    assert read_mail(raw, {mail_server.address}).verdict is Verdict.OWN


async def test_a_bounce_or_a_reply_to_the_tag_reaches_our_mailbox(
    mail_server: Mail, sender: MailSender
) -> None:
    await sender.send(to_mail("Bonjour", to=mail_server.person()))
    [envelope] = mail_server.smtp.envelopes
    await mail_server.write(b"Subject: bounce\r\n\r\n.", to=envelope.mail_from)
    assert len(await mail_server.arrived(mail_server.address)) == 1


async def test_many_letters_go_over_one_line(mail_server: Mail, sender: MailSender, watched: Watched) -> None:
    camille = mail_server.person()
    await asyncio.gather(*(sender.send(to_mail("Bonjour", to=camille, id=at)) for at in range(1, 30)))
    assert len(await mail_server.smtp.taken(29)) == 29
    assert mail_server.smtp.connections == 1
    assert watched.told == ["works"]


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
async def test_each_kind_of_line(mail_server: Mail, security: Line) -> None:
    camille = mail_server.person()
    accounts = {mail_server.address: PASSWORD}
    async with running_smtp(mail_server.dovecot, security=security, accounts=accounts) as smtp:
        mailing = mailing_for(mail_server, port=smtp.port, security=Security(security))
        sender = MailSender(mailing, wording(), PatientClock())
        await sender.send(to_mail("Bonjour", to=camille))
        await sender.close()
        assert smtp.envelopes[0].login == mail_server.address


async def test_a_relay_that_wants_no_login(mail_server: Mail) -> None:
    async with running_smtp(mail_server.dovecot, security="none") as smtp:
        mailing = mailing_for(mail_server, port=smtp.port, security=Security.NONE, user="", password="")
        sender = MailSender(mailing, wording(), PatientClock())
        await sender.send(to_mail("Bonjour", to=mail_server.person()))
        await sender.close()
        assert len(smtp.envelopes) == 1


async def test_every_try_is_the_same_mail_to_whoever_gets_it_twice(
    mail_server: Mail, sender: MailSender
) -> None:
    camille = mail_server.person()
    mail_server.smtp.drop_next(at="DATA", delivered=True)
    error = await trouble(sender, camille)
    assert not isinstance(error, TryLater | LetterRefused | AddressDead)
    again = await sender.send(to_mail("Bonjour", to=camille, attempt=2))
    first, second = await mail_server.arrived(camille, 2)
    assert parsed(first)["Message-ID"] == parsed(second)["Message-ID"] == again


async def test_a_server_that_falls_silent_after_the_letter_may_have_taken_it(mail_server: Mail) -> None:
    sender = MailSender(mailing_for(mail_server), wording(), PatientClock(), deadlines=SHORT)
    camille = mail_server.person()
    mail_server.smtp.hang_next(at="DATA", delivered=True)
    assert isinstance(await trouble(sender, camille), TimeoutError)
    assert len(await mail_server.arrived(camille)) == 1
    await sender.close()


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
async def test_a_line_that_broke_before_the_letter_left_is_renewed_unseen(
    mail_server: Mail, sender: MailSender, watched: Watched, step: At
) -> None:
    camille = mail_server.person()
    await sender.send(to_mail("Bonjour", to=camille))
    mail_server.smtp.drop_next(at=step)
    await sender.send(to_mail("Rebonjour", to=camille, id=8))
    mail_server.smtp.answer_next("421 4.7.0 Too many messages on this line", at=step)
    await sender.send(to_mail("Encore", to=camille, id=9))
    mail_server.smtp.cut()
    await sender.send(to_mail("Toujours", to=camille, id=10))
    assert (len(mail_server.smtp.envelopes), mail_server.smtp.connections) == (4, 4)
    assert watched.told == ["works"]


async def test_a_line_that_stood_and_says_nothing_is_renewed(mail_server: Mail) -> None:
    sender = MailSender(
        mailing_for(mail_server),
        wording(),
        PatientClock(),
        deadlines=replace(SHORT, whole=60.0),
    )
    camille = mail_server.person()
    await sender.send(to_mail("Bonjour", to=camille))
    mail_server.smtp.hang_next(at="MAIL")
    await sender.send(to_mail("Rebonjour", to=camille, id=8))
    assert (len(mail_server.smtp.envelopes), mail_server.smtp.connections) == (2, 2)
    await sender.close()


async def test_a_letter_refused_leaves_the_line_as_good_as_new(mail_server: Mail, sender: MailSender) -> None:
    assert isinstance(await trouble(sender, "nobody@ecole.test"), AddressDead)
    mail_server.smtp.answer_next("554 5.7.1 Spam", at="DATA")
    assert isinstance(await trouble(sender, mail_server.person()), LetterRefused)
    await sender.send(to_mail("Bonjour", to=mail_server.person()))
    assert (len(mail_server.smtp.envelopes), mail_server.smtp.connections) == (1, 1)


async def test_an_address_that_cannot_be_written_never_reaches_the_server(
    mail_server: Mail, sender: MailSender
) -> None:
    assert isinstance(await trouble(sender, "é@ecole.test"), AddressDead)
    assert mail_server.smtp.connections == 0


async def test_a_server_that_is_down_costs_no_letter_and_is_told(mail_server: Mail, watched: Watched) -> None:
    [port] = free_ports(1)
    sender = MailSender(mailing_for(mail_server, port=port), wording(), PatientClock(), watched)
    error = await trouble(sender, mail_server.person())
    assert isinstance(error, TryLater)
    assert (error.whole_channel, error.after) == (True, timedelta(seconds=30))
    assert [reason.split(":")[0] for reason in watched.told] == ["SMTPConnectError"]


BAD_LINES = {
    "another name on the certificate": {"host": "127.0.0.2"},
    "no TLS there": {"security": Security.STARTTLS},
    "wrong password": {"password": "craie rouge"},
    "no such login": {"user": "other@exemple.test"},
    "no such host": {"host": "nowhere.invalid"},
}


@pytest.mark.parametrize("server", BAD_LINES.values(), ids=BAD_LINES)
async def test_a_line_that_cannot_be_trusted_or_opened_carries_nothing(
    mail_server: Mail, watched: Watched, server: dict[str, object]
) -> None:
    sender = MailSender(
        mailing_for(mail_server, **server),
        wording(),
        PatientClock(),
        watched,
        deadlines=replace(SHORT, opening=0.4),
    )
    for _ in range(2):
        error = await trouble(sender, mail_server.person())
        assert isinstance(error, TryLater)
        assert (error.whole_channel, error.after) == (True, timedelta(seconds=30))
    assert len(watched.told) == 2
    assert not any(PASSWORD in reason or "craie" in reason for reason in watched.told)
    assert mail_server.smtp.envelopes == []
    await sender.close()


async def test_a_server_without_starttls_is_told_no_password(mail_server: Mail, watched: Watched) -> None:
    async with running_smtp(mail_server.dovecot, security="none") as smtp:
        mailing = mailing_for(mail_server, port=smtp.port, security=Security.STARTTLS)
        sender = MailSender(mailing, wording(), PatientClock(), watched)
        assert isinstance(await trouble(sender, mail_server.person()), TryLater)
        assert "STARTTLS" in watched.told[0]
        assert smtp.envelopes == []


async def test_a_certificate_of_nobody_we_trust(mail_server: Mail, watched: Watched, tmp_path: Path) -> None:
    other = make_certificate(tmp_path)
    for authorities in (other.file, None):
        mailing = replace(mailing_for(mail_server), authorities=authorities)
        sender = MailSender(mailing, wording(), PatientClock(), watched)
        assert isinstance(await trouble(sender, mail_server.person()), TryLater)
    assert ["CERTIFICATE_VERIFY_FAILED" in reason for reason in watched.told] == [True, True]


async def test_once_the_server_lets_us_in_again_letters_leave(
    mail_server: Mail, sender: MailSender, watched: Watched
) -> None:
    mail_server.smtp.answer_next_login("454 4.7.0 Temporary authentication failure", times=2)
    assert isinstance(await trouble(sender, mail_server.person()), TryLater)
    await sender.send(to_mail("Bonjour", to=mail_server.person()))
    assert watched.told == ["sign-in 454", "works"]


async def test_who_watches_cannot_undo_what_was_sent(
    mail_server: Mail, sender: MailSender, watched: Watched
) -> None:
    watched.breaks = True
    await sender.send(to_mail("Bonjour", to=mail_server.person()))
    assert len(mail_server.smtp.envelopes) == 1


async def test_a_letter_waits_for_those_before_it_only_so_long(mail_server: Mail) -> None:
    sender = MailSender(mailing_for(mail_server), wording(), PatientClock(), deadlines=SHORT)
    mail_server.smtp.hang_next(at="DATA")
    to = mail_server.person()
    first, second = await asyncio.gather(
        sender.send(to_mail("Bonjour", to=to)),
        sender.send(to_mail("Et moi", to=to, id=8)),
        return_exceptions=True,
    )
    assert isinstance(first, TimeoutError)
    assert isinstance(second, TryLater)
    assert not second.whole_channel
    await sender.send(to_mail("Et moi", to=to, id=8))
    await sender.close()


async def test_whoever_refuses_a_letter_is_there(mail_server: Mail, watched: Watched) -> None:
    for answer in ("451 4.2.0 Greylisted", "550 5.1.1 No such user", "554 5.7.1 Spam"):
        sender = MailSender(mailing_for(mail_server), wording(), PatientClock(), watched)
        mail_server.smtp.answer_next_login("454 4.7.0 Not now", times=2)
        mail_server.smtp.answer_next(answer)
        for _ in range(2):
            await trouble(sender, mail_server.person())
        await sender.close()
    assert watched.told == ["sign-in 454", "works"] * 3


async def test_a_server_that_talks_nonsense(mail_server: Mail, sender: MailSender) -> None:
    to = mail_server.person()
    mail_server.smtp.answer_next("Bonjour", at="RCPT")
    assert isinstance(await trouble(sender, to), TryLater)
    mail_server.smtp.answer_next("Bonjour", at="DATA", delivered=True)
    assert not isinstance(await trouble(sender, to), TryLater | LetterRefused | AddressDead)
    await sender.send(to_mail("Rebonjour", to=to, id=8))
    assert len(await mail_server.arrived(to)) == 2
