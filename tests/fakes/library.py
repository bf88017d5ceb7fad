"""A library on this machine that speaks Open Library's JSON, in the shapes that its API gives; it may misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

ISBN, BY_WORK, MERGED, BARE = "9782070612758", "9782764429518", "9782897742898", "9782923342139"
AUTHOR, OTHER, OLD = "/authors/OL31901A", "/authors/OL9388A", "/authors/OL7115219A"
WORK = "/works/OL10263W"


def edition(number: int, isbn: str, **more: Any) -> Json:
    """An edition as it is given, with what we do not read."""
    return {
        "type": {"key": "/type/edition"},
        "key": f"/books/OL{number}M",
        "isbn_13": [isbn],
        "covers": [10_708_272],
        "languages": [{"key": "/languages/fre"}],
        "source_records": ["promise:bwb_daily_pallets_2022-03-17"],
        "latest_revision": 7,
        "revision": 7,
        "created": {"type": "/type/datetime", "value": "2008-04-30T09:38:13.731961"},
        "last_modified": {"type": "/type/datetime", "value": "2023-01-13T04:58:40.217345"},
    } | more


def author(key: str, name: str) -> Json:
    return {
        "type": {"key": "/type/author"},
        "key": key,
        "name": name,
        "personal_name": name,
        "birth_date": "29 June 1900",
        "remote_ids": {"viaf": "12344"},
        "latest_revision": 40,
        "revision": 40,
    }


THINGS: Mapping[str, Json] = {
    f"/isbn/{ISBN}": edition(
        1,
        ISBN,
        title="Le petit prince",
        authors=[{"key": AUTHOR}],
        publishers=["Gallimard", "Gallimard Jeunesse"],
        publish_date="Mar 15, 2007",
        number_of_pages=96,
        works=[{"key": WORK}],
    ),
    f"/isbn/{BY_WORK}": edition(
        2,
        BY_WORK,
        title="La  cabane\ndu lac",
        subtitle="roman",
        publishers=[" Éditions du Pupitre "],
        publish_date="2015?",
        number_of_pages="240",
        works=[{"key": WORK}],
    ),
    f"/isbn/{MERGED}": edition(3, MERGED, title="Deux voix", authors=[{"key": OLD}, {"key": OTHER}]),
    f"/isbn/{BARE}": edition(
        4, BARE, title="Sans rien", publish_date="no date", number_of_pages=0, authors="?"
    ),
    AUTHOR: author(AUTHOR, "Antoine de Saint-Exupéry"),
    OTHER: author(OTHER, "Rémi Inventé"),
    OLD: {"type": {"key": "/type/redirect"}, "key": OLD, "location": AUTHOR, "revision": 2},
    WORK: {
        "type": {"key": "/type/work"},
        "key": WORK,
        "title": "Le petit prince",
        "authors": [{"type": {"key": "/type/author_role"}, "author": {"key": AUTHOR}}],
        "description": {"type": "/type/text", "value": "A pilot stranded in the desert…"},
    },
}


@dataclass(slots=True)
class FakeLibrary:
    """What it was asked, and how it answers next."""

    url: str = ""
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    """Paths and headers."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """Answers in the place of its own, by the beginning of the path."""

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.headers)))
        path = request.path.removesuffix(".json")
        for beginning, misbehaves in self.answers.items():
            if path.startswith(beginning):
                return await misbehaves(request)
        by_number = path.startswith("/isbn/") and path in THINGS
        if by_number:  # as the real one: an edition stands elsewhere in the same house
            raise web.HTTPFound(f"{THINGS[path]['key']}.json")
        things = {thing["key"]: thing for thing in THINGS.values()}
        if path in things:
            return web.json_response(things[path])
        return web.json_response({"error": "notfound", "key": path}, status=404)


async def is_slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    raise AssertionError


async def is_huge(request: web.Request) -> web.StreamResponse:
    """A book that never ends."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b'{"title": "')
    while True:
        await response.write(b"a" * 65_536)


async def drips(request: web.Request) -> web.StreamResponse:
    """Always a little more, so that no single wait is long."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.01)


def says(body: str, status: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=body, status=status)

    return answer


def leads_to(place: str) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": place})

    return answer


async def hangs_up(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


@asynccontextmanager
async def running_library() -> AsyncIterator[FakeLibrary]:
    """It answers within the block."""
    library = FakeLibrary()
    app = web.Application()
    app.router.add_get("/{path:.*}", library.answer)
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    library.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield library
    finally:
        await runner.cleanup()
