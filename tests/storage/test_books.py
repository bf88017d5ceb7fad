"""What a library told is asked for once, and what somebody was shown stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import books
from storage.books import KEPT, KEPT_UNFOUND, Book
from storage.database import Transaction
from tests.fakes.clock import NOON
from tests.storage.box import Box

ISBN = "9782070612758"
FOX = Book("Le renard bleu", "Rémi Inventé", "Éditions du Pupitre", 2019, 240)


@pytest.mark.parametrize(("found", "kept"), [(FOX, KEPT), (Book("Sans auteur"), KEPT), (None, KEPT_UNFOUND)])
async def test_it_is_looked_up_again_when_it_was_long_ago(
    box: Box, found: Book | None, kept: timedelta
) -> None:
    async def due(after: timedelta) -> bool:
        return await box.do(lambda tx: books.is_due(tx, ISBN, NOON + after))

    assert await due(timedelta())
    await box.do(lambda tx: books.keep(tx, ISBN, found, NOON))
    assert await box.do(lambda tx: books.by_isbn(tx, ISBN)) == found
    assert [await due(after) for after in (timedelta(), kept - timedelta(1e-3), kept)] == [False, False, True]


async def test_a_library_out_of_order_takes_nothing_away(box: Box) -> None:
    def twice(tx: Transaction) -> Book | None:
        books.keep(tx, ISBN, FOX, NOON)
        books.keep(tx, ISBN, None, NOON + KEPT)
        return books.by_isbn(tx, ISBN)

    assert await box.do(twice) == FOX
