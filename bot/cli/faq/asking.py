"""`declic faq ask`: questions in, and what the knowledge base makes of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from bot.cli.faq.opening import open_edition
from bot.cli.told import OperatorsWording, operators_wording
from faq.edition import Edition
from faq.entry import UNKNOWN
from faq.guides import Guides
from faq.matcher import Match

LONGEST = 10_000
"""Characters that are looked at: more than any message that people write by hand."""


def lines_of(source: Iterable[bytes]) -> Iterator[str]:
    """Each line as text, whatever its bytes."""
    return (line.rstrip(b"\r\n").decode(errors="replace") for line in source)


def cleaned(question: str) -> str:
    """A question given as a word of the command, without what is no text in it."""
    return question.encode(errors="surrogateescape").decode(errors="replace")


def as_json(questions: Iterable[str]) -> Iterator[str]:
    """An object for each question, in order."""
    edition = open_edition()
    for question in questions:
        match = _matched(edition, question)
        candidates = [{"id": one.id, "score": round(one.score, 4)} for one in match.candidates]
        told = {"question": question, "outcome": match.outcome, "candidates": candidates}
        yield json.dumps(told, ensure_ascii=False)


def in_words(questions: Iterable[str], guides: Mapping[str, str]) -> Iterator[str]:
    """The outcome of each question, the candidates, and what would be answered to somebody unknown."""
    edition, wording = open_edition(), operators_wording()
    for question in questions:
        match = _matched(edition, question)
        yield f"{wording.told('cli/faq/asked', _data(edition, match, wording, guides)).text}\n"


def _matched(edition: Edition, question: str) -> Match:
    """What it is about; nothing says nothing."""
    return edition.matcher.match(question[:LONGEST]) if question.strip() else Match("unknown", ())


def _data(
    edition: Edition, match: Match, wording: OperatorsWording, guides: Mapping[str, str]
) -> dict[str, object]:
    entries = edition.entries
    titles = {id_: entry.answer(wording.language).title for id_, entry in entries.items()}
    near = [(one.id, titles.get(one.id), one.score * 100) for one in match.candidates]
    found = entries[match.candidates[0].id].answer(wording.language) if match.outcome == "answer" else None
    facts = {**UNKNOWN, "guide": Guides(guides)}
    text = wording.wording.source(found.text, wording.language, facts) if found else ""
    return {"outcome": match.outcome, "near": near, "answer": Markup(text)}  # noqa: S704 - rendered with escapes
