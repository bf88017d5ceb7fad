"""A claim takes its letters from the head of the queue, however long that is and whatever is known of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, text

from bot.messages import Lane
from storage import order
from storage.database import Transaction, open_database
from tests.fakes.clock import NOON

LETTERS, LIMIT = 20_000, 8
_QUEUE = """INSERT INTO letter (channel, address, lane, strict, html, buttons, due)
    SELECT 'mail', n || '@fictif.invalid', :lane, true, '', '[]', CAST(:due AS timestamptz)
    FROM generate_series(1, :letters) AS n"""


def fill(tx: Transaction) -> None:
    """A queue of letters, each to another address, of which the server has statistics."""
    tx.execute(text(_QUEUE), {"lane": Lane.CAMPAIGN, "due": NOON, "letters": LETTERS})
    tx.execute(text("ANALYZE"))


def plan(tx: Transaction) -> str:
    """How PostgreSQL looks for the next letters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, words: str, given: object, *_more: object) -> None:
        asked.append((words, given))

    event.listen(tx, "before_cursor_execute", note)
    order.next_letters(tx, "mail", Lane.CAMPAIGN, LIMIT, NOON, NOON + timedelta(seconds=1), None)
    event.remove(tx, "before_cursor_execute", note)
    words, given = asked[-1]
    return "\n".join(tx.exec_driver_sql(f"EXPLAIN {words}", given).scalars())


async def test_the_queue_is_not_sorted_for_each_claim(postgres_url: str) -> None:
    database = open_database(postgres_url)
    await database.write(fill)
    told = await database.read(plan)
    await database.close()
    assert "Index Scan using ix_letter_queue on letter" in told
    assert "Sort" not in told
    # Where it expected to find one only, in all of the queue, sorting what it finds would cost it the same.
    assert f"rows={LIMIT} " in told.splitlines()[0]
