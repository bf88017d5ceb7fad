"""The whole assistant behind real mail servers, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database, open_database
from tests.fakes.mail import MailServer
from tests.postal import PostOffice


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def office(mail_server: MailServer, database: Database) -> PostOffice:
    return PostOffice(mail_server, database, mail_server.dovecot.imaps_port)
