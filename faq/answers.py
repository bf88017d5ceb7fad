"""Checks of an answer's text: that it renders, names what it may name and keeps to the mini-HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from faq.entry import UNKNOWN

TAGS: Final = {"b": (), "i": (), "code": (), "a": ("href",)}
"""The mini-HTML: each tag with the attributes that it must have and no others."""

ENVIRONMENT: Final = Environment(autoescape=True)
JINJA: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class Flaw(NamedTuple):
    """Something wrong in an answer; `line` counts from 0 at its first line."""

    line: int
    what: str


def flaws(answer: str) -> Iterator[Flaw]:
    """Everything wrong in it, whatever the entry."""
    try:
        tree = ENVIRONMENT.parse(answer)
    except TemplateSyntaxError as error:
        yield Flaw(error.lineno - 1, f"does not read as a template: {error.message}")
        return
    for name in sorted(meta.find_undeclared_variables(tree) - {*UNKNOWN, "guide"}):
        yield Flaw(_line_of(answer, name), f"{name!r} is not known here; known: {', '.join(UNKNOWN)}, guide")
    yield from _Tags.read(JINJA.sub(_only_newlines, answer))


def guides_named(answer: str) -> frozenset[str]:
    """The titles that it hands to `guide`, in a call or in a test; none if it does not read as a template."""
    try:
        tree = ENVIRONMENT.parse(answer)
    except TemplateSyntaxError:
        return frozenset()
    calls = (call.args[0] for call in tree.find_all(nodes.Call) if _is_guide(call.node) and call.args)
    tests = (test.expr for test in tree.find_all(nodes.Compare) if _is_guide(test.ops[0].expr))
    named = (node.value for node in (*calls, *tests) if isinstance(node, nodes.Const))
    return frozenset(map(str, named))


def _is_guide(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "guide"


def _line_of(text: str, word: str) -> int:
    return text[: text.index(word)].count("\n")


def _only_newlines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


class _Tags(HTMLParser):
    """Reads mini-HTML and notes what is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, int]] = []
        self.found: list[Flaw] = []

    @classmethod
    def read(cls, text: str) -> list[Flaw]:
        reader = cls()
        reader.feed(text)
        reader.close()
        left = [Flaw(line, f"<{tag}> is not closed") for tag, line in reader.open]
        return reader.found + left

    @property
    def line(self) -> int:
        return self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(Flaw(self.line, f"<{tag}> is not one of <b>, <i>, <code>, <a>"))
            return
        if tuple(name for name, _ in attrs) != TAGS[tag]:
            wanted = "href and nothing else" if TAGS[tag] else "no attribute"
            self.found.append(Flaw(self.line, f"<{tag}> takes {wanted}"))
        self.open.append((tag, self.line))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.found.append(Flaw(self.line, f"</{tag}> closes nothing"))
