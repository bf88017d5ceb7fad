"""A mailbox and who watches it; a token server for it."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.channels.mail.takers import Post
from tests.fakes.mail import MailServer, TokenServer, running_tokens


@pytest.fixture
async def post(mail_server: MailServer, database: Database) -> Post:
    return Post(mail_server, database)


@pytest.fixture
async def tokens(mail_server: MailServer) -> AsyncIterator[TokenServer]:
    """For the assistant's mailbox, on both servers."""
    async with running_tokens(mail_server.dovecot.tokens_port, mail_server.address) as tokens:
        mail_server.smtp.opens = tokens.opens
        yield tokens
