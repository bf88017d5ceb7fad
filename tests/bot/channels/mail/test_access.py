"""Tokens from a token server: how long they are kept, and what is told when there is none."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.channels.mail.access import Access, NoToken, TokenRefused, TokenServerFails
from bot.mailing import TokenIssuer
from tests.bot.channels.mail.with_tokens import WRONG_SECRET, issuer
from tests.fakes.mail import HOST, MailServer, TokenServer
from tests.fakes.mail.tokens import CLIENT, SECRET

HOUR = 3600
SHORT = 0.2


@dataclass
class Hands:
    """A clock that is set by hand, in seconds."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def access(tokens: TokenServer, hands: Hands) -> Access:
    return Access(issuer(tokens), now=hands, within=30.0)


async def test_a_token_is_kept_until_five_minutes_before_its_end(
    tokens: TokenServer, access: Access, hands: Hands
) -> None:
    first = await access.renewed()
    hands.now = HOUR - 301
    assert (await access.renewed(), access.kept, tokens.asked) == (first, first, 1)
    hands.now = HOUR - 300
    assert access.kept == ""
    assert await access.renewed() != first
    assert tokens.asked == 2


@pytest.mark.parametrize(
    ("lifetime", "kept"),
    [(60, 30), ("3599", 3299), (None, 300), (0, 300), (-1, 300), ("nan", 300), ("soon", 300), (1e12, 86100)],
)
async def test_what_a_server_says_of_the_time_is_taken_with_care(
    tokens: TokenServer, access: Access, hands: Hands, lifetime: object, kept: float
) -> None:
    tokens.lifetime = lifetime
    await access.renewed()
    hands.now = kept - 1
    assert access.kept
    hands.now = kept
    assert not access.kept


async def test_many_who_ask_at_once_cost_one_request(tokens: TokenServer, access: Access) -> None:
    tokens.free.clear()
    asking = [asyncio.create_task(access.renewed()) for _ in range(5)]
    await tokens.arrived.wait()
    asking[0].cancel()
    tokens.free.set()
    first, *others = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(first, asyncio.CancelledError)
    assert (set(others), tokens.asked) == ({access.kept}, 1)
    renewed = await asyncio.gather(*(access.renewed(access.kept) for _ in range(5)))
    assert (set(renewed), tokens.asked) == ({access.kept}, 2)


REFUSALS = [
    ((400, {"error": "unauthorized_client"}), TokenRefused, "token refused: unauthorized_client"),
    ((401, {"error": f"no, {SECRET}"}), TokenRefused, "token refused: 401"),
    ((404, {}), TokenRefused, "token refused: 404"),
    ((400, [SECRET]), TokenRefused, "token refused: 400"),
    ((429, {}), TokenServerFails, "token server: 429"),
    ((503, {"error": "temporarily_unavailable"}), TokenServerFails, "token server: temporarily_unavailable"),
    ((302, {}), TokenServerFails, "token server: 302"),
    ((200, {"access_token": f"{SECRET}\r\n"}), TokenServerFails, "token server: 200"),
    ((200, {"expires_in": 3600}), TokenServerFails, "token server: 200"),
]


@pytest.mark.parametrize(("answer", "kind", "said"), REFUSALS)
async def test_what_a_token_server_says_is_told_in_a_word(
    tokens: TokenServer, access: Access, answer: tuple[int, object], kind: type[NoToken], said: str
) -> None:
    tokens.answers.append(answer)
    with pytest.raises(kind) as raised:
        await access.renewed()
    assert str(raised.value) == said
    assert await access.renewed()


async def test_a_wrong_secret_is_told_without_it(tokens: TokenServer) -> None:
    with pytest.raises(TokenRefused) as raised:
        await Access(issuer(tokens, WRONG_SECRET)).renewed()
    assert str(raised.value) == "token refused: invalid_client AADSTS7000215"


async def test_a_token_server_that_says_nothing_is_given_up(tokens: TokenServer) -> None:
    tokens.free.clear()
    with pytest.raises(TokenServerFails, match=r"no answer in 0\.2 s"):
        await Access(issuer(tokens), within=SHORT).renewed()


async def test_a_token_server_that_is_away_or_unknown(mail_server: MailServer) -> None:
    port = mail_server.dovecot.tokens_port
    for url, said in (
        (f"http://127.0.0.1:{port}/token", "onnect"),
        (f"https://{HOST}:{mail_server.dovecot.imaps_port}/token", "certificate refused, self"),
    ):
        with pytest.raises(TokenServerFails, match=said):
            await Access(TokenIssuer(url, CLIENT, SECRET)).renewed()
