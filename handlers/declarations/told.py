"""What a sentence tells of copies to come: the kind of work, all its pages, and which of them or how many are wanted.

« Puis-je copier les pages 12 à 40 d’un roman de 240 pages? »
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import Pages, check_pages, page_ranges
from bot.reading.pages import WHOLE
from bot.reading.sentences import pages_in
from bot.reading.words import fold, plain
from bot.render import LANGUAGES, Wording
from handlers.declarations.kinds import Kind

N = r"\d{1,5}"
PAGES_WORD = r"(?:pages?|pp|p)\b\.?"
ALTOGETHER = r"(?:au total|en tout|in total|in all|altogether)"
WORK = (
    r"(?:livre|roman|album|recueil|manuel|cahier|guide|atlas|grammaire|dictionnaire|revue|magazine|bd|novel|book"
    r"|textbook|workbook|anthology|collection|dictionary|picture book)s?"
)
OUT_OF = "".join(
    rf"(?<!\b{words} )" for words in ("d'un", "d'une", "du", "dans un", "dans le", "of a", "of the", "in a")
)
"""Not before a work that pages are taken from: « d’un roman, 30 pages »."""
TOTAL = re.compile(
    rf"\b(?:sur|out of|total(?: de| of)?|compte|contient|contains|has|fait) ?:? ?({N})\b(?! ?%)(?: ?{PAGES_WORD})?"
    rf"|\b({N}) ?{PAGES_WORD} {ALTOGETHER}"
    rf"|(?<!\d )\b(?:de|of|with|a|avec) ({N})[ -]?{PAGES_WORD}"
    rf"|\b({N})-pages?\b"
    rf"|{OUT_OF}\b{WORK}(?: (?:d'|de |du )?[^\W\d_]+)?,? ({N}) ?{PAGES_WORD}"
)
BEGINS_WITH_TOTAL = re.compile(
    rf"({N})(?: ?{PAGES_WORD})?(?: {ALTOGETHER})?"
    rf"(?: ?[,;] ?(?=.*\d)| (?=(?:de |from |(?:les )?{PAGES_WORD} ?){N} ?(?:-|a|au|to) ?{N}$))"
)
"""An answer such as « 240 pages, de 12 à 40 »."""
CORRECTED = re.compile(
    rf"(?:(?:actually|in fact|i meant?|sorry|oops|oups|pardon|en fait|plutot|je veux dire|non|nan|no|rather)[ ,:]+)+"
    rf"(?:(?:c'est|it's|it is) )?({N})(?: ?{PAGES_WORD})?(?: {ALTOGETHER})?"
)
"""All of a text that puts right the total just told; folded."""
COUNT = re.compile(rf"(?<![\d-])\b({N}) ?(?:(?:autres?|other|more|additional) )?{PAGES_WORD}")
SHORT_WHOLE = re.compile(
    r"\b(?:whole|entire|complete) (?:short )?(?:story|poem|tale|article|text)\b"
    r"|\btoute? (?:le |la |l'|une? )?(?:poeme|conte|nouvelle|article|recit|texte court)\b"
    r"|\b(?:poeme|conte|nouvelle|article|recit|texte court) (?:au complet|en entier|entiere?|complete?)\b"
)
HOW_MANY = re.compile(r"\bcombien\b|\bhow (?:many|much)\b|\b(?:est|quoi|is|what's) (?:la|the) limite?\b")
NONE_YET = "—"
"""Typed by whoever leaves a question unanswered."""
VAGUE = frozenset({"livre", "book", "carte", "photo", "image", "picture", "map"})
"""Words that are said of works of other kinds too."""
KIND_PLACE = re.compile(
    r"(?:, ?|\(|\b(?:du|d[’']une?|un|une|mon|of an?|of the|of my|from an?|from the|from my|an?|my) )"
    r"([a-zà-ÿ][a-zà-ÿ’' ]{1,30}?)(?= ?[,;.()«“\"\n]| ?$| [A-ZÀ-ÖØ-Þ0-9]| (?:de|of|pour|for|with|qui) )"
)
"""Where a kind of work is told, as it was written."""
CERTAIN_TOTAL = re.compile(
    rf"\b({N}) ?{PAGES_WORD} {ALTOGETHER}|\b{WORK} (?:de|of|with) ({N}) ?{PAGES_WORD}|\b({N})-page {WORK}"
    rf"|\([^()]*[,(] ?({N}) ?(?:pages|p\.?)\)|\bpages? {N} ?(?:-|a|au|to) ?{N} (?:sur|out of) ({N})\b(?! ?%)"
)
COUNT_ALONE = re.compile(
    rf"(?:^|[,;] |\b(?:et|pis|and|non|no|plutot|rather|en fait|actually|c'est|c'etait|it's|it was),? )({N}) pages?"
    r"(?=$| ?[,;.]| (?:et|pis|and)\b)"
)
"""A count of pages that nothing is said of."""
A_KIND = re.compile(
    r"(?:(?:(?:non|no|plutot|rather|finalement|en fait|actually|c'est|it's|it is)[ ,]+)+"
    r"|(?:.*\b)?(?:declarer?|declare|copie|copied) )(?:une?|an?|mon|ma|my) (.+?)"
    r"(?:,? (?:svp|stp|please|s'il (?:vous|te) plait|plutot|instead))?"
)
"""All of a text that names a kind of work, to put it right or to begin with it; folded."""
MEDIUM = re.compile(
    r"\b(?:sur papier|on paper|a l'ecran|on screen|on the screen|en numerique|en pdf|digitally)\b"
    r"|, ?(?:papier|paper|numerique|numerise|digital|pdf|ecran|screen)(?= ?(?:,|$))"
)
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
    short = SHORT_WHOLE.search(rest)
    if short:
        return short[0]
    counted = set(COUNT.findall(rest))
    pages = pages_in(Answer(rest, answer.at))
    if pages:
        return f"pages {pages}"
    if len(counted) == 1:
        return f"{counted.pop()} pages"
    return rest if total and begins and rest else None


def wanted_or_how_many(answer: Answer) -> str | None:
    """The same; none where somebody asks how many they may be, of a work of so many pages."""
    return wanted_in(answer) or (NONE_YET if asks_how_many(answer) else None)


def asks_how_many(answer: Answer) -> bool:
    """Whether the text asks how much may be copied, and tells of how many pages."""
    said = plain(answer.text)
    of_pages = HOW_MANY.search(said) and re.search(rf"\b{PAGES_WORD}", said)
    return bool(of_pages) and total_in(answer) is not None and wanted_in(answer) is None


def count_alone(text: str) -> tuple[int | None, bool]:
    """The pages of a text that tells no more than how many, and whether that puts right what was told before."""
    said = plain(text).rstrip(" ?!.")
    corrected = None if re.search(ALTOGETHER, said) else CORRECTED.fullmatch(said)
    counted = corrected or COUNT.fullmatch(said)
    return int(counted[1]) if counted else None, corrected is not None


def kind_in(words: Mapping[str, str]) -> Callable[[Answer], str | None]:
    """Finds the one kind of work that a sentence names; `words` gives the kind that each folded word means."""
    words = {word: value for word, value in words.items() if value != Kind.OTHER}
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?=s?\b)")

    def find(answer: Answer) -> str | None:
        found = named.findall(plain(answer.text))
        return found[0] if len({words[word] for word in found}) == 1 else None

    return find


def kind_words(wording: Wording, question: Question[Any]) -> dict[str, str]:
    """Which kind of work each folded word means that may be typed for it, in either language."""
    labels = [label for one in LANGUAGES for label in wording.labels_before(question.template, one)]
    return {
        fold(word): label.key
        for label in labels
        if label.key in question.reader.choices
        for word in label.words
    }


def certain_kind(words: Mapping[str, str]) -> Callable[[Answer], str | None]:
    """Finds the kind told beside a work: in small letters, and where no title goes on with it."""
    certain = words.keys() - VAGUE

    def found(answer: Answer) -> str | None:
        whole = A_KIND.fullmatch(fold(answer.text))
        if whole and words.get(whole[1]):
            return whole[1]
        kinds = [piece for hit in KIND_PLACE.finditer(answer.text) if (piece := fold(hit[1])) in certain]
        return kinds[0] if len({words[one] for one in kinds}) == 1 else None

    return found


def certain_total(answer: Answer) -> str | None:
    """The pages of the whole work, where no other number could be meant."""
    found = {next(filter(None, hit.groups())) for hit in CERTAIN_TOTAL.finditer(plain(answer.text))}
    return found.pop() if len(found) == 1 else None


def lone_count(answer: Answer) -> int | None:
    """The one count of pages that stands by itself: « non, 260 pages »."""
    found = COUNT_ALONE.findall(plain(answer.text).rstrip(" .!"))
    return int(found[0]) if len(found) == 1 else None


def medium_in(answer: Answer) -> str | None:
    """How pupils got it, where one way is told: « sur papier », "on screen"."""
    found = {hit[0].strip(" ,") for hit in MEDIUM.finditer(plain(answer.text).rstrip(" .!"))}
    return found.pop() if len(found) == 1 else None


def _parted(text: str) -> tuple[str | None, str, bool]:
    """The total if there is no doubt, the text without it, and whether it came first as an answer does."""
    said = plain(text).rstrip(" ?!.")
    corrected = CORRECTED.fullmatch(said)
    if corrected:
        return corrected[1], "", False
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
