"""A token server of the tests' own (OAuth 2, client credentials), which mail servers ask too what a token is worth."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

CLIENT = "6b2d7a4e-declic"
SECRET = "Ré~2m%&=+ hush"
"""With signs that a form has to encode."""
SCOPE = "https://outlook.office365.com/.default"
AS_LONG_AS_MICROSOFTS = 1200
"""Bytes of randomness; the token is a third longer."""
Answer = tuple[int, object]


@dataclass
class TokenServer:
    """Gives tokens for one mailbox to one application."""

    port: int
    mailbox: str = ""
    """The account that a token opens; others refuse it."""
    secret: str = SECRET
    lifetime: object = 3600
    """What it says of a new token, in seconds."""
    asked: int = 0
    """How often a token was asked for."""
    answers: deque[Answer] = field(default_factory=deque)
    """What it says in place of the next tokens."""
    free: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared: it says nothing."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by who asks."""
    tokens: set[str] = field(default_factory=set)
    """The good ones; clear it, and they are withdrawn."""

    @property
    def url(self) -> str:
        """Where tokens are asked for."""
        return f"http://127.0.0.1:{self.port}/tenant/oauth2/v2.0/token"

    def opens(self, user: str, token: str) -> bool:
        """What a mail server wants to know."""
        return token in self.tokens and user == self.mailbox

    async def _give(self, request: web.Request) -> web.Response:
        self.asked += 1
        self.arrived.set()
        await self.free.wait()
        if self.answers:
            status, body = self.answers.popleft()
            return web.json_response(body, status=status)
        form = await request.post()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, self.secret):
            said = f"AADSTS7000215: Invalid client secret {form.get('client_secret')!r}. Trace ID: 1"
            return web.json_response({"error": "invalid_client", "error_description": said}, status=401)
        if (form.get("grant_type"), form.get("scope")) != ("client_credentials", SCOPE):
            return web.json_response({"error": "invalid_scope"}, status=400)
        token = secrets.token_urlsafe(AS_LONG_AS_MICROSOFTS)
        self.tokens.add(token)
        return web.json_response({"token_type": "Bearer", "expires_in": self.lifetime, "access_token": token})

    async def _introspect(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("token") not in self.tokens:
            return web.json_response({"active": False})
        return web.json_response({"active": True, "username": self.mailbox})


@asynccontextmanager
async def running_tokens(port: int, mailbox: str) -> AsyncIterator[TokenServer]:
    """On a port that mail servers know of."""
    server = TokenServer(port, mailbox)
    server.free.set()
    app = web.Application()
    app.router.add_post("/tenant/oauth2/v2.0/token", server._give)
    app.router.add_post("/introspect", server._introspect)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield server
    finally:
        await runner.cleanup()
