"""The files that leave with letters: kept beside them while they may have to be sent again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from bot.messages import File
from storage.database import Transaction
from storage.tables import letter_file


def put(tx: Transaction, letter_id: int, files: Sequence[File]) -> None:
    """Keeps what leaves with a letter, in this order."""
    rows = [
        {
            "letter_id": letter_id,
            "position": position,
            "name": file.name,
            "media_type": file.media_type,
            "content": file.content,
        }
        for position, file in enumerate(files)
    ]
    if rows:
        tx.execute(insert(letter_file), rows)


def of_letter(tx: Transaction, letter_id: int) -> tuple[File, ...]:
    """What leaves with a letter; nothing once it is forgotten."""
    found = select(letter_file.c.name, letter_file.c.media_type, letter_file.c.content)
    rows = tx.execute(found.where(letter_file.c.letter_id == letter_id).order_by(letter_file.c.position))
    return tuple(File(row.name, row.media_type, row.content) for row in rows)
