"""« Confirmer les effectifs »: in September the responsibles say how many people each of their schools has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot import dialogue
from bot.messages import Reply
from bot.question import Answer, Choice, Question, Reader, Unreadable
from bot.reading import fold, one_of_values, some_text
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers.declarations.periods import period_of
from handlers.headcounts.counts import Words, words_of
from handlers.headcounts.lines import Line, lines_of
from handlers.headcounts.matching import (
    MOST_ASKED,
    Known,
    Match,
    Matching,
    Reading,
    corrected,
    matched,
    read,
    settled,
)
from handlers.school_names import WORD
from handlers.support import IN_CHARGE
from storage import headcounts
from storage.headcounts import Site
from storage.talks import KeptTalk

LONGEST: Final = 20_000
"""Characters: some four hundred schools."""
RIGHT: Final = "right"
"""The choice that says that all numbers shown are right."""
NONE_OF_THEM: Final = "none"
WHICH: Final = "which-"
"""How the questions which school is meant are named."""
LATELY: Final = timedelta(days=1)
"""How long a number that was confirmed may be corrected by a mere line."""
AT_ONCE: Final = 20_000
"""Names compared within a turn: some hundredths of a second."""
SHOWN: Final = 10
"""Schools, and refused lines, on one page."""


def _lines_reader() -> Reader[str]:
    """Lines as they are written; what they say is found with the schools at hand."""
    text = some_text(max=LONGEST, paragraphs=True, skips=True)

    def read_text(answer: Answer) -> str:
        return RIGHT if answer.value == RIGHT else text.read(answer)

    return Reader(read_text, (RIGHT,), numbered=False)


LINES = Question("lines", "headcount/ask-lines", _lines_reader())
CONFIRM = Question("confirm", "headcount/recap", one_of_values("yes"), confirms=True)


async def count(talk: Talk, turn: Turn) -> Reading | None:
    """What the sender confirms; None where there is no school that they confirm anything of."""
    known = turn.once(known_to)
    if not known.sites:
        return None
    text = await talk.ask(LINES, check=partial(_refuse_useless, turn), also=partial(_listed, turn, known))
    lines = lines_in(turn, text)
    told = _matched(turn, lines)
    over = corrected(told)
    matches = [
        match if number in over else await _settle(talk, match, number)
        for number, match in enumerate(_doubts_bounded(told))
    ]
    found = read(lines, matches, known)
    if not found.rows:
        return found
    await talk.ask(CONFIRM, _shown(found))
    return found


def keep(turn: Turn, _kept: KeptTalk, found: Reading | None) -> Said:
    """Keeps what was confirmed, until the school year ends or somebody confirms something else."""
    if found is None:
        return say("headcount/none")
    if not found.rows:
        again = dialogue.begin(turn, HEADCOUNT, {})
        return replace(again, replies=(Reply("headcount/not-understood", _refused(found)), *again.replies))
    numbers = {row.site.id: row.numbers for row in found.rows}
    headcounts.confirm(turn.tx, numbers, year_of(turn), turn.person.id, turn.now)
    sites = turn.once(known_to)
    left = [one.name for one in sites.sites if one.id not in {*sites.confirmed, *numbers}]
    return say("headcount/kept", **_shown(found), left=left[:SHOWN], more=len(left[SHOWN:]))


def known_to(turn: Turn) -> Known:
    """The schools of whoever writes, with what is known of each."""
    sites = headcounts.sites_of(turn.tx, turn.person)
    listed = headcounts.listed(turn.tx, [site.id for site in sites]) if sites else {}
    return Known(sites, listed, headcounts.confirmed(turn.tx, year_of(turn)))


def year_of(turn: Turn) -> int:
    """The calendar year in which the running school year began."""
    return period_of(turn.today).year


def lines_in(turn: Turn, text: str) -> tuple[Line, ...]:
    """What a message says of head counts; of a button, that all is right."""
    return (Line(1, "", everywhere=True),) if text == RIGHT else turn.once(_Lines(text))


def tells_counts(turn: Turn, text: str) -> bool:
    """Whether a message nobody asked for surely tells head counts: of a school of theirs, or that all are right."""
    return any(line.everywhere for line in lines_in(turn, text)) or names_schools(turn, text)


def names_schools(turn: Turn, text: str, *, surely: bool = False) -> bool:
    """Whether it tells the head count of a school of theirs, by its name, its place in the list, or as the only one.

    A mere number that is that of a button means the button. `surely`: a name that is but much like it will not do.
    """
    told = _matched(turn, lines_in(turn, text))
    usable = (one.line for one in told if one.sites and not one.fault and not (surely and one.guessed))
    buttons = len(turn.person.offered)
    return any(one.name or one.at or (one.numbers and one.numbers.total > buttons) for one in usable)


def speaks_of_counts(turn: Turn, text: str) -> bool:
    """Whether it says that it is about head counts, or comes soon after some, and tells some.

    « Pour les effectifs : Tilleuls 14 », or after they were confirmed « je me suis trompée, Tilleuls 15 ».
    """
    is_about = turn.once(_words).topic & set(WORD.findall(fold(text)))
    if is_about or not names_schools(turn, text, surely=True):
        return bool(is_about) and names_schools(turn, text)
    return headcounts.confirmed_by(turn.tx, turn.person.id, turn.now - LATELY)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Reads a message; for `Turn.once`."""

    text: str

    def __call__(self, turn: Turn) -> tuple[Line, ...]:
        return lines_of(self.text, turn.once(_words))


