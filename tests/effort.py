"""How the time that some work takes grows with what it is given."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 10
"""How much larger the large text is."""
MOST = 40.0
"""The most that the time may grow by: ten times where it is linear, a hundred where it goes with the square."""
LEAST = 0.007
"""Seconds: what takes less is measured no more exactly than that."""
TRIES = 3
"""The quickest counts: a busy machine makes anything slower, nothing quicker."""


def growth(work: Callable[[str], object], piece: str, size: int, begin: str = "") -> float:
    """By how much the processor's time grows from a tenth of that many characters to all of them."""
    small, large = (begin + piece * (length // len(piece)) for length in (size // TIMES, size))
    return _seconds(work, large) / max(_seconds(work, small), LEAST)


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        return min(_once(work, text) for _ in range(TRIES))
    finally:
        gc.enable()


def _once(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun
