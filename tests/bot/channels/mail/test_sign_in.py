"""Signing in with tokens: real Dovecot, which asks a token server what they are worth, and SMTP with XOAUTH2."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.mail.access import Access, access_for
from bot.channels.mail.fetch.imap import connected
from bot.channels.mail.fetch.line import ImapLine, ImapLost, SignInRefused
from bot.channels.mail.fetch.sign_in import sign_in
from bot.channels.mail.probe import Trouble, probe_mailbox, probe_smtp
from bot.channels.mail.write import MailSender
from bot.channels.mail.write.faults import ServerFails
from bot.mailing import Mailing, TokenIssuer
from tests.bot.channels.conftest import PatientClock
from tests.bot.channels.mail.takers import SLOW_ROUNDS, Post
from tests.bot.channels.mail.with_tokens import WRONG_SECRET, issuer, mailing_of
from tests.fakes.mail import HOST, MailServer, TokenServer
from tests.fakes.mail.tokens import CLIENT, SECRET
from tests.mailed import to_mail, trouble, wording


async def look(mailing: Mailing, access: Access | None) -> list[int]:
    """What a mailbox holds."""
    async with connected(mailing.mailboxes[0], None, SLOW_ROUNDS, access) as connection:
        return await connection.uids(1)


def sender_of(mailing: Mailing, access: Access | None = None) -> MailSender:
    return MailSender(mailing, wording(), PatientClock(), access=access)


async def test_mail_is_read_and_sent_with_one_token(mail_server: MailServer, tokens: TokenServer) -> None:
    mailing = mailing_of(mail_server, tokens)
    access = access_for(mailing)
    sender = sender_of(mailing, access)
    await sender.send(to_mail("Bonjour", to=mail_server.address))
    await mail_server.arrived(mail_server.address)
    assert await look(mailing, access) == [1]
    await sender.close()
    [envelope] = await mail_server.smtp.taken(1)
    assert (envelope.login, tokens.asked) == (mail_server.address, 1)


async def test_a_kept_token_that_was_withdrawn_is_renewed_once(
    mail_server: MailServer, tokens: TokenServer
) -> None:
    mailing = mailing_of(mail_server, tokens)
    access = access_for(mailing)
    assert access
    await access.renewed()
    tokens.tokens.clear()
    assert await look(mailing, access) == []
    assert tokens.asked == 2
    tokens.tokens.clear()
    sender = sender_of(mailing, access)
    await sender.send(to_mail("Bonjour", to=mail_server.address))
    await sender.close()
    assert tokens.asked == 3


async def test_a_mailbox_that_the_token_does_not_open(mail_server: MailServer, tokens: TokenServer) -> None:
    """A new token is asked for once, and not for ever."""
    mailing = mailing_of(mail_server, tokens, user=mail_server.person())
    access = access_for(mailing)
    for asked in (1, 2):
        with pytest.raises(SignInRefused, match=r"^NO to XOAUTH2 AUTHENTICATIONFAILED$"):
            await look(mailing, access)
        assert tokens.asked == asked
    failed = await trouble(sender_of(mailing, access), mail_server.person())
    assert (type(failed), str(failed), tokens.asked) == (ServerFails, "sign-in 535", 3)


async def test_passing_trouble_of_the_mail_server_costs_no_token(
    mail_server: MailServer, tokens: TokenServer
) -> None:
    mailing = mailing_of(mail_server, tokens)
    access = access_for(mailing)
    assert access
    await access.renewed()
    mail_server.smtp.answer_next_login("454 4.7.0 Temporary authentication failure")
    failed = await trouble(sender_of(mailing, access), mail_server.person())
    assert (str(failed), tokens.asked) == ("sign-in 454", 1)


async def test_without_a_token_nobody_signs_in(mail_server: MailServer, tokens: TokenServer) -> None:
    mailing = mailing_of(mail_server, tokens)
    for answer, kind, said in (
        ((401, {"error": "invalid_client"}), SignInRefused, "token refused: invalid_client"),
        ((500, {"error": "server_error"}), ImapLost, "token server: server_error"),
    ):
        tokens.answers.extend([answer, answer])
        with pytest.raises(kind) as raised:
            await look(mailing, access_for(mailing))
        failed = await trouble(sender_of(mailing), mail_server.person())
        assert (type(raised.value), str(raised.value)) == (kind, said)
        assert (type(failed), str(failed)) == (ServerFails, said)


async def test_a_refused_token_is_told_from_a_refused_mailbox(
    mail_server: MailServer, tokens: TokenServer
) -> None:
    good, other = mailing_of(mail_server, tokens), mailing_of(mail_server, tokens, mail_server.person())
    wrong = replace(good, tokens=issuer(tokens, WRONG_SECRET))
    away = replace(good, tokens=TokenIssuer(f"https://{HOST}:9/token", CLIENT, SECRET))
    cases = {None: good, Trouble.ACCESS: other, Trouble.APPLICATION: wrong, Trouble.NO_TOKENS: away}
    for expected, mailing in cases.items():
        probed = [await probe_mailbox(mailing, mailing.mailboxes[0]), await probe_smtp(mailing)]
        assert [one.trouble for one in probed] == [expected] * 2
        assert not any(secret in repr(probed) for secret in (SECRET, WRONG_SECRET))


@pytest.mark.parametrize("good", [True, False])
async def test_a_server_that_wants_to_ask_first(
    mail_server: MailServer, tokens: TokenServer, good: bool
) -> None:
    mailing = mailing_of(mail_server, tokens, "" if good else mail_server.person())
    line = ImapLine(mailing.mailboxes[0], SLOW_ROUNDS)
    await line.connect(None)
    line.protocol.capabilities = {name for name in line.capabilities if name != "SASL-IR"}
    try:
        if good:
            await sign_in(line, mailing.mailboxes[0], access_for(mailing))
            assert line.protocol.state == "AUTH"
        else:
            with pytest.raises(SignInRefused):
                await sign_in(line, mailing.mailboxes[0], access_for(mailing))
    finally:
        await line.close()


async def test_a_mailbox_is_watched_with_tokens_that_end(post: Post, tokens: TokenServer) -> None:
    post.mailing = mailing_of(post.servers, tokens)
    [post.server] = post.mailing.mailboxes
    await post.deliver("un")
    async with post.watched(SLOW_ROUNDS):
        assert await post.taker.took(1) == ["un"]
        tokens.tokens.clear()
        await post.watch.until(lambda: post.watch.good_looks > 0)
        post.servers.dovecot.kick(post.servers.address)
        await post.deliver("deux")
        assert await post.taker.took(2) == ["un", "deux"]
    assert (len(post.watch.reasons), tokens.asked) == (1, 2)
