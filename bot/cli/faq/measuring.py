"""`declic faq eval` and `train-eval`: how well a matcher finds what labelled questions ask for."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from time import perf_counter

from bot.cli.faq.figures import as_data, in_words
from bot.cli.faq.opening import open_edition
from bot.cli.told import Told
from faq.evaluation import Tried, evaluate
from faq.labelled import Labelled, LabelsFaulty, read_labelled, subjects_of
from faq.loader import load_entries
from faq.matcher import Matcher
from faq.meaning import load_encoder
from faq.sheet import Fault
from faq.subject import Kind, load_topics


def measure(file: Path, *, as_json: bool) -> Told:
    """The knowledge base on a file; raises EntriesFaulty and LabelsFaulty."""
    wishes = (topic.id for topic in load_topics() if topic.kind is Kind.WISH)
    asked = _read(file, {*(entry.id for entry in load_entries()), *wishes})
    return _told(open_edition().matcher, asked, as_json=as_json)


def train_and_measure(train: Path, test: Path, *, as_json: bool) -> Told:
    """A matcher of the same make that has learnt one file, on another; raises LabelsFaulty."""
    subjects = subjects_of(_read(train))
    asked = _read(test, {subject.id for subject in subjects})
    return _told(Matcher(subjects, load_encoder()), asked, as_json=as_json)


def _read(file: Path, known: Container[str] | None = None) -> tuple[Labelled, ...]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise LabelsFaulty([Fault(str(file), 1, f"cannot be read: {error.strerror}")]) from error
    return read_labelled(str(file), content, known)


def _told(matcher: Matcher, asked: Iterable[Labelled], *, as_json: bool) -> Told:
    evaluation = evaluate(_tried(matcher, asked))
    return Told(json.dumps(as_data(evaluation), ensure_ascii=False)) if as_json else in_words(evaluation)


def _tried(matcher: Matcher, asked: Iterable[Labelled]) -> Iterator[Tried]:
    matcher.match("?a")  # What is loaded at the first question is no part of what a question takes.
    for one in asked:
        began = perf_counter()
        match = matcher.match(one.question)
        yield Tried(one, match, (perf_counter() - began) * 1000)
