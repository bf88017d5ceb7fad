"""What a mail server vouches for, also where somebody would like it to vouch for more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.mail.read import read_mail
from bot.channels.mail.read.authentication import Vouched
from tests.bot.channels.mails import mail

OURS = Vouched("mx.exemple.test", "ecole.test")

BELIEVED = [
    "mx.exemple.test; dmarc=pass header.from=ecole.test",
    "MX.Exemple.Test; DMARC=Pass Header.From=Ecole.Test",
    "mx.exemple.test 1; dmarc=pass (p=NONE sp=NONE) header.from=ecole.test; spf=pass smtp.mailfrom=a@b.test",
    "mx.exemple.test;\n\tdkim=pass header.d=x.test header.b=abc+/d==;\n\tdmarc=pass a=b\n\theader.from=ecole.test;",
    'mx.exemple.test; dkim=pass header.i="@x.test; dmarc=fail header.from=b.test"; dmarc=pass header.from=ecole.test',
    'mx.exemple.test (our (own) server); spf=fail; dmarc/1=pass reason="a \\" b" header.from="ecole.test"',
    "mx.exemple.test; dmarc = pass header.from = ecole.test.",
]

NOT_BELIEVED = [
    "",
    "mx.exemple.test",
    "mx.exemple.test; none",
    "mx.exemple.test; dmarc=fail header.from=ecole.test",
    "mx.exemple.test; dmarc=pass",
    "mx.exemple.test; dmarc=pass header.from=autre.test",
    "mx.exemple.test; dmarc=pass header.from=mail.ecole.test",
    "mx.exemple.test; spf=pass smtp.mailfrom=camille@ecole.test; dkim=pass header.d=ecole.test",
    "mx.exemple.test; spf=pass (dmarc=pass header.from=ecole.test)",
    "mx.exemple.test (; dmarc=pass header.from=ecole.test); dmarc=fail header.from=ecole.test",
    'mx.exemple.test; dkim=pass header.i="; dmarc=pass header.from=ecole.test"',
    "mx.exemple.test; dmarc=pass header.from=ecole.test; dmarc=fail header.from=ecole.test",
    "mx.exemple.test; dmarc=pass header.from=ecole.test header.from=autre.test",
    "mx.exemple.test; dmarc=pass header.from=ecole.test (",
    "mx.exemple.test; dmarc=pass header.from=ecole.test )",
    'mx.exemple.test; dmarc=pass header.from=ecole.test "',
    "; dmarc=pass header.from=ecole.test",
    "mx.exemple.test; xdmarc=pass header.from=ecole.test",
    "mx.exemple.test; dmarc=passed header.from=ecole.test",
    "mx.exemple.test; " + "x" * 5000 + "; dmarc=pass header.from=ecole.test",
    "(" * 4000,
]


@pytest.mark.parametrize("said", BELIEVED)
def test_a_pass_is_read(said: str) -> None:
    assert read_mail(mail(authentication_results=said)).vouched == OURS


@pytest.mark.parametrize("said", NOT_BELIEVED)
def test_anything_else_is_none(said: str) -> None:
    assert read_mail(mail(authentication_results=said)).vouched is None


def test_only_the_topmost_header_counts() -> None:
    ours = "Authentication-Results: mx.exemple.test; dmarc=pass header.from=ecole.test\n"
    above = "Authentication-Results: mx.autre.test; dmarc=pass header.from=ecole.test\n"
    failed = "Authentication-Results: mx.exemple.test; dmarc=fail header.from=ecole.test\n"
    for first, second, server in [
        (above, ours, "mx.autre.test"),
        (ours, above, "mx.exemple.test"),
        (failed, ours, None),
    ]:
        vouched = read_mail((first + second).encode() + mail()).vouched
        assert (vouched.server if vouched else None) == server


@pytest.mark.parametrize(
    "sender",
    [
        "camille@ecole.test, autre@ecole.test",
        "camille@ecole.test <autre@ecole.test>",
        "a@autre.test\nFrom: camille@ecole.test",
        "camille@ecole.test\nFrom: camille@ecole.test",
        "Classe: camille@ecole.test, autre@ecole.test;",
        "Camille",
        "<camille@ecole.test> <autre@ecole.test>",
        "camille@ecole.test@ecole.test",
    ],
)
def test_more_than_one_sender_is_nobody(sender: str) -> None:
    raw = mail(authentication_results=BELIEVED[0], **{"from": sender})
    assert read_mail(raw).vouched is None


@pytest.mark.parametrize(
    "sender", ['"camille@ecole.test" <camille@ecole.test>', "Zoé É <camille@ECOLE.test>"]
)
def test_a_name_that_looks_like_an_address_is_a_name(sender: str) -> None:
    assert read_mail(mail(authentication_results=BELIEVED[0], **{"from": sender})).vouched == OURS


@given(st.text('mx; dmarc=pasheader.fro"()\\ ecol.t/1', max_size=80))
def test_no_header_raises(said: str) -> None:
    vouched = read_mail(mail(authentication_results=said)).vouched
    assert vouched is None or vouched.domain == "ecole.test"
