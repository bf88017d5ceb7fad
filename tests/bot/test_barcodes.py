"""The number of a book is read from a picture as people take them, and nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from time import monotonic

import pytest
from PIL import Image

from bot.barcodes import MOST_SCANS, START_OF_SCAN, TooLarge, isbn_in
from tests.pictures import STRAIGHT, Shot, code, nothing, paste, photographed, written

BOOK = "9782070612758"
OTHER_BOOK = "9782764429518"
GROCERIES = "3017620422003"
SECONDS = 20.0

SHOTS = {
    "straight": Shot(),
    **{f"turned by {angle}": Shot(angle) for angle in range(15, 360, 15)},
    "small": Shot(scale=1),
    "as Telegram shrinks it": Shot(7, scale=2, size=(1280, 960), quality=60),
    "from far": Shot(scale=2, size=(3000, 2000)),
    "as large as telephones take": Shot(4, scale=6, size=(4032, 3024)),
    "a little out of focus": Shot(3, blur=1.5, scale=3),
    "close and out of focus": Shot(3, blur=2.0, scale=4),
    "light on dark": Shot(inverted=True),
    "in the shade": Shot(5, shade=170),
    "badly compressed": Shot(2, quality=15),
    "with the price beside": Shot(add_on="51999"),
    "turned, with the price beside": Shot(35, add_on="51999"),
    "as PNG": Shot(format="PNG"),
    "as WEBP": Shot(format="WEBP"),
    **{f"telephone held {exif}": Shot(8, exif=exif) for exif in (3, 6, 8)},
}


@pytest.mark.parametrize("shot", SHOTS.values(), ids=SHOTS)
def test_a_book_is_known_by_its_bar_code_however_the_picture_was_taken(shot: Shot) -> None:
    assert isbn_in(photographed(BOOK, shot), SECONDS) == BOOK


def test_the_code_alone_without_any_margin_is_read() -> None:
    assert isbn_in(written(code(BOOK), replace(STRAIGHT, format="PNG")), SECONDS) == BOOK


def test_a_drawing_on_nothing_is_read() -> None:
    bars = code(BOOK)
    drawn = Image.new("RGBA", bars.size, (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), mask=bars.point(lambda grey: 255 - grey))
    made = BytesIO()
    drawn.save(made, "PNG")
    assert isbn_in(made.getvalue(), SECONDS) == BOOK


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        ((GROCERIES,), None),
        ((GROCERIES, BOOK), BOOK),
        ((BOOK, GROCERIES), BOOK),
        (("9770317847001", OTHER_BOOK), OTHER_BOOK),
        (("9770317847001",), "03178471"),
        (("9790260000438",), "9790260000438"),
    ],
)
def test_of_several_codes_that_of_a_book_counts(numbers: tuple[str, ...], read: str | None) -> None:
    scene = Image.new("L", (1200, 400 * len(numbers)), 200)
    for place, number in enumerate(numbers):
        paste(scene, number, STRAIGHT, (600, 200 + 400 * place))
    assert isbn_in(written(scene), SECONDS) == read


def test_a_picture_without_a_code_has_no_number() -> None:
    assert isbn_in(nothing(), SECONDS) is None
    assert isbn_in(photographed(BOOK, Shot(blur=9)), SECONDS) is None


def test_no_further_look_is_taken_once_the_time_is_over() -> None:
    started = monotonic()
    assert isbn_in(photographed(BOOK, Shot(45)), 0) is None
    assert monotonic() - started < 1


def bomb(size: tuple[int, int], mode: str = "1") -> bytes:
    made = BytesIO()
    Image.new(mode, size).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bomb((12_000, 12_000)), id="144 million pixels in a few kB"),
        pytest.param(bomb((30_000, 10_000)), id="past what Pillow itself takes"),
        pytest.param(photographed(BOOK) + START_OF_SCAN * MOST_SCANS, id="thousands of scans"),
    ],
)
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(content: bytes) -> None:
    with pytest.raises(TooLarge):
        isbn_in(content, SECONDS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0",
        photographed(BOOK)[:2_000],
        photographed(BOOK, Shot(format="PNG"))[:2_000],
        b"GIF89a" + bytes(40),
    ],
    ids=["empty", "a PDF", "a beginning of a JPEG", "half a JPEG", "half a PNG", "a GIF"],
)
def test_what_is_no_picture_says_so(content: bytes) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - what Pillow and the system call it
        isbn_in(content, SECONDS)
