"""Additions: what was taught, written as the files of the knowledge base have it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from faq.entry import Answer, Entry, Language
from faq.sheet import Sheet

OPENING: Final = re.compile(rb"wordings[ \t]*=[ \t]*('''|\"\"\")")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What TOML does not take; no person writes it."""


def with_wording(content: bytes, language: Language, wording: str) -> bytes | None:
    """An entry file with one more wording at the end of those of a language, all other bytes as they were.

    None where the file does not hold that language's wordings between triple quotes.
    """
    place = _place(content, language)
    if place is None:
        return None
    at, quotes = place
    end = b"\r\n" if b"\r\n" in content else b"\n"
    line = _within(one_line(wording), quotes).encode()
    before = b"" if content[:at].endswith(b"\n") else end
    return content[:at] + before + line + end + content[at:]


def one_line(text: str) -> str:
    """A wording takes a line, without what a file cannot hold."""
    return " ".join(CONTROL.sub(" ", text).split())


def draft(entry: Entry, notes: Sequence[str]) -> str:
    """An entry file for what an operator answered, with the notes on top of it.

    It is no entry yet: a language without wordings is a fault that the loader tells, so that nobody forgets it.
    """
    head = [
        *(f"# {note}" for note in notes),
        f"id = {json.dumps(entry.id)}",
        f"audience = {json.dumps([audience.value for audience in entry.audience])}",
        f"source = {json.dumps(entry.source)}",
        "labels = []",
        "guides = []",
    ]
    sides = (line for answer in entry.answers for line in _side(entry, answer))
    return "\n".join([*head, *sides, ""])


def _side(entry: Entry, answer: Answer) -> Sequence[str]:
    said = CONTROL.sub("", answer.text.replace("\r\n", "\n")).strip()
    wordings = (one_line(wording.text) for wording in entry.wordings if wording.language == answer.language)
    return (
        "",
        f"[{answer.language}]",
        f"title = {json.dumps(one_line(answer.title), ensure_ascii=False)}",
        "answer = '''",
        said.replace("'''", "&#39;&#39;&#39;"),
        "'''",
        "wordings = '''",
        *(_within(wording, b"'''") for wording in wordings),
        "'''",
    )


def _within(line: str, quotes: bytes) -> str:
    """The line between those quotes: a literal takes all but its own end, the other kind has escapes."""
    if quotes == b"'''":
        return line.replace("'''", "’’’")
    return line.replace("\\", "\\\\").replace('"', '\\"')


def _place(content: bytes, language: Language) -> tuple[int, bytes] | None:
    """Where the quotes that end the wordings stand, and which quotes they are."""
    line = Sheet("", content).places.get((language, "wordings"))
    if line is None:
        return None
    lines = content.splitlines(keepends=True)
    opening = OPENING.match(content, len(b"".join(lines[: line - 1])))
    at = content.find(opening[1], opening.end()) if opening else -1
    return (at, opening[1]) if opening and at >= 0 else None
