"""What reading the bar code in a photo costs, and what finding none does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from bot.barcodes import isbn_in
from tests.pictures import Shot, nothing, photographed

BOOK = "9782070612758"
TIMES = 10
TELEGRAM, TELEPHONE = (1280, 960), (4032, 3024)
PHOTOS = {
    "a bar code by Telegram (1280 × 960)": photographed(BOOK, Shot(7, size=TELEGRAM)),
    "a bar code from a telephone (12 megapixels)": photographed(BOOK, Shot(7, scale=6, size=TELEPHONE)),
    "a bar code upside down and askew": photographed(BOOK, Shot(222, size=TELEGRAM)),
    "a picture without one (1280 × 960)": nothing(Shot(size=TELEGRAM)),
}
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    found: str
    aim: str = "300 ms"


def measured() -> Iterator[Figure]:
    """Milliseconds a photo, on a thread of its own in life."""
    for what, content in PHOTOS.items():
        isbn_in(content, PATIENCE)
        begun = time.perf_counter()
        for _ in range(TIMES):
            isbn_in(content, PATIENCE)
        yield Figure(what, f"{(time.perf_counter() - begun) / TIMES * 1000:,.0f} ms")
