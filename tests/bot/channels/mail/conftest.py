"""A mailbox and who watches it."""

import pytest

from storage.database import Database
from tests.bot.channels.mail.takers import Post
from tests.fakes.mail import MailServer


@pytest.fixture
async def post(mail_server: MailServer, database: Database) -> Post:
    return Post(mail_server, database)
