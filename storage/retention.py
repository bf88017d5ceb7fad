"""How long mail that is done with leaves something behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage import parked, volumes
from storage.database import Transaction

PARKED: Final = timedelta(days=14)
"""How long a mail that was put aside is kept, with its bytes."""
COUNTED: Final = timedelta(days=2)
"""How long it is known when a machine answered whom; longer than any limit looks back."""


def forget_mail(tx: Transaction, now: datetime) -> None:
    """Deletes what has been kept as long as that."""
    parked.forget(tx, now - PARKED)
    volumes.forget(tx, now - COUNTED)
