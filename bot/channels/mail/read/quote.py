"""A mail's text without what was quoted and signed: what its writer wrote this time. In doubt more is kept.

Known replies were tried first (64 pairs): quotequail reads 32 as wanted, email-reply-parser 28, mail-parser-reply 15,
and one of them needs twelve seconds for sixty kilobytes of « Le ».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.channels.mail.read.lines import Line, lines_of
from bot.channels.mail.read.openings import Kind, Opening, opening_at
from bot.channels.mail.read.signature import signature_begins


@dataclass(frozen=True, slots=True)
class Cut:
    """A mail's text in two: what was written, and what was quoted or signed, both in their order."""

    text: str
    cut: str


class What(Enum):
    """What a run of lines is."""

    TEXT = "written by whoever sent the mail"
    QUOTE = "marked as quoted"
    OPENING = "tells who wrote what follows"
    SIGNATURE = "stands below every mail"


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one sort, `begin` to `end` (not included)."""

    what: What
    begin: int
    end: int
    opening: Opening | None = None


def own_text(whole: str) -> Cut:
    """What the sender of a mail wrote in it, and all the rest."""
    lines = lines_of(whole)
    runs = _signed(lines, list(_runs(lines)))
    kept = {at for run in _kept(runs) for at in range(run.begin, run.end)}
    return Cut(_joined(lines, kept, kept=True), _joined(lines, kept, kept=False))


def unquoted(text: str) -> str:
    """A text without its quoted lines, where the writer answered between them."""
    return _trimmed([line for line in lines_of(text) if not line.depth])


def _joined(lines: Sequence[Line], chosen: set[int], *, kept: bool) -> str:
    return _trimmed([line for at, line in enumerate(lines) if (at in chosen) is kept])


def _trimmed(lines: Sequence[Line]) -> str:
    """The lines without the empty ones before and after."""
    said = [at for at, line in enumerate(lines) if not line.blank]
    return "\n".join(line.raw.rstrip() for line in lines[said[0] : said[-1] + 1]) if said else ""


def _runs(lines: Sequence[Line]) -> Iterator[Run]:
    """The lines sorted; an empty line belongs to what stands above it."""
    begin, what, at = 0, What.TEXT, 0
    while at < len(lines):
        line = lines[at]
        is_in_quote = what is What.QUOTE and line.depth > 0
        opening = None if is_in_quote else opening_at(lines, at)
        if opening:
            yield Run(what, begin, at)
            yield Run(What.OPENING, opening.begin, opening.end, opening)
            begin, what, at = opening.end, What.TEXT, opening.end
            continue
        sort = What.QUOTE if line.depth else What.TEXT
        if sort is not what and not (line.blank and not line.depth):
            yield Run(what, begin, at)
            begin, what = at, sort
        at += 1
    yield Run(what, begin, len(lines))


def _signed(lines: Sequence[Line], runs: Sequence[Run]) -> list[Run]:
    """The runs that say something, signatures told from text."""
    found: list[Run] = []
    for run in runs:
        said = lines[run.begin : run.end]
        ends = run.end
        if run.what is What.TEXT:
            ends = run.begin + signature_begins(said, below_something=bool(found))
        if any(not line.blank for line in lines[ends : run.end]):
            found += [replace(run, end=ends), Run(What.SIGNATURE, ends, run.end)]
        elif any(not line.blank for line in said):
            found.append(run)
    return [run for run in found if any(not line.blank for line in lines[run.begin : run.end])]


def _kept(runs: Sequence[Run]) -> list[Run]:
    """What the writer wrote, and the quotes that it would not be understood without."""
    runs = runs[: _enclosure(runs)]
    texts = [at for at, run in enumerate(runs) if run.what is What.TEXT]
    if not texts:
        return [
            run for at, run in enumerate(runs) if run.what is What.QUOTE and not _was_replied_to(runs, at)
        ]
    kept = (run for at, run in enumerate(runs) if run.what is What.TEXT or _is_between(runs, at, texts))
    return list(kept)


def _enclosure(runs: Sequence[Run]) -> int:
    """Where a message begins that reaches to the end, below what the writer wrote."""
    written = False
    for at, run in enumerate(runs):
        written = written or run.what is What.TEXT
        if run.opening and written and not _marks_tell(runs, at):
            return at
    return len(runs)


def _marks_tell(runs: Sequence[Run], at: int) -> bool:
    """Whether what an opening announces is marked as quoted, so that text may follow it."""
    opening = runs[at].opening
    followed = at + 1 < len(runs) and runs[at + 1].what is What.QUOTE
    return followed and opening is not None and (opening.kind is Kind.REPLIED or opening.depth > 0)


def _was_replied_to(runs: Sequence[Run], at: int) -> bool:
    """Whether a quote was announced by « … a écrit : »; what was forwarded may be all there is."""
    opening = runs[at - 1].opening if at else None
    return opening is not None and opening.kind is Kind.REPLIED


def _is_between(runs: Sequence[Run], at: int, texts: Sequence[int]) -> bool:
    """Whether a quote stands between what was written, or begins a mail that nothing announced it in."""
    if runs[at].what is not What.QUOTE or at > texts[-1]:
        return False
    return at > texts[0] or not runs[at - 1].opening if at else True
