"""A book is described by a library that only learns its number, and no misbehaviour of the library's reaches us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from time import monotonic

import pytest

from bot.lookup import AGENT, OpenLibrary
from storage.books import Book
from tests.fakes.library import (
    AUTHOR,
    BARE,
    BY_WORK,
    ISBN,
    MERGED,
    Answer,
    FakeLibrary,
    drips,
    hangs_up,
    is_huge,
    is_slow,
    leads_to,
    running_library,
    says,
)

PATIENCE = timedelta(seconds=30)
SHORT = timedelta(seconds=1)


@pytest.fixture
async def library() -> AsyncIterator[FakeLibrary]:
    async with running_library() as library:
        yield library


async def find(library: FakeLibrary, isbn: str = ISBN, within: timedelta = PATIENCE) -> Book | None:
    return await OpenLibrary(f"{library.url}/", within).find(isbn)


@pytest.mark.parametrize(
    ("isbn", "book"),
    [
        (ISBN, Book("Le petit prince", "Antoine de Saint-Exupéry", "Gallimard", 2007, 96)),
        (BY_WORK, Book("La cabane du lac : roman", "Antoine de Saint-Exupéry", "Éditions du Pupitre", 2015)),
        (MERGED, Book("Deux voix", "Antoine de Saint-Exupéry, Rémi Inventé")),
        (BARE, Book("Sans rien")),
        ("9782923342993", None),
    ],
)
async def test_a_book_is_described_as_far_as_the_library_does(
    library: FakeLibrary, isbn: str, book: Book | None
) -> None:
    assert await find(library, isbn) == book


async def test_only_the_number_leaves(library: FakeLibrary) -> None:
    await find(library)
    assert library.paths == [f"/isbn/{ISBN}.json", "/books/OL1M.json", f"{AUTHOR}.json"]
    headers = [headers for _, headers in library.asked]
    assert {one["User-Agent"] for one in headers} == {AGENT}
    assert {name for one in headers for name in one} == {
        "Host",
        "Accept",
        "Accept-Encoding",
        "Connection",
        "User-Agent",
    }


@pytest.mark.parametrize("where", ["/isbn", "/books", "/authors"])
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(is_slow, id="slow"),
        pytest.param(drips, id="a drop at a time"),
        pytest.param(is_huge, id="huge"),
        pytest.param(hangs_up, id="hangs up"),
        pytest.param(says("<html>down for maintenance</html>"), id="HTML"),
        pytest.param(says('{"title": "Le pet'), id="cut off"),
        pytest.param(says("[" * 100_000), id="nested without end"),
        pytest.param(says("[]"), id="no object"),
        pytest.param(says("\ufeff"), id="nothing"),
        pytest.param(says("{}", 500), id="out of order"),
        pytest.param(says("{}", 429), id="too many"),
        pytest.param(leads_to("/isbn/1.json"), id="round in circles"),
        pytest.param(leads_to("http://ailleurs.invalid/isbn/1.json"), id="elsewhere"),
        pytest.param(leads_to("http://127.0.0.1:9/isbn/1.json"), id="to another port"),
        pytest.param(leads_to("file:///etc/passwd"), id="to a file"),
        pytest.param(leads_to("http://[::1"), id="to no address"),
    ],
)
async def test_a_library_that_misbehaves_knows_no_book(
    library: FakeLibrary, answer: Answer, where: str
) -> None:
    library.answers[where] = answer
    began = monotonic()
    assert await find(library, within=SHORT) is None
    assert monotonic() - began < PATIENCE.total_seconds()
    assert len(library.asked) <= 8


@pytest.mark.parametrize(
    "body",
    ['{"title": 5}', '{"title": "  "}', '{"title": null, "publishers": ["a"]}', '{"titles": ["a"]}'],
)
async def test_a_book_without_a_title_is_none(library: FakeLibrary, body: str) -> None:
    library.answers["/books"] = says(body)
    assert await find(library) is None


@pytest.mark.parametrize(
    "body",
    [
        '{"title": "T", "authors": [{"key": "/authors/../../admin"}, 5, null, {"key": 7}], "works": {"key": 1}}',
        '{"title": "T", "authors": {}, "publishers": "P", "publish_date": 2007, "number_of_pages": true}',
        '{"title": "T", "number_of_pages": 1e9, "publishers": [5, {}], "works": [{"key": "http://x"}]}',
    ],
)
async def test_parts_that_are_not_as_they_should_be_are_left_out(library: FakeLibrary, body: str) -> None:
    library.answers["/books"] = says(body)
    assert await find(library) == Book("T")
    assert len(library.asked) == 2


async def test_nobody_there_is_no_answer() -> None:
    assert await OpenLibrary("http://127.0.0.1:9", PATIENCE).find(ISBN) is None
