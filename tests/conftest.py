"""What every test may ask for: databases, made anew for each."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from hashlib import blake2b
from pathlib import Path

import certifi
import pytest
import structlog
from hypothesis import settings

from storage.database import open_database
from storage.schema import migrate
from tests.compiling import compile_once
from tests.fakes.mail import Dovecot, DovecotMissingError, MailServer, mail_for_a_test, running_dovecot
from tests.fakes.postgres import PostgresMissingError, PostgresServer, running_postgres
from tests.memory import memory_folder

# Machines that are shared make any deadline a coin toss. In CI every run tries the same examples.
settings.register_profile("declic", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("declic")
compile_once()
gc.set_threshold(50_000, 20, 20)  # everything that tests keep would be looked through again and again

ROOT = Path(__file__).parent.parent
LONGEST = (
    "test_crashes.py",
    "test_transcripts.py",
    "by_email/test_end_to_end.py",
    "bot/cli/test_start.py",
    "test_roles.py",
    "test_properties.py",
    "test_templates.py",
    "bot/channels/mail/test_hostile.py",
    "bot/channels/mail/test_caps.py",
    "handlers/test_privacy.py",
    "bot/cli/test_restore.py",
    "bot/cli/test_person.py",
    "bot/cli/test_export.py",
    "faq/test_library.py",
    "handlers/test_campaigns_begin.py",
    "faq/test_facts.py",
    "bot/cli/test_rehearse_plan.py",
    "test_poison.py",
    "bot/post/test_crash.py",
)
"""Files of five seconds or more: with them at the end, one worker would be busy when the others are done."""
PACKAGES = ("bot", "handlers", "faq", "storage")
TEMPLATE = "migrated"
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """What the knowledge base works out is kept between runs, and away from whoever runs the tests.

    Other code may work out something else, so that each has a folder of its own. Where several workers are about to
    run the tests, it is worked out before, or each of them would.
    """
    cache = config.cache.mkdir("declic") / _code_of_the_knowledge_base()
    os.environ["XDG_CACHE_HOME"] = str(cache)
    os.environ["XDG_STATE_HOME"] = str(cache / "state")
    os.environ["SSL_CERT_FILE"] = str(_one_authority(cache))
    leads = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if not leads:
        return
    # Where Python is told to keep no compiled modules, each worker and each process started would compile them all.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "-j2", *PACKAGES], cwd=ROOT, check=True)
    if not _is_up_to_date(cache):
        subprocess.run([sys.executable, "-m", "tests.faq.knowledge"], cwd=ROOT, check=True)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: nobody need look whether it is garbage."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin first."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def _code_of_the_knowledge_base() -> str:
    code = b"".join(file.read_bytes() for file in sorted((ROOT / "faq").glob("*.py")))
    return blake2b(code, digest_size=8).hexdigest()


def _one_authority(cache: Path) -> Path:
    """One that could vouch for servers out there: to read all of them takes each client a twentieth of a second."""
    file = cache / "authority.pem"
    if not file.exists():
        first, end, _ = certifi.contents().partition("-----END CERTIFICATE-----\n")
        cache.mkdir(parents=True, exist_ok=True)
        file.write_text(first + end)
    return file


def _is_up_to_date(cache: Path) -> bool:
    """Whether both indexes are there, and no file of the knowledge base is newer."""
    made = [file.stat().st_mtime for file in cache.rglob("*.npz")]
    newest = max(file.stat().st_mtime for file in (ROOT / "faq").rglob("*.toml"))
    return len(made) == 2 and min(made) > newest


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private PostgreSQL server; without binaries, what wants it is skipped or fails."""
    try:
        with running_postgres() as server:
            yield server
    except PostgresMissingError as error:
        missing_service(str(error))


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A private Dovecot; without its programs, what wants it is skipped or fails."""
    try:
        with running_dovecot() as server:
            yield server
    except DovecotMissingError as error:
        missing_service(str(error))


@pytest.fixture
async def mail_server(dovecot: Dovecot) -> AsyncIterator[MailServer]:
    """Mailboxes of the test's own, IMAP and SMTP."""
    async with mail_for_a_test(dovecot) as mail:
        yield mail


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A test that quiets the logs quiets them for itself alone."""
    yield
    structlog.reset_defaults()


def missing_service(reason: str) -> None:
    """Skips the test, or fails it where DECLIC_REQUIRE_SERVICES=1 promises every service."""
    if os.environ.get("DECLIC_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _templates() -> dict[str, str]:
    """The URL of the migrated database to copy from, by backend; filled by the first test that needs it."""
    return {}


@pytest.fixture
async def postgres_url(postgres: PostgresServer, _templates: dict[str, str]) -> AsyncIterator[str]:
    """A fresh migrated PostgreSQL database."""
    if "postgresql" not in _templates:
        _templates["postgresql"] = await _migrated(await postgres.create(TEMPLATE))
    database = f"test_{next(_numbers)}"
    yield await postgres.create(database, TEMPLATE)
    await postgres.drop(database)


@pytest.fixture(scope="session")
def _memory() -> Iterator[Path]:
    """Where databases lie that are not about the disk: waiting for it would take half of the time."""
    with memory_folder() as folder:
        yield folder


@pytest.fixture
async def sqlite_url(_memory: Path, _templates: dict[str, str]) -> AsyncIterator[str]:
    """A fresh migrated SQLite database."""
    template = _memory / "template.db"
    if "sqlite" not in _templates:
        _templates["sqlite"] = await _migrated(f"sqlite:///{template}")
    file = _memory / f"{next(_numbers)}.db"
    shutil.copyfile(template, file)
    yield f"sqlite:///{file}"
    _remove(file)


def _remove(file: Path) -> None:
    """A database, with what SQLite keeps beside it."""
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()


async def _migrated(url: str) -> str:
    database = open_database(url)
    try:
        await migrate(database)
    finally:
        await database.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, on each of the two in turn."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url
