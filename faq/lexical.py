"""Lexical: how the words of a question resemble those of each entry. Pure: no I/O, no clock."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from faq.entry import Entry, Language, Wording
from faq.postings import Alternatives, Postings
from faq.text import light_words, normalise, stem

LIKENESS: Final = 0.8
"""From here on an unknown word is taken for a misspelling of a known one."""
SHORTEST: Final = 4
"""Shorter words are as written: `mai` is not a misspelling of `ma`."""
NEAREST: Final = 3
"""How many wordings of an entry speak for it."""
FAMILIAR: Final = 2
"""In how many of its wordings an entry has a word that it fully knows."""
FOREIGN: Final = 0.95
"""What a wording in another language than the person's counts for: it decides ties, no more."""
CLEARLY: Final = 0.1
"""By how much an entry's own wording must be nearer than a near miss not to suffer from it."""


@dataclass(frozen=True, slots=True)
class Signals:
    """How one entry resembles a question, by five measures that err in different ways."""

    letters: float
    """0..1: trigrams in common with the nearest wording; forgives spelling."""
    held: float
    """0..1: how much of the nearest wordings the question holds; forgives long messages."""
    known: float
    """0..1: how much of the question the wordings know; doubts what is about something else."""
    telling: float
    """Log odds of the question's words in this entry over all others; doubts what several entries share."""
    near_miss: float
    """0..1: how near a near miss is, beside the nearest wording; doubts like words about something else."""


WEIGHTS: Final = Signals(letters=2.2, held=7.0, known=3.9, telling=0.7, near_miss=-5.9)
BIAS: Final = -8.0
"""Logistic regression over pairs of question and entry; the bias is moved so that it is safe to answer from
a half on. To be fitted again when the entries grow."""


_signals = attrgetter(*(signal.name for signal in fields(WEIGHTS)))
_WEIGHTS: Final[tuple[float, ...]] = _signals(WEIGHTS)


def score(signals: Signals) -> float:
    """0..1: how likely an entry with these signals is the right one."""
    told = sum(weight * signal for weight, signal in zip(_WEIGHTS, _signals(signals), strict=True))
    return 1 / (1 + math.exp(-BIAS - told))


@dataclass(frozen=True, slots=True)
class _Line:
    """A wording, a title or a near miss of the entry with that number."""

    entry: int
    near_miss: bool
    language: Language
    words: frozenset[str]
    trigrams: frozenset[str]


