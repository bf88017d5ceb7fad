"""Memory: what is dear to work out (vectors, what was learnt), kept between starts in one file that may be lost."""

from __future__ import annotations

import contextlib
import tempfile
import zlib
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from faq.meaning import SIZE, Encode, Vectors
from faq.ridge import Ridge

FORM: Final = 1
"""Raised whenever the way of learning changes: what older releases learnt is learnt anew."""
UNREADABLE: Final = (OSError, ValueError, KeyError, EOFError, RuntimeError, BadZipFile, zlib.error)
"""What the reading of a damaged file ends with, found by damaging one."""


class Memory:
    """Recalls what it has seen before. Without a file it remembers while it lives."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._vectors: dict[int, NDArray[np.float16]] = {}
        self._lesson = 0
        self._ridge: Ridge | None = None
        self._read()

    def vectors(self, lines: Sequence[str], encode: Encode) -> Vectors:
        """The vector of each line; only new lines are encoded."""
        keys = [_key(line) for line in lines]
        new = {key: line for key, line in zip(keys, lines, strict=True) if key not in self._vectors}
        if new:
            self._vectors |= zip(new, encode(list(new.values())).astype(np.float16), strict=True)
        self._vectors = {key: self._vectors[key] for key in keys}
        return np.stack([self._vectors[key] for key in keys]).astype(np.float32)

    def ridge(
        self, lines: Sequence[str], labels: Sequence[int], learn: Callable[[], Ridge], *, meaning: bool
    ) -> Ridge:
        """What is learnt from these lines, with their meaning or without; the same is not learnt twice in a row."""
        lesson = _key(f"{FORM} {meaning} {[*zip(lines, labels, strict=True)]}")
        if self._ridge is None or lesson != self._lesson:
            self._lesson, self._ridge = lesson, learn()
            self._write()
        return self._ridge

    def _read(self) -> None:
        if self._file is None:
            return
        # Opened here, for numpy leaves open what it cannot read.
        with (
            contextlib.suppress(*UNREADABLE),
            self._file.open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            vectors = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
            ridge = Ridge(kept["weights"], kept["common"])
            self._vectors, self._ridge, self._lesson = vectors, ridge, int(kept["lesson"])

    def _write(self) -> None:
        """Replaces the file whole; where that is not allowed, the next start is slower and nothing else."""
        if self._file is None or self._ridge is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._file.parent, prefix=".") as aside:
                new = Path(aside) / self._file.name
                np.savez(
                    new,
                    keys=np.array(list(self._vectors), np.uint64),
                    vectors=np.array(list(self._vectors.values()), np.float16).reshape(-1, SIZE),
                    weights=self._ridge.weights,
                    common=self._ridge.common,
                    lesson=np.uint64(self._lesson),
                )
                new.replace(self._file)


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
