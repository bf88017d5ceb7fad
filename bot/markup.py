"""The house's mini-HTML: <b>, <i>, <code>, <pre>, <a href>, a newline is one. Read, written again, cut into parts.

What stands in <pre> is for the reader to copy: it is shown apart from the rest, and holds no other tag.

Whatever is not one of these tags stands for itself: nothing that was written is lost, or breaks a message.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

TAG = re.compile(
    r'<(?:(?P<end>/)(?P<ended>b|i|code|pre|a)|(?P<plain>b|i|code|pre)|a href="(?P<href>[^"<>]*)")>'
)

PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
LINE = re.compile(r"\n")
SENTENCE = re.compile(r"(?<!\b\w)[.!?…](?:\u00a0?[»”)])?[ \t]+")
WORD = re.compile(r"[ \t\n]+")
RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 20
"""What stands above and below a text to copy, where nothing else sets it apart."""
LISTED = re.compile(r"^[ \t]*1[.)][ \t\u00a0]", re.MULTILINE)
BREAKS = (PARAGRAPH, LINE, SENTENCE, WORD)
"""Where a text may be cut, best first; no-break spaces hold, and « M. » or « p. » ends no sentence."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag."""

    name: str
    href: str = ""

    @property
    def opening(self) -> str:
        return f'<a href="{html.escape(self.href)}">' if self.name == "a" else f"<{self.name}>"

    @property
    def closing(self) -> str:
        return f"</{self.name}>"


@dataclass(frozen=True, slots=True)
class Run:
    """Text that stands under the same tags, the outermost first."""

    text: str
    tags: tuple[Tag, ...] = ()

    @property
    def href(self) -> str:
        return next((tag.href for tag in self.tags if tag.name == "a"), "")

    def has(self, name: str) -> bool:
        """Whether one of the tags has that name."""
        return any(tag.name == name for tag in self.tags)


def read(source: str) -> tuple[Run, ...]:
    """The runs of a mini-HTML text. A tag left open ends with the text; a stray end is dropped."""
    runs: list[Run] = []
    tags: tuple[Tag, ...] = ()
    at = 0
    for found in TAG.finditer(source):
        runs.append(Run(html.unescape(source[at : found.start()]), tags))
        tags = _ended(tags, found["ended"]) if found["end"] else (*tags, _begun(found))
        at = found.end()
    runs.append(Run(html.unescape(source[at:]), tags))
    return tuple(run for run in runs if run.text)


def _begun(found: re.Match[str]) -> Tag:
    return Tag(found["plain"]) if found["plain"] else Tag("a", html.unescape(found["href"]))


def _ended(tags: tuple[Tag, ...], name: str) -> tuple[Tag, ...]:
    names = [tag.name for tag in tags]
    return tags[: len(names) - 1 - names[::-1].index(name)] if name in names else tags


def write(runs: Sequence[Run]) -> str:
    """Mini-HTML again, well-formed whatever it was read from; Telegram takes it as it is."""
    written: list[str] = []
    standing: tuple[Tag, ...] = ()
    for run in (*runs, Run("")):
        kept = _shared(standing, run.tags)
        written += [tag.closing for tag in reversed(standing[kept:])]
        written += [tag.opening for tag in run.tags[kept:]]
        written.append(html.escape(run.text, quote=False))
        standing = run.tags
    return "".join(written)


def _shared(one: Sequence[Tag], other: Sequence[Tag]) -> int:
    """How many tags two runs have in common, from the outermost on."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def visible(source: str) -> str:
    """The text as a reader sees it, without tags or the addresses behind links."""
    return "".join(run.text for run in read(source))


def has_numbered_list(source: str) -> bool:
    """Whether some of its lines are numbered already, so that other numbers beside them would confuse."""
    return bool(LISTED.search(visible(source)))


def to_plain(source: str) -> str:
    """The text alone: the address of each link after its words, and a rule above and below what is to be copied."""
    return "".join(run.text for run in spelled_out(read(source)))


def spelled_out(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs with what their tags show beyond the words, in words: addresses that they hide, rules around a copy."""
    for before, run, following in zip((Run(""), *runs), runs, (*runs[1:], Run("")), strict=False):
        if run.has("pre") and not before.has("pre"):
            yield Run(f"{RULE}\n")
        yield run
        if run.href and following.href != run.href and run.text not in (run.href, _bare(run.href)):
            yield Run(f" ({_bare(run.href)})")
        if run.has("pre") and not following.has("pre"):
            yield Run(f"\n{RULE}")


def _bare(href: str) -> str:
    """A link as it is read: of a letter ready to be sent, whom it goes to."""
    return href.removeprefix("mailto:").partition("?")[0] if href.startswith("mailto:") else href


def units(text: str) -> int:
    """UTF-16 code units: an emoji beyond U+FFFF counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(source: str, most: int) -> tuple[str, ...]:
    """Parts of at most `most` UTF-16 units of visible text (two or more), each a mini-HTML text.

    They end with a paragraph, else a line, a sentence, a word. A tag that stands at a cut is closed and
    opened again. Together the parts show the very text of the whole.
    """
    runs = read(source)
    parts: list[str] = []
    for text in _pieces("".join(run.text for run in runs), most):
        part, runs = _divide(runs, len(text))
        parts.append(write(part))
    return tuple(parts)


def _pieces(text: str, most: int) -> Iterator[str]:
    while units(text) > most:
        cut = _cut(_fitting(text, most))
        yield text[:cut]
        text = text[cut:]
    yield text


def _fitting(text: str, most: int) -> str:
    """The longest beginning of that many units."""
    lengths = accumulate(map(units, text))
    return text[: sum(1 for _ in takewhile(lambda length: length <= most, lengths))]


def _cut(window: str) -> int:
    """Where to end a part: at the best break in its second half, so that no part is a mere scrap."""
    for pattern in BREAKS:
        ends = [found.end() for found in pattern.finditer(window)]
        if ends and ends[-1] > len(window) // 2:
            return ends[-1]
    return len(window)


def _divide(runs: Sequence[Run], length: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs before and after that many characters."""
    before: list[Run] = []
    for at, run in enumerate(runs):
        if len(run.text) > length:
            kept = (Run(run.text[:length], run.tags),) if length else ()
            return (*before, *kept), (Run(run.text[length:], run.tags), *runs[at + 1 :])
        before.append(run)
        length -= len(run.text)
    return tuple(before), ()
