"""Why somebody is sent no reminder: in which order the reasons count, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ORDER: Final = (
    "left",
    "declared",
    "said-nothing",
    "other-standing",
    "complete",
    "stopped",
    "unwanted",
    "unreachable",
    "merged",
    "enough",
)
"""What is recorded as decided, forecast, and said afterwards; the first that holds."""


def first(holds: Mapping[str, object]) -> str | None:
    """The one that counts of those that hold."""
    return next((reason for reason in ORDER if holds.get(reason)), None)
