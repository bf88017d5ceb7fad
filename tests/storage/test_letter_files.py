"""Files wait with their letters, leave with them, and are deleted with them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, func, select

from bot.messages import File
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.tables import letter, letter_file
from tests.storage.box import LEASE, SECOND, Box, page, to

LIST = File("personnel.csv", "text/csv", b"nom;courriel\n")
CHART = File("graphique.png", "image/png", bytes(range(256)))


def carrying(address: str, *files: File, key: str | None = None) -> NewLetter:
    return to(address, page=replace(page("Voici."), files=files), key=key)


def count(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(letter_file)).scalar_one()


async def test_a_letter_comes_out_with_its_files_in_their_order(box: Box) -> None:
    assert (await box.put(to("bo"), carrying("ana", LIST, CHART), to("cy"))).new == 3
    letters = {one.address: one.page.files for one in (await box.claim()).letters}
    assert letters == {"bo": (), "ana": (LIST, CHART), "cy": ()}


async def test_a_reply_at_hand_has_them_and_so_has_whoever_takes_it_over(box: Box) -> None:
    [mine] = (await box.put_at_hand(carrying("ana", LIST))).claimed
    assert mine.page.files == (LIST,)
    box.now += LEASE + SECOND
    assert (await box.the_one("two")).page.files == (LIST,)


async def test_a_key_that_is_taken_takes_no_files(box: Box) -> None:
    assert (await box.put(carrying("ana", LIST, key="k"), carrying("ana", CHART, key="k"))).new == 1
    assert (await box.put_at_hand(carrying("ana", CHART, key="k"))).new == 0
    assert await box.do(count) == 1


async def test_a_letter_that_is_deleted_takes_them_along(box: Box) -> None:
    await box.put(carrying("ana", LIST))
    await box.do(lambda tx: tx.execute(delete(letter)))
    assert await box.do(count) == 0