def _words(turn: Turn) -> Words:
    return words_of(turn.house.wording)


def _refuse_useless(turn: Turn, text: str) -> None:
    known, lines = turn.once(known_to), lines_in(turn, text)
    matches = _matched(turn, lines)
    found = read(lines, matches, known)
    if not found.rows and not found.refused:
        raise Unreadable("headcount/no-number")
    if not found.rows and not any(one.sites and not one.sure for one in matches):
        raise Unreadable("headcount/not-understood", **_refused(found))


def _matched(turn: Turn, lines: tuple[Line, ...]) -> tuple[Match, ...]:
    """The schools that they mean; where there is much to compare, beside the turn, or it would keep others waiting."""
    sites = turn.once(known_to).sites
    is_long = len(lines) * len(sites) > AT_ONCE
    return turn.prepared(Matching(lines, sites)) if is_long else matched(lines, sites)


def _doubts_bounded(matches: Sequence[Match]) -> Sequence[Match]:
    """Those beyond the first doubts are refused: nobody answers twenty questions."""
    doubts = [one for one in matches if not one.sure and not one.fault]
    return [settled(one, None) if one in doubts[MOST_ASKED:] else one for one in matches]


async def _settle(talk: Talk, match: Match, number: int) -> Match:
    """The match, with the school that is meant where the name leaves a doubt."""
    if match.sure or match.fault:
        return match
    sites = {str(site.id): site for site in match.sites}
    which = Question(f"{WHICH}{number}", "headcount/ask-which", _one_of(sites))
    picked = await talk.ask(
        which,
        {"line": match.line.number, "name": match.line.name},
        suggest=lambda: [Choice(key, site.name) for key, site in sites.items()],
    )
    return settled(match, picked)


def _one_of(sites: Mapping[str, Site]) -> Reader[Site | None]:
    def read_choice(answer: Answer) -> Site | None:
        if answer.value == NONE_OF_THEM:
            return None
        site = sites.get(answer.value or "")
        if site is None:
            raise Unreadable("read/choose-one")
        return site

    return Reader(read_choice, (NONE_OF_THEM,))


def _listed(turn: Turn, known: Known) -> Mapping[str, object]:
    """The schools, those that nobody has confirmed yet first, and what is known of each."""
    ordered = sorted(known.sites, key=lambda site: (site.id in known.confirmed, site.number))
    shown = [
        {
            "number": site.number,
            "name": site.name,
            "now": known.now(site),
            "by": known.confirmed[site.id].by if site.id in known.confirmed else None,
            "at": known.confirmed[site.id].at if site.id in known.confirmed else None,
        }
        for site in sorted(ordered[:SHOWN], key=lambda site: site.number)
    ]
    year = year_of(turn)
    return {"schools": shown, "more": len(ordered[SHOWN:]), "year": year, "any": bool(known.listed)}


def _refused(found: Reading) -> dict[str, object]:
    return {"refused": found.refused[:SHOWN], "more": len(found.refused[SHOWN:])}


def _shown(found: Reading) -> dict[str, object]:
    return {
        "rows": found.rows,
        "refused": found.refused[:SHOWN],
        "refused_more": len(found.refused[SHOWN:]),
    }


def _has_any(turn: Turn) -> bool:
    """A public school's head count is its service centre's to confirm."""
    return bool(headcounts.sites_of(turn.tx, turn.person))


HEADCOUNT = Conversation("headcount", count, keep, IN_CHARGE, offered=_has_any)
