"""The pages of the web: what each address answers, to whom, and what it never gives away."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

import httpx
import pytest
from icalendar import Calendar
from structlog.testing import capture_logs

from bot.channels.mail import one_click
from bot.channels.web import Standing, probe
from bot.channels.web.pages import page
from bot.channels.web.serving import serve, served
from bot.cli.channels import Tools
from bot.cli.web import site_of
from bot.settings.web import Listening
from storage.database import Database, DatabaseDown, Transaction, open_database
from tests.browsing import FREE, ONE_CLICK, browsing, read
from tests.conftest import missing_service
from tests.fakes.chromium import ChromiumMissingError, find_chromium, measured
from tests.stage import TickedClock, furnished

T = TypeVar("T")

WRONG = f"/unsubscribe/12-{'0' * 32}"
NOBODYS = ("/unsubscribe/12", "/unsubscribe/a-b", f"/unsubscribe/{'9' * 400}", "/unsubscribe/%00-x", WRONG)
PUBLIC = "https://declic.test"


class Away:
    """A database that does not answer."""

    async def read(self, _work: Callable[[Transaction], T]) -> T:
        raise DatabaseDown

    async def write(self, _work: Callable[[Transaction], T]) -> T:
        raise DatabaseDown

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with browsing(database, TickedClock()) as client:
        yield client


def test_a_link_tells_nothing_of_the_secret_and_serves_one_letter_alone() -> None:
    token, other = "5f" * 12, "6a" * 12
    link = one_click.link(PUBLIC, 12, token)
    last = link.removeprefix(f"{PUBLIC}/unsubscribe/")
    found = one_click.named_in(last)
    assert found
    letter, digest = found
    assert letter == 12
    assert token not in link
    assert digest not in token
    fitting = [one_click.fits(digest, *which) for which in ((12, token), (13, token), (12, other))]
    assert fitting == [True, False, False]


@pytest.mark.parametrize("path", NOBODYS)
@pytest.mark.parametrize(
    ("spoken", "asked", "done"),
    [
        ("fr-CA,fr;q=0.9", "Arrêter les rappels?", "C’est noté"),
        ("en-CA", "Stop the reminders?", "Noted"),
        ("de", "Arrêter les rappels?", "C’est noté"),
    ],
)
async def test_a_link_that_is_nobodys_is_answered_like_any_other(
    client: httpx.AsyncClient, path: str, spoken: str, asked: str, done: str
) -> None:
    headers = {"Accept-Language": spoken}
    looked, posted = await client.get(path, headers=headers), await client.post(path, headers=headers)
    assert (looked.status_code, posted.status_code) == (200, 200)
    assert (read(looked).splitlines()[1], read(posted).splitlines()[1]) == (asked, done)
    assert looked.headers["Content-Language"] == spoken[:2] if spoken != "de" else "fr"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", WRONG, 405),
        ("DELETE", WRONG, 405),
        ("OPTIONS", WRONG, 405),
        ("POST", "/calendar/teacher.ics", 405),
        ("POST", "/healthz", 405),
        ("GET", "/", 404),
        ("GET", "/unsubscribe/", 404),
        ("GET", "/unsubscribe/12/34", 404),
        ("GET", "/calendar/parent.ics", 404),
        ("GET", "/calendar/nobody.ics", 404),
        ("GET", "/calendar/..%2f..%2fetc%2fpasswd.ics", 404),
        ("HEAD", WRONG, 200),
        ("GET", "/healthz", 200),
    ],
)
async def test_only_what_is_foreseen_is_answered(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    assert (await client.request(method, path)).status_code == status


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"List-Unsubscribe=One-Click", 200), (b"", 200), (b"x" * 4096, 200), (b"x" * 4097, 413)],
)
async def test_a_body_is_small(client: httpx.AsyncClient, content: bytes, status: int) -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for at in range(0, len(content), 1000):
            yield content[at : at + 1000]

    whole = await client.post(WRONG, content=content)
    in_pieces = await client.post(WRONG, content=in_parts())
    assert (whole.status_code, in_pieces.status_code) == (status, status)


async def test_every_answer_is_protected_and_leaves_nothing_in_the_browser(client: httpx.AsyncClient) -> None:
    paths = (WRONG, "/calendar/teacher.ics", "/healthz", "/nowhere")
    answers = [await client.get(path) for path in paths] + [await client.post(WRONG, data=ONE_CLICK)]
    for answer in answers:
        assert not {"Set-Cookie", "Server"} & {name.title() for name in answer.headers}
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        rules = answer.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(rules)
        assert not any("unsafe" in rule for rule in rules)
        is_calendar = answer.headers["Content-Type"].startswith("text/calendar")
        assert answer.headers["Cache-Control"] == ("public, max-age=21600" if is_calendar else "no-store")


async def test_a_page_fetches_nothing_runs_nothing_and_has_no_style_but_its_own(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get(WRONG)
    html = answer.text
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<link|<img|src=|href=|https?:|\son\w+=", html)


@pytest.mark.parametrize(
    ("role", "language", "told"),
    [
        ("teacher", "fr", "Déclarer les copies de la période (du 1er juillet 2026 au 30 novembre 2026)"),
        ("teacher", "en", "Declare the period’s copies (July 1, 2026 to November 30, 2026)"),
        ("school-admin-private", "fr", "Copibec vous dit si votre établissement est sélectionné"),
        ("css-admin", "fr", "Confirmer à Copibec l’effectif de chaque établissement participant"),
    ],
)
async def test_the_calendar_of_a_role_is_for_anybody(
    client: httpx.AsyncClient, role: str, language: str, told: str
) -> None:
    first, again = [await client.get(f"/calendar/{role}.ics", params={"lang": language}) for _ in range(2)]
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (first.headers["Vary"], first.headers["Content-Language"]) == ("Accept-Language", language)
    assert first.content == again.content
    assert told in {str(event["summary"]) for event in Calendar.from_ical(first.content).events}


async def test_without_its_database_it_says_so_and_nothing_else() -> None:
    async with browsing(Away(), TickedClock()) as client:
        with capture_logs() as logs:
            answers = [await client.get("/healthz"), await client.get(WRONG), await client.post(WRONG)]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert {answer.headers["Retry-After"] for answer in answers} == {"60"}
    assert read(answers[2]).splitlines()[1] == "Pas maintenant"
    assert [entry["event"] for entry in logs] == ["page-waits"] * 3


async def test_no_log_names_a_path(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    secret = "0f" * 16
    with capture_logs() as logs:
        async with browsing(database, TickedClock()) as client:
            for method in ("GET", "POST", "PUT"):
                await client.request(method, f"/unsubscribe/12-{secret}")
            reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
            writer.write(f"GET /unsubscribe/12-{secret} HTTP/9.9 é\r\n\r\n".encode())
            assert b"400" in await reader.readline()
            writer.close()
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert secret not in f"{logs} {[record.getMessage() for record in ours]}"


async def test_who_listens_is_told_apart(database: Database) -> None:
    def there(client: httpx.AsyncClient) -> Listening:
        return Listening("0.0.0.0", client.base_url.port or 0)  # noqa: S104 - what an operator may have said

    async with browsing(database, TickedClock()) as client:
        ours = there(client)
        assert await probe(ours) is Standing.LISTENS
    assert await probe(ours) is Standing.NOBODY
    async with browsing(Away(), TickedClock()) as client:
        assert await probe(there(client)) is Standing.UNWELL
    other = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with other:
        assert await probe(Listening(port=other.sockets[0].getsockname()[1])) is Standing.OTHER


async def test_a_port_that_is_taken_is_tried_again(database: Database) -> None:
    waits: asyncio.Queue[float] = asyncio.Queue()
    free = asyncio.Event()

    class Waiting(TickedClock):
        async def sleep(self, seconds: float) -> None:
            waits.put_nowait(seconds)
            await free.wait()

    site = site_of(Tools(furnished(), database, Waiting(datetime(2026, 11, 17, tzinfo=UTC))))
    async with asyncio.timeout(30):
        with capture_logs() as logs:
            async with served(site, FREE) as port:
                second = asyncio.create_task(serve(site, Listening(port=port)))
                assert await waits.get() == 30
            free.set()
            while await probe(Listening(port=port)) is not Standing.LISTENS:
                pass
            second.cancel()
            await asyncio.wait([second])
    assert [entry["event"] for entry in logs] == ["cannot-listen", "listening"]


@pytest.mark.parametrize("template", ["web/unsubscribe", "web/unsubscribed"])
def test_a_page_fits_a_phone(template: str) -> None:
    try:
        find_chromium()
    except ChromiumMissingError as error:
        missing_service(str(error))
    html = page(furnished().wording, template, "fr").text
    assert html
    wide, high = measured(html, 320)
    assert wide == 320
    assert 200 < high < 640
