"""Where somebody else's message begins within a mail, as the mail programs put it, in French and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.channels.mail.read.lines import Line

MOST_LINES = 6
"""An attribution is folded over at most so many lines, the empty ones included."""
MOST_HEADERS = 24
"""Lines that a block of headers takes at most, folded ones included."""
MOST_FOLDS = 4

ADDRESS = re.compile(r"[^\s<>@\"']{1,80}@[^\s<>@\"']{1,120}")
TIME = re.compile(r"\b\d{1,2} ?(?:[:.]|h) ?\d{2}\b|\b\d{1,2} ?[ap]\.?m\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b")
DIGIT = re.compile(r"\d")

WROTE = r"(?:a écrit|a ecrit|avez écrit|as écrit|ai écrit|a répondu|écrivait|wrote|writes|written)"
WROTE_LAST = re.compile(rf"\b{WROTE}\b[^.?!]{{0,90}}?(?: ?:| ?-{{2,}})[ *_]*$")
BEGUN = re.compile(r"[\W_]{0,6}(?:(?:le|on|at|en date du|du)\b|(?=.{1,120}@))")
TALKING = re.compile(
    r"\b(?:j'|je|j'ai|i|i'm|we|nous|on|elle|il|ils|elles|she|he|they|mon|ma|mes|my|our|notre)\b"
)
GMAIL = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}\b(?=.{0,40}(?:gmt|utc)[ +-]|.{1,200}<[^<>]{0,200}@[^<>]{1,200}>)"
)
IN_BRACKETS = re.compile(r"<[^<>]{1,200}@[^<>]{1,200}>")
BEGUN_ANEW = re.compile(r"(?:le|on|at|en date du)\b.{0,30}\d|\d{4}-\d\d-\d\d\b")
"""Such a line begins an attribution, and goes on with none."""
NAMED_LAST = re.compile(r"<[^<>]{1,200}@[^<>]{1,200}>(?: \S{1,15}){0,2} ?:$")

KINDS = {
    "from": "from|de|expéditeur|de la part de|da|von|från|van",
    "date": "date|sent|sent on|sent at|envoyé|envoyé le|data|gesendet|datum|skickat|fecha|enviado",
    "to": "to|à|a|pour|destinataire|destinataires|an|para|till|aan",
    "copy": "cc|bcc|cci|copie|copie à|ccn",
    "subject": "subject|objet|sujet|re|betreff|oggetto|asunto|ämne|onderwerp",
    "other": "reply-to|répondre à|importance|priorité|priority|attachments|pièces jointes|resent-from|sender",
}
KIND_OF = {label: kind for kind, labels in KINDS.items() for label in labels.split("|")}
_LABELS = "|".join(sorted(map(re.escape, KIND_OF), key=len, reverse=True))
LABEL = re.compile(rf"[*_|]{{0,3}} ?({_LABELS}) ?[*_]{{0,3}} ?: ?[*_]{{0,3}}(?=.|$)")
INLINE = re.compile(rf"(?<![\w-])({_LABELS}) ?:(?!/)")

ORIGINAL = (
    "original message|message d'origine|message original|message initial|ursprüngliche nachricht"
    "|mensaje original"
)
FORWARDED = (
    "forwarded message|forwarded by|message transféré|message transmis|message réexpédié|message réacheminé"
    "|transféré par|courriel transféré|message transferé"
)
DIVIDER = re.compile(rf"[*_ ]{{0,4}}[-_=]{{2,}} ?[*_]{{0,2}}(?P<what>{ORIGINAL}|{FORWARDED})\b")
ANNOUNCED = re.compile(
    r"[-_=* ]{0,12}(?:begin forwarded message|début du message (?:réexpédié|transféré|transmis)|"
    r"début du courriel (?:réexpédié|transféré))\b"
)
BARE = re.compile(rf"[*_ ]{{0,4}}(?:{ORIGINAL}|{FORWARDED})[*_ :]{{0,4}}$")
RULE = re.compile(r"[-_=*~ ]{5,}$")


class Kind(Enum):
    """What follows an opening."""

    REPLIED = "somebody wrote it, and the marks of quoting tell how far"
    ENCLOSED = "a whole message, to the end"


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines `begin` to `end` (not included) that say who wrote what follows."""

    begin: int
    end: int
    kind: Kind
    depth: int


def opening_at(lines: Sequence[Line], at: int) -> Opening | None:
    """The opening that begins at a line, if one does."""
    if lines[at].blank:
        return None
    return next((found for rule in RULES if (found := rule(lines, at))), None)


def _divider(lines: Sequence[Line], at: int) -> Opening | None:
    """A line of dashes with « Message d'origine », and the headers below it."""
    line = lines[at].plain
    says_so = DIVIDER.match(line) or ANNOUNCED.match(line)
    below = _headers(lines, _next_said(lines, at + 1))
    if not says_so and not (below and (RULE.match(line) or BARE.match(line))):
        return None
    return Opening(at, below.end if below else at + 1, Kind.ENCLOSED, lines[at].depth)


def _next_said(lines: Sequence[Line], at: int) -> int:
    """The next line that says something, two empty ones skipped at most."""
    return next((one for one in range(at, min(at + 3, len(lines))) if not lines[one].blank), len(lines))


