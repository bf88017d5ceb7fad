"""What a public library knows of a book: its number goes out, nothing else, and whatever goes wrong is no answer."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final, Protocol

import httpx
import structlog

from storage.books import Book

log = structlog.get_logger()

AGENT: Final = "Declic (assistant that helps schools declare what they copy)"
LARGEST: Final = 256 * 1024
"""Bytes of one answer; that about a book takes some 3 kB."""
MOST_REDIRECTS: Final = 3
MOST_AUTHORS: Final = 3
LONGEST: Final = 300
"""Characters of a title, an author, a publisher."""
MOST_PAGES: Final = 20_000
YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
KEY: Final = re.compile(r"/(?:authors|works)/OL\d{1,12}[AW]")

Json = Mapping[str, Any]


class Lookup(Protocol):
    """Somewhere to ask about books."""

    async def find(self, isbn: str) -> Book | None:
        """What is known of the book with this ISBN of 13 digits; None also when nobody answers. It never raises."""
        ...


class NotAnswered(Exception):
    """The library said nothing that is of use: nothing to do, the person is asked instead."""


class OpenLibrary:
    """Open Library's API, or any server that speaks it."""

    def __init__(self, url: str, patience: timedelta) -> None:
        """`patience`: for all that one book takes."""
        self._url = httpx.URL(url)
        self._patience = patience.total_seconds()

    async def find(self, isbn: str) -> Book | None:
        try:
            async with asyncio.timeout(self._patience), self._line() as line:
                return await self._book(line, isbn)
        except (NotAnswered, TimeoutError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            log.info("lookup-without-answer", isbn=isbn, error=type(error).__name__)
            return None

    def _line(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self._url,
            headers={"User-Agent": AGENT},
            timeout=self._patience,
            trust_env=False,
            verify=_authorities(),
        )

    async def _book(self, line: httpx.AsyncClient, isbn: str) -> Book:
        edition = await self._fetch(line, f"/isbn/{isbn}.json")
        keys = list(_author_keys(edition)) or await self._authors_of_work(line, edition)
        authors = [await self._name(line, key) for key in keys[:MOST_AUTHORS]]
        return Book(
            _title(edition),
            ", ".join(filter(None, authors))[:LONGEST] or None,
            next(_texts(edition.get("publishers")), None),
            _year(edition.get("publish_date")),
            _pages(edition.get("number_of_pages")),
        )

    async def _authors_of_work(self, line: httpx.AsyncClient, edition: Json) -> list[str]:
        """Many editions leave their authors to the work that they are one of."""
        key = next(_keys(edition.get("works")), None)
        return list(_author_keys(await self._thing(line, key))) if key else []

    async def _name(self, line: httpx.AsyncClient, key: str) -> str | None:
        return next(_texts([(await self._thing(line, key)).get("name")]), None)

    async def _thing(self, line: httpx.AsyncClient, key: str) -> Json:
        """An author or a work; one that was merged into another names that one."""
        told = await self._fetch(line, f"{key}.json")
        merged = next(_keys([{"key": told.get("location")}]), None)
        return await self._fetch(line, f"{merged}.json") if merged else told

    async def _fetch(self, line: httpx.AsyncClient, path: str) -> Json:
        """A JSON object of the library's; it may move within its own house only."""
        url: httpx.URL | str = path
        for _ in range(MOST_REDIRECTS + 1):
            async with line.stream("GET", url) as answer:
                if not answer.has_redirect_location:
                    return await _object_in(answer)
                url = answer.url.join(answer.headers["location"])
            if (url.scheme, url.netloc) != (self._url.scheme, self._url.netloc):
                raise NotAnswered("it leads elsewhere")
        raise NotAnswered("it leads round in circles")


async def _object_in(answer: httpx.Response) -> Json:
    if answer.status_code != httpx.codes.OK:
        raise NotAnswered(f"status {answer.status_code}")
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST:
            raise NotAnswered("too much of it")
    try:
        told = json.loads(content)
    except RecursionError as error:
        raise NotAnswered("too deep") from error
    if not isinstance(told, dict):
        raise NotAnswered("no object")
    return told


def _author_keys(told: Json) -> Iterator[str]:
    """Of an edition `{"key": …}`, of a work `{"author": {"key": …}}`."""
    listed = told.get("authors")
    authors = (
        [one.get("author", one) for one in listed if isinstance(one, dict)]
        if isinstance(listed, list)
        else ()
    )
    return _keys(authors)


@cache
def _authorities() -> ssl.SSLContext:
    """Read once: that takes a twentieth of a second, in which nobody is heard."""
    return httpx.create_ssl_context(trust_env=False)


def _keys(listed: object) -> Iterator[str]:
    keys = (one.get("key") for one in listed if isinstance(one, dict)) if isinstance(listed, Sequence) else ()
    return (key for key in keys if isinstance(key, str) and KEY.fullmatch(key))


def _texts(listed: object) -> Iterator[str]:
    """The texts of a list, on one line each."""
    texts = (one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    return (text for one in texts if (text := " ".join(one.split())[:LONGEST].strip()))


def _title(edition: Json) -> str:
    title, subtitle = (next(_texts([edition.get(name)]), "") for name in ("title", "subtitle"))
    if not title:
        raise NotAnswered("no title")
    return f"{title} : {subtitle}"[:LONGEST] if subtitle else title


def _year(said: object) -> int | None:
    found = YEAR.search(said) if isinstance(said, str) else None
    return int(found[1]) if found else None


def _pages(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 < said <= MOST_PAGES else None
