"""Memory: what is dear to work out (vectors, what was learnt), kept between starts in one file that may be lost."""

from __future__ import annotations

import contextlib
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from faq import grams, likeness, ridge
from faq.meaning import PACKAGE, SIZE, Encode, Vectors
from faq.ridge import Ridge

FORM: Final = 2
"""Raised whenever the way of learning changes: what older releases learnt is learnt anew."""
UNREADABLE: Final = (OSError, ValueError, KeyError, EOFError, RuntimeError, BadZipFile, zlib.error)
"""What the reading of a damaged file ends with, found by damaging one."""


class Memory:
    """Recalls what it has seen before. Without a file it remembers while it lives."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._vectors: dict[int, NDArray[np.float16]] = {}
        self._taught: dict[int, NDArray[np.float16]] = {}
        self._studied = 0
        self._ridge: Ridge | None = None
        self._read()

    def vectors(self, lines: Sequence[str], encode: Encode) -> Vectors:
        """The vector of each line; only new lines are encoded."""
        self._vectors = _recalled(self._vectors, lines, encode)
        return _stacked(self._vectors, lines)

    def taught(self, texts: Sequence[str], encode: Encode) -> Vectors:
        """The same for what operators taught, which is not kept in the file."""
        self._taught = _recalled(self._taught, texts, encode)
        return _stacked(self._taught, texts)

    def ridge(
        self, lines: Sequence[str], labels: Sequence[int], learn: Callable[[], Ridge], *, meaning: bool
    ) -> Ridge:
        """What is learnt from these lines, with their meaning or without; the same is not learnt twice in a row."""
        studied = _key(f"{_way_of_learning()} {meaning} {[*zip(lines, labels, strict=True)]}")
        if self._ridge is None or studied != self._studied:
            self._studied, self._ridge = studied, learn()
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
            learnt = Ridge(kept["weights"], kept["common"])
            self._vectors, self._ridge, self._studied = vectors, learnt, int(kept["studied"])

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
                    studied=np.uint64(self._studied),
                )
                new.replace(self._file)


def _recalled(
    before: Mapping[int, NDArray[np.float16]], lines: Sequence[str], encode: Encode
) -> dict[int, NDArray[np.float16]]:
    """The vectors of these lines and no others, each encoded once."""
    known = dict(before)
    new = {key: line for line in lines if (key := _vector_key(line)) not in known}
    if new:
        known |= zip(new, encode(list(new.values())).astype(np.float16), strict=True)
    return {key: known[key] for key in map(_vector_key, lines)}


def _stacked(vectors: Mapping[int, NDArray[np.float16]], lines: Sequence[str]) -> Vectors:
    return np.stack([vectors[_vector_key(line)] for line in lines]).astype(np.float32)


def _vector_key(line: str) -> int:
    return _key(f"{encoder_version()} {line}")


@cache
def encoder_version() -> str:
    """What else a vector depends on."""
    with contextlib.suppress(PackageNotFoundError):
        return version(PACKAGE)
    return ""


def _way_of_learning() -> str:
    """What else than the lines the outcome depends on."""
    words = _key((files("faq") / "words.toml").read_text("utf-8"))
    of_grams = grams.SHORTEST, grams.LONGEST
    of_likeness = likeness.WEIGHTS, likeness.SHARPNESS, likeness.RAREST
    of_ridge = ridge.STRICTNESS, ridge.EXACTNESS, ridge.ROUNDS
    return f"{FORM} {words} {encoder_version()} {of_grams} {of_likeness} {of_ridge}"


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
