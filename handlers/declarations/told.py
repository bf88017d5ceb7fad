"""What a sentence tells of copies to come: the kind of work, all its pages, and which of them or how many are wanted.

« Puis-je copier les pages 12 à 40 d’un roman de 240 pages? »
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.question import Answer, Reader, Unreadable
from bot.reading import Pages, check_pages, page_ranges
from bot.reading.pages import WHOLE
from bot.reading.sentences import pages_in
from bot.reading.words import fold, plain

N = r"\d{1,5}"
PAGES_WORD = r"(?:pages?|pp|p)\b\.?"
ALTOGETHER = r"(?:au total|en tout|in total|in all|altogether)"
TOTAL = re.compile(
    rf"\b(?:sur|out of|total(?: de| of)?|compte|contient|contains|has|fait) ?:? ?({N})\b(?! ?%)(?: ?{PAGES_WORD})?"
    rf"|\b({N}) ?{PAGES_WORD} {ALTOGETHER}"
    rf"|(?<!\d )\b(?:de|of|with|a|avec) ({N})[ -]?{PAGES_WORD}"
    rf"|\b({N})-pages?\b"
)
BEGINS_WITH_TOTAL = re.compile(rf"({N})(?: ?{PAGES_WORD})?(?: {ALTOGETHER})? ?[,;] ?(?=.*\d)")
"""An answer such as « 240 pages, de 12 à 40 »."""
COUNT = re.compile(rf"(?<![\d-])\b({N}) ?{PAGES_WORD}")
ONE_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class Extent:
    """What is to be copied: certain pages, a whole short text, or so many pages without their numbers."""

    pages: Pages | None
    count: int | None
    """None for a whole text."""

    @property
    def whole(self) -> bool:
        return self.pages is not None and self.pages.whole

    def __str__(self) -> str:
        return str(self.pages or f"{self.count} pages")


def an_extent() -> Reader[Extent]:
    """Pages, or how many of them; choice `whole` for the whole of a short text."""
    pages = page_ranges()

    def read(answer: Answer) -> Extent:
        said = fold(answer.text)
        if ONE_NUMBER.fullmatch(said):
            raise Unreadable("limits/page-or-pages", count=int(said))
        counted = COUNT.fullmatch(said)
        if counted and int(counted[1]):
            return Extent(None, int(counted[1]))
        found = pages.read(answer)
        return Extent(found, None if found.whole else found.count)

    return Reader(read, (WHOLE,), numbered=False, find=wanted_in)


def check_extent(extent: Extent, total: int) -> None:
    """Refuses pages that a work of `total` pages has not."""
    if extent.pages and not extent.whole:
        check_pages(extent.pages, total)
    elif extent.count and extent.count > total:
        raise Unreadable("read/pages-too-many", last=total, count=extent.count)


def total_in(answer: Answer) -> str | None:
    """The pages of the whole work, where the text tells them once."""
    return _parted(answer.text)[0]


def wanted_in(answer: Answer) -> str | None:
    """The pages to be copied, or how many, beside those of the whole work."""
    total, rest, begins = _parted(answer.text)
    counted = set(COUNT.findall(rest))
    pages = pages_in(Answer(rest, answer.at))
    if pages:
        return f"pages {pages}"
    if len(counted) == 1:
        return f"{counted.pop()} pages"
    return rest if total and begins and rest else None


def kind_in(words: Mapping[str, str]) -> Callable[[Answer], str | None]:
    """Finds the one kind of work that a sentence names; `words` gives the kind that each folded word means."""
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?=s?\b)")

    def find(answer: Answer) -> str | None:
        found = named.findall(plain(answer.text))
        return found[0] if len({words[word] for word in found}) == 1 else None

    return find


def _parted(text: str) -> tuple[str | None, str, bool]:
    """The total if there is no doubt, the text without it, and whether it came first as an answer does."""
    said = plain(text).rstrip(" ?!.")
    first = BEGINS_WITH_TOTAL.match(said)
    if first:
        return first[1], said[first.end() :].strip(" ,;"), True
    found = {int(next(filter(None, hit.groups()))): hit for hit in TOTAL.finditer(said)}
    if not found or not _tell_one_work(sorted(found)):
        return None, said, False
    total, hit = max(found.items())
    return str(total), f"{said[: hit.start()]} {said[hit.end() :]}".strip(), False


def _tell_one_work(counts: list[int]) -> bool:
    """Whether they count one work, or a text and the work it is in: « un poème de 2 pages d’un recueil de 120 »."""
    *parts, total = counts
    return not parts or (len(parts) == 1 and parts[0] * 2 <= total)