def _headers(lines: Sequence[Line], at: int) -> Opening | None:
    """A block such as « De : », « Envoyé : », « À : », « Objet : »; one line or many, folded or not."""
    if at >= len(lines) or not LABEL.match(lines[at].plain):
        return None
    kinds: set[str] = set()
    end = at
    for one in range(at, min(at + MOST_HEADERS, len(lines))):
        told = _told(lines[one].plain)
        if told:
            kinds |= told
            end = one + 1
        elif _continues(lines, one, end):
            end = one + 1
        elif one - end >= MOST_FOLDS or (lines[one].blank and not _goes_on(lines, one)):
            break
    return Opening(at, end, Kind.ENCLOSED, lines[at].depth) if _is_enough(kinds) else None


@lru_cache(maxsize=4096)
def _told(plain: str) -> frozenset[str]:
    """What the headers on a line tell, `address` among it where there is one; nothing where it is no header."""
    label = LABEL.match(plain)
    if not label:
        return frozenset()
    addressed = ("address",) if ADDRESS.search(plain) else ()
    return frozenset(
        (KIND_OF[label[1]], *(KIND_OF[found[1]] for found in INLINE.finditer(plain)), *addressed)
    )


def _continues(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether a line is the folded rest of the header right above it."""
    said, above = lines[at], lines[at - 1].plain
    if at != end or said.blank:
        return False
    return above.endswith((",", ";", "<")) or (
        said.raw.startswith((" ", "\t")) and bool(ADDRESS.search(said.plain))
    )


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a header follows an empty line, as where each was a paragraph."""
    return at + 1 < len(lines) and bool(LABEL.match(lines[at + 1].plain))


def _is_enough(told: set[str]) -> bool:
    """Whether these are a message's headers, and no list that somebody wrote."""
    main = told & {"from", "date", "to", "subject"}
    return "from" in main and (len(main | (told & {"copy"})) >= 3 or (len(main) == 2 and "address" in told))


def _attribution(lines: Sequence[Line], at: int) -> Opening | None:
    """« Le … à …, Marie a écrit : », on one line or folded over several."""
    if not (DIGIT.search(lines[at].plain) or "@" in lines[at].plain) or not BEGUN.match(lines[at].plain):
        return None
    joined = ""
    for one in range(at, min(at + MOST_LINES, len(lines))):
        if one > at and _begins_anew(lines, one):
            return None
        joined = f"{joined} {lines[one].plain}".strip()
        if WROTE_LAST.search(joined[-200:]):
            return _replied(lines, at, one + 1) if _says_when_or_who(lines, one + 1, joined) else None
    return None


def _begins_anew(lines: Sequence[Line], at: int) -> bool:
    """Whether what stands above a line is somebody's own text, and says nothing of who wrote what follows."""
    above = lines[at - 1].plain
    ended = lines[at].blank and above.endswith((".", "!", "?"))
    return ended or (bool(BEGUN_ANEW.match(lines[at].plain)) and not above.endswith((",", ";")))


def _says_when_or_who(lines: Sequence[Line], after: int, joined: str) -> bool:
    """Whether a mail program wrote this: it gives an address or the time, or a quote follows."""
    if IN_BRACKETS.search(joined) or (ADDRESS.search(joined) and YEAR.search(joined)):
        return True
    if ADDRESS.search(joined):
        return _quote_follows(lines, after)
    if TALKING.search(joined.removeprefix("on ")):
        return False
    return bool(TIME.search(joined)) or _quote_follows(lines, after)


def _quote_follows(lines: Sequence[Line], after: int) -> bool:
    said = _next_said(lines, after)
    return said < len(lines) and lines[said].depth > 0


def _gmail(lines: Sequence[Line], at: int) -> Opening | None:
    """`2016-03-03 17:21 GMT+01:00 Some One <a@b>:`, as Gmail wrote it."""
    if not GMAIL.match(lines[at].plain):
        return _folded_gmail(lines, at)
    return _replied(lines, at, at + 1 + _is_rest(lines, at))


def _folded_gmail(lines: Sequence[Line], at: int) -> Opening | None:
    joined = " ".join(line.plain for line in lines[at : at + 2])
    is_cut = lines[at].plain.endswith("<") and YEAR.match(lines[at].plain)
    return _replied(lines, at, at + 2) if is_cut and GMAIL.match(joined) else None


def _is_rest(lines: Sequence[Line], at: int) -> bool:
    return lines[at].plain.endswith("<") and at + 1 < len(lines) and lines[at + 1].plain.endswith(">:")


def _any_language(lines: Sequence[Line], at: int) -> Opening | None:
    """A line or two that end with a colon, with who and when, right above a quote: in whatever language."""
    first = lines[at].plain
    if not (IN_BRACKETS.search(first) or (YEAR.search(first) or TIME.search(first))):
        return None
    for one in range(at, min(at + 3, len(lines))):
        if lines[one].blank:
            return None
        if lines[one].plain.endswith(":"):
            joined = " ".join(line.plain for line in lines[at : one + 1])
            known = (IN_BRACKETS.search(joined) and DIGIT.search(joined)) or NAMED_LAST.search(joined[-300:])
            return _replied(lines, at, one + 1) if known and _deeper(lines, at, one + 1) else None
    return None


def _deeper(lines: Sequence[Line], at: int, after: int) -> bool:
    said = _next_said(lines, after)
    return said < len(lines) and lines[said].depth > lines[at].depth


def _replied(lines: Sequence[Line], at: int, end: int) -> Opening:
    return Opening(at, end, Kind.REPLIED, lines[at].depth)


Rule = Callable[[Sequence[Line], int], Opening | None]
RULES: tuple[Rule, ...] = (_divider, _headers, _attribution, _gmail, _any_language)
