"""The brakes of a campaign, which everybody who sees to it uses by the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from storage import campaigns
from storage.database import Transaction

Brake = Callable[[Transaction, int, datetime], bool]
"""Put on the campaign with this id, or taken off; False: it did not stand so that it could be."""

BRAKES: Final[Mapping[str, Brake]] = {
    "pause": lambda tx, number, _now: campaigns.pause(tx, number),
    "resume": lambda tx, number, _now: campaigns.resume(tx, number),
    "cancel": campaigns.cancel,
}
