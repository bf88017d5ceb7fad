"""HTML into text: lines where a reader sees lines, "> " before what is quoted.

Read tag by tag and in one pass: parsers that build a tree, and Python's own, take minutes over a hostile megabyte.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:]*)")
UNSEEN = frozenset({"head", "script", "style", "title", "template", "noscript"})
BREAKS = frozenset({"br", "hr", "tr", "li", "dt", "dd", "caption"})
BLOCKS = frozenset(
    {"address", "article", "center", "div", "dl", "footer", "form", "header", "main", "section"}
)
PARAGRAPHS = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"})
DEEPEST = 20
"""Quotes within quotes that are told apart."""

SPACES = re.compile(r"[ \t\n]+")
EDGES = " \t\n"


@dataclass(slots=True)
class Sheet:
    """The text as it is being set, line by line."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    depth: int = 0
    preformatted: int = 0

    def write(self, text: str) -> None:
        """Adds to the line under way."""
        if not self.preformatted:
            self.words.append(SPACES.sub(" ", text))
            return
        first, *others = text.split("\n")
        self.words.append(first)
        for line in others:
            self.end_line()
            self.words.append(line)

    def end_line(self) -> None:
        """Ends the line under way, an empty one too."""
        line = "".join(self.words)
        self.words.clear()
        quote = "> " * min(self.depth, DEEPEST)
        self.lines.append(quote + (line if self.preformatted else line.strip(EDGES)))

    def end_block(self) -> None:
        """Ends the line under way if anything stands on it."""
        if "".join(self.words).strip(EDGES):
            self.end_line()
        self.words.clear()

    def leave_space(self) -> None:
        """An empty line, but never two by two paragraphs that meet."""
        self.end_block()
        if self.lines and self.lines[-1].strip(" >"):
            self.end_line()


def to_text(source: str) -> str:
    """What a reader of the page sees of its text."""
    sheet = Sheet()
    unseen = ""
    for text, ending, name in _pieces(source):
        if not unseen:
            sheet.write(html.unescape(text))
            _set(sheet, name, ending=ending)
        if name in UNSEEN and (not unseen or name == unseen):
            unseen = "" if ending else name
        elif name == "body":
            unseen = ""
    sheet.end_block()
    return "\n".join(sheet.lines)


def _set(sheet: Sheet, name: str, *, ending: bool) -> None:
    """What a tag does to the lines."""
    if name in PARAGRAPHS:
        sheet.leave_space()
    elif name in BLOCKS:
        sheet.end_block()
    elif name in BREAKS:
        sheet.end_line() if name == "br" else sheet.end_block()
    elif name in ("td", "th") and ending:
        sheet.write(" ")
    step = -1 if ending else 1
    if name == "blockquote":
        sheet.depth = max(0, sheet.depth + step)
    elif name == "pre":
        sheet.preformatted = max(0, sheet.preformatted + step)


def _pieces(source: str) -> Iterator[tuple[str, bool, str]]:
    """Text, and the tag that ends it: whether it closes, and its name ("" for a comment or the end)."""
    at = begin = 0
    while (opens := source.find("<", at)) >= 0:
        if source.startswith("<!--", opens):
            closes, length = source.find("-->", opens), 3
        elif source.startswith("<!", opens) or TAG.match(source, opens + 1):
            closes, length = source.find(">", opens), 1
        else:
            at = opens + 1
            continue
        if closes < 0:
            break
        tag = TAG.match(source, opens + 1)
        yield source[begin:opens], bool(tag and tag[1]), tag[2].lower() if tag else ""
        at = begin = closes + length
    yield source[begin:], False, ""
