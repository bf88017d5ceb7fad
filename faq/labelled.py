"""Labelled: questions with the entries that answer them, one a line, to measure a matcher by or to build one from.

A line reads `expected⇥language⇥style⇥question`. What is expected is the id of an entry or of a wish, `a|b` when either
is right, or `none` when no entry answers it, as for small talk. The names of the columns may stand on the first line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from faq.entry import Language, Wording
from faq.sheet import Fault
from faq.subject import Kind, Subject

COLUMNS: Final = ("expected", "lang", "style", "question")
NONE: Final = "none"
OR: Final = "|"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question, and what should become of it."""

    line: int
    expected: tuple[str, ...]
    """The entries of which each is right; none when no entry answers it."""
    language: Language
    style: str
    """How it is written, such as `plain` or `sms`; any name will do."""
    question: str

    @property
    def label(self) -> str:
        """What is expected, as it stands in the file."""
        return OR.join(self.expected) or NONE


class LabelsFaulty(Exception):
    """The file does not read as labelled questions: correct each line named, then start again."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read_labelled(file: str, content: bytes, known: Container[str] | None = None) -> tuple[Labelled, ...]:
    """The questions of a file; empty lines are left out. Raises LabelsFaulty with every fault.

    With `known`, the ids that may be expected, any other is a fault.
    """
    faults: list[Fault] = []
    found: list[Labelled] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        columns = _columns(line)
        if not line.strip() or (number == 1 and columns == COLUMNS):
            continue
        flaws = tuple(_flaws(columns, known))
        faults += (Fault(file, number, flaw) for flaw in flaws)
        if not flaws:
            found.append(_labelled(number, columns))
    if not found and not faults:
        faults.append(Fault(file, 1, "holds no question"))
    if faults:
        raise LabelsFaulty(faults)
    return tuple(found)


def subjects_of(labelled: Iterable[Labelled]) -> tuple[Subject, ...]:
    """What a matcher learns from them: a subject a label; lines with two labels teach nothing certain."""
    wordings: dict[str, list[Wording]] = defaultdict(list)
    for one in labelled:
        if len(one.expected) < 2:
            wordings[one.label].append(Wording(one.language, one.question))
    return tuple(
        Subject(label, Kind.ELSEWHERE if label == NONE else Kind.ENTRY, tuple(said))
        for label, said in wordings.items()
    )


def _columns(line: bytes) -> tuple[str, ...] | None:
    """None for what is no text."""
    try:
        return tuple(column.strip() for column in line.decode().split("\t"))
    except UnicodeDecodeError:
        return None


def _flaws(columns: Sequence[str] | None, known: Container[str] | None) -> Iterator[str]:
    if columns is None:
        yield "is not UTF-8 text"
        return
    if len(columns) != len(COLUMNS):
        yield f"has {len(columns)} columns instead of {len(COLUMNS)}: {', '.join(COLUMNS)}"
        return
    expected, language, style, question = columns
    yield from _flaws_of_label(expected, known)
    if language not in tuple(Language):
        yield f"lang: {language!r} is not one of {', '.join(Language)}"
    yield from (f"{name}: is empty" for name, text in (("style", style), ("question", question)) if not text)


def _flaws_of_label(label: str, known: Container[str] | None) -> Iterator[str]:
    ids = label.split(OR)
    if label == NONE:
        return
    if NONE in ids:
        yield f"expected: {NONE!r} stands alone, not in {label!r}"
    if len(set(ids)) < len(ids):
        yield f"expected: {label!r} names one entry twice"
    unknown = (one for one in ids if one != NONE and (not one or (known is not None and one not in known)))
    yield from (f"expected: {one!r} is not the id of an entry" for one in unknown)


def _labelled(number: int, columns: Sequence[str] | None) -> Labelled:
    expected, language, style, question = columns or ()
    ids = () if expected == NONE else tuple(expected.split(OR))
    return Labelled(number, ids, Language(language), style, question)