class Lexical:
    """An index over the wordings of all entries, built once; a question changes nothing in it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        entries = tuple(entries)
        self.ids = tuple(entry.id for entry in entries)
        self._verbatim = _verbatim(entries)
        self._lines = tuple(line for number, entry in enumerate(entries) for line in _lines(number, entry))
        self._words = Postings([line.words for line in self._lines], frozenset(map(stem, light_words())))
        self._trigrams = Postings([line.trigrams for line in self._lines])
        self._vocabulary = tuple(self._words.count)
        self._own = [_speaking_for(number, self._lines) for number in range(len(entries))]
        self._even = [1.0] * len(self._lines)
        self._fluency: Mapping[str, list[float]] = {known: self._fluency_in(known) for known in Language}
        self._counts = [Counter(word for at in own for word in self._lines[at].words) for own in self._own]
        self._odds = [self._log_odds(number) for number in range(len(entries))]

    def scores(self, question: str, language: str | None = None) -> dict[str, float]:
        """Entry id → 0..1. A wording or title word for word is right (1), a near miss wrong (0)."""
        scored = {entry: score(signals) for entry, signals in self.signals(question, language).items()}
        return scored | self._verbatim.get(normalise(question), {})

    def signals(self, question: str, language: str | None = None) -> dict[str, Signals]:
        """Entry id → its signals; `language` is the person's, if known."""
        plain = normalise(question)
        fluency = self._fluency.get(language or "", self._even)
        words = {word: self._alternatives(word) for word in sorted(_words(plain))}
        letters = _products(self._letters(_trigrams(plain)), fluency)
        held = _products(self._held(words.values()), fluency)
        misses = [near for near, line in zip(letters, self._lines, strict=True) if line.near_miss]
        nearest_miss = max(misses, default=0.0)
        return {
            entry: self._entry_signals(number, words, letters, held, nearest_miss)
            for number, entry in enumerate(self.ids)
        }

    def _entry_signals(
        self,
        number: int,
        words: Mapping[str, Alternatives],
        letters: Sequence[float],
        held: Sequence[float],
        nearest_miss: float,
    ) -> Signals:
        own = self._own[number]
        nearest = max(letters[at] for at in own)
        return Signals(
            letters=nearest,
            held=sum(heapq.nlargest(NEAREST, (held[at] for at in own))) / NEAREST,
            known=self._known(number, words),
            telling=self._telling(number, words.values()),
            near_miss=max(0.0, nearest_miss + CLEARLY - nearest),
        )

    def _fluency_in(self, language: Language) -> list[float]:
        return [1.0 if line.language == language else FOREIGN for line in self._lines]

    def _alternatives(self, word: str) -> Alternatives:
        if word in self._words.count:
            return ((word, 1.0),)
        if len(word) < SHORTEST:
            return ()
        found = process.extract(
            word, self._vocabulary, scorer=Indel.normalized_similarity, score_cutoff=LIKENESS, limit=NEAREST
        )
        return tuple((known, likeness) for known, likeness, _ in found)

    def _letters(self, trigrams: frozenset[str]) -> list[float]:
        """Cosine of the trigrams with those of each line."""
        norm = self._trigrams.norm(sorted(trigrams))
        overlaps = self._trigrams.overlaps(((one, 1.0),) for one in sorted(trigrams))
        return [shared / norm / own for shared, own in zip(overlaps, self._trigrams.norms, strict=True)]

    def _held(self, words: Iterable[Alternatives]) -> list[float]:
        """The share of each line's weight that the words hold; a line of little weight is easily held."""
        overlaps = zip(self._words.overlaps(words), self._words.norms, strict=True)
        return [shared / norm**2 * min(1.0, norm) for shared, norm in overlaps]

    def _known(self, number: int, words: Mapping[str, Alternatives]) -> float:
        counts = self._counts[number]
        known = total = 0.0
        for word, alternatives in words.items():
            weight = max(self._words.weight(one) for one, _ in alternatives or ((word, 1.0),))
            familiar = (likeness * min(1.0, counts[one] / FAMILIAR) for one, likeness in alternatives)
            known += weight * max(familiar, default=0.0)
            total += weight
        return known / (total or 1.0)

    def _telling(self, number: int, words: Iterable[Alternatives]) -> float:
        odds = self._odds[number]
        told = [[odds[one] * likeness for one, likeness in alternatives] for alternatives in words]
        return sum(max(tellings, key=abs, default=0.0) for tellings in told) / math.sqrt(max(4, len(told)))

    def _log_odds(self, number: int) -> dict[str, float]:
        counts, own, everything = self._counts[number], len(self._own[number]), len(self._lines)
        return {
            word: math.log((counts[word] + 0.5) / (own + 1))
            - math.log((count - counts[word] + 0.5) / (everything - own + 1))
            for word, count in self._words.count.items()
        }


def _verbatim(entries: Iterable[Entry]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for entry in entries:
        for wording in entry.unlike:
            found.setdefault(normalise(wording.text), {})[entry.id] = 0.0
        for wording in (*_titles(entry), *entry.wordings):
            found.setdefault(normalise(wording.text), {})[entry.id] = 1.0
    return found


def _titles(entry: Entry) -> list[Wording]:
    return [Wording(answer.language, answer.title) for answer in entry.answers]


def _lines(number: int, entry: Entry) -> Iterator[_Line]:
    for wording in (*_titles(entry), *entry.wordings):
        yield _line(number, wording, near_miss=False)
    for wording in entry.unlike:
        yield _line(number, wording, near_miss=True)


def _line(number: int, wording: Wording, *, near_miss: bool) -> _Line:
    plain = normalise(wording.text)
    return _Line(number, near_miss, wording.language, _words(plain), _trigrams(plain))


def _speaking_for(number: int, lines: Iterable[_Line]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.entry == number and not line.near_miss]


def _products(left: Iterable[float], right: Iterable[float]) -> list[float]:
    return [one * other for one, other in zip(left, right, strict=True)]


def _words(plain: str) -> frozenset[str]:
    return frozenset(stem(word) for word in plain.split() if len(word) > 1)


def _trigrams(plain: str) -> frozenset[str]:
    light = light_words()
    padded = [f" {word} " for word in plain.split() if word not in light]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))
