"""`python -m tests.bench_matching [FILE.tsv]`: the matcher beside simpler ones, on labelled questions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from faq.entry import Language
from faq.grams import Grams, letters, stems
from faq.labelled import Labelled, read_labelled
from faq.loader import load_entries
from faq.matcher import Matcher
from faq.meaning import load_encoder
from faq.subject import Kind, Subject, load_topics, subject_of
from faq.text import normalise

OWN = Path(__file__).parent / "faq" / "questions.tsv"

Ranking: TypeAlias = Callable[[str], Mapping[str, float]]
"""Entry id → how near, for a question."""


def nearest(lines: Sequence[tuple[str, str]], likeness: Callable[[str], Iterable[float]]) -> Ranking:
    """The best line of each entry speaks for it."""

    def ranked(question: str) -> Mapping[str, float]:
        best: dict[str, float] = {}
        for (entry, _), near in zip(lines, likeness(question), strict=True):
            best[entry] = max(near, best.get(entry, 0.0))
        return best

    return ranked


def learnt(matcher: Matcher, *, vectors: bool) -> Ranking:
    """The matcher's own scores, of entries alone."""

    def ranked(question: str) -> Mapping[str, float]:
        found = matcher.vectors([question]) if vectors else None
        scores = matcher.scores(question, None if found is None else found[0])
        return {subject.id: score for subject, score in scores.items() if subject.kind is Kind.ENTRY}

    return ranked


def rankings() -> Mapping[str, Ranking]:
    """Each way to rank the entries, by its name in docs/matching.md."""
    subjects = [*map(subject_of, load_entries()), *load_topics()]
    entries = [subject for subject in subjects if subject.kind is Kind.ENTRY]
    lines = [(subject.id, wording.text) for subject in entries for wording in subject.wordings]
    texts = [text for _, text in lines]
    plain = [normalise(text) for text in texts]
    grams, words = Grams(plain, letters, 2), Grams(plain, stems)
    encode = load_encoder()
    if encode is None:
        sys.exit("the encoder's package is missing: see docs/matching.md")
    vectors = encode(texts)
    return {
        "rapidfuzz alone (token set ratio, nearest wording)": nearest(
            lines,
            lambda question: process.cdist([normalise(question)], plain, scorer=fuzz.token_set_ratio)[0],
        ),
        "TF-IDF alone (letters and words, nearest wording)": nearest(
            lines, lambda question: grams.likeness(normalise(question)) + words.likeness(normalise(question))
        ),
        "encoder alone (nearest wording)": nearest(lines, lambda question: vectors @ encode([question])[0]),
        "TF-IDF alone, learnt (what runs without the encoder)": learnt(Matcher(subjects), vectors=False),
        "eight wordings an entry and language, both, learnt": learnt(
            Matcher(map(_fewer, subjects), encode), vectors=True
        ),
        "both, learnt (what runs)": learnt(Matcher(subjects, encode), vectors=True),
    }


def _fewer(subject: Subject) -> Subject:
    if subject.kind is not Kind.ENTRY:
        return subject
    own = {language: [one for one in subject.wordings if one.language is language] for language in Language}
    kept = (one for lines in own.values() for one in lines[:: max(1, len(lines) // 8)][:8])
    return Subject(subject.id, subject.kind, tuple(kept))


def measured(ranking: Ranking, asked: Iterable[Labelled]) -> tuple[float, float]:
    """The shares of questions whose entry is the first found, and among the first three."""
    found = []
    for one in asked:
        scores = ranking(one.question)
        first = sorted(scores, key=lambda entry: -scores[entry])[:3]
        found.append((first[0] in one.expected, not set(first).isdisjoint(one.expected)))
    top_1, top_3 = np.array(found).mean(axis=0).tolist()
    return top_1, top_3


def main(file: Path) -> None:
    """Prints the table."""
    asked = [one for one in read_labelled(str(file), file.read_bytes()) if one.expected]
    table = Table(
        "matcher", "top-1", "top-3", title=f"{file.name}: {len(asked)} questions that an entry answers"
    )
    for name, ranking in rankings().items():
        table.add_row(name, *(f"{share:.1%}" for share in measured(ranking, asked)))
    Console().print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else OWN)
