"""What letters said, forgotten once it is of no more use: a secret need not lie about where it was sent from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from storage.database import Transaction
from storage.states import LetterState
from storage.tables import letter


def wipe(tx: Transaction, keys: Sequence[str]) -> None:
    """Empties the letters with these keys; one that has not left yet never does."""
    if not keys:
        return
    those = letter.c.key.in_(keys)
    waiting = update(letter).where(those, letter.c.state == LetterState.WAITING)
    tx.execute(waiting.values(state=LetterState.SKIPPED, reason="of no more use"))
    tx.execute(update(letter).where(those, letter.c.state != LetterState.STARTED).values(html="", buttons=[]))
