"""How the time that some work takes grows with what it is given."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence

TIMES = 10
"""How much larger the large text is."""
MOST = 40.0
"""The most that the time may grow by: ten times where it is linear, a hundred where it goes with the square."""
LEAST = 0.007
"""Seconds: what takes less is measured no more exactly than that."""
TRIES = 5
"""At most, where it seems to grow by more. The quickest counts: a busy machine makes nothing quicker."""


def growth(work: Callable[[str], object], piece: str, size: int, begin: str = "") -> float:
    """By how much the processor's time grows from a tenth of that many characters to all of them."""
    small, large = (begin + piece * (length // len(piece)) for length in (size // TIMES, size))
    tries: list[tuple[float, float]] = []
    while not tries or (_grown(tries) >= MOST and len(tries) < TRIES):
        tries.append((_seconds(work, small), _seconds(work, large)))
    return _grown(tries)


def _grown(tries: Sequence[tuple[float, float]]) -> float:
    return min(large for _, large in tries) / max(min(small for small, _ in tries), LEAST)


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    begun = time.process_time()
    try:
        work(text)
        return time.process_time() - begun
    finally:
        gc.enable()
