"""« Combien il m’en reste? »: what may still be copied of a work, at any question of its declaration and after it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot import dialogue
from bot.form import Values
from bot.messages import Kind as Heard
from bot.messages import Reply, number_in
from bot.reading import Pages, fold
from bot.reading.texts import is_quoted
from bot.reading.words import OUTER
from bot.talk import Waiting
from bot.turn import Said, Turn, say
from handlers.declarations import works
from handlers.declarations.asked_on import told_again
from handlers.declarations.declare import DECLARE, WHO
from handlers.declarations.revising import REVISE
from handlers.declarations.shares import Standing, alone, standing_of
from storage.declarations import Work
from storage.known_titles import Title
from storage.talks import KeptTalk

LONGEST: Final = 20
"""Words: who writes more has something else to say too."""
ASKS: Final = re.compile(
    r"\bcombien\b.*\breste|\breste\b.*\bcombien\b|\bcombien\b.*\bcopier encore\b|\bcombien\b.*\bencore\b.*\bcopier\b"
    r"|\bhow (?:many|much)\b.*\b(?:left|remain\w*|still copy|more can)\b"
)
"""Asks what is left; folded text."""
A_WORK = (
    r"(?:livre|roman|album|manuel|cahier|œuvre|oeuvre|texte|book|novel|textbook|workbook|work|ann[ée]e|year"
    r"|limite?|page|copier|copy|[çc]a|it|that|this|moi|me)s?\b"
)
OF_COPIES: Final = re.compile(
    rf"\ben reste|\bpages?\b|\bcopier\b|\bcopy\b|\blimite?\b|\b(?:ce|cette|mon|this|that|my) {A_WORK}"
    r"|\bhow (?:many|much) (?:do i have|have i got|is|are) (?:still )?left"
)
"""It is copies that are asked about, where no declaration is under way; folded text."""
OF_WORK: Final = re.compile(
    r"\b(?:de|dans|pour|of|in|from|for) "
    r"(?!(?:(?:la|le|the|mon|ma|mes|my|notre|our|ce|cet|cette|this|that) |l['’])?"
    rf"(?:m[eê]me |same |derni[eè]re? |last )?{A_WORK})(\S.*)$",
    re.IGNORECASE,
)
"""A work named by its title, and not « ce livre »."""
OF_SOMETHING_ELSE: Final = re.compile(
    r"\b(?:questions?|etapes?|steps?|temps|time|jours?|days?|minutes?|heures?|hours?|declarations?|copies)\b"
)


def left(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """How many pages of the work may still be copied, as far as it was told; None for anything else."""
    if not _asks(turn):
        return None
    if kept is None:
        title = _title_named(turn.heard.text)
        return (None if title else told_again(turn)) or _of_declared(turn, title)
    if kept.conversation not in (DECLARE.name, REVISE.name):
        return None
    waiting = dialogue.look(turn, kept)
    if not isinstance(waiting, Waiting):
        return None
    values = {line.name: line.value for line in waiting.filling().lines}
    standing = waiting.data.get("standing") or _so_far(turn, values, number_in(kept.seed.get("edit", "")))
    told = {name: values.get(name) for name in ("kind", "total", "copied")}
    return Said((Reply("declare/left", {**told, "standing": standing}),))


def _of_declared(turn: Turn, title: str | None) -> Said | None:
    """The same of a work declared this school year: the one named, or else the latest."""
    if not turn.known or not turn.person.roles & WHO:
        return None
    own = works.of_this_year(turn)
    meant = _named(turn, title, own) if title else next(iter(own.values()), None)
    declared = works.chosen(turn, works.value_of(meant)) if meant else None
    of_copies = bool(OF_COPIES.search(fold(turn.heard.text)))
    if declared is None:
        return say("declare/left-unknown", named=title) if of_copies and _is_written_so(title) else None
    if not title and not of_copies:
        return None
    work = declared.work
    told = standing_of(turn, work, Pages(whole=True), turn.today)
    standing = replace(told, now=0, together=told.before)
    return say(
        "declare/left",
        kind=work.kind,
        total=work.total_pages,
        copied=None,
        title=work.title,
        standing=standing,
    )


def _title_named(text: str) -> str | None:
    """What the question is about, as it was written, where it names a work."""
    found = OF_WORK.search(OUTER.sub("", text))
    return OUTER.sub("", found[1]) if found else None


def _is_written_so(title: str | None) -> bool:
    """Whether it is written as titles are: « combien m’en reste-t-il de congés? » names no work."""
    return title is None or not title[:1].islower()


def _named(turn: Turn, title: str, own: works.Works) -> Title | None:
    """The work whose title stands in the question, or is close to the one that does."""
    said = f" {fold(turn.heard.text)} "
    whole = [work for work in own.values() if f" {fold(work.title)} " in said]
    near = turn.once(works.Like(title, turn.now))
    return next(iter([*sorted(whole, key=lambda work: -len(work.title)), *near]), None)


def _asks(turn: Turn) -> bool:
    text = fold(turn.heard.text)
    short = turn.heard.kind is Heard.TEXT and len(text.split()) <= LONGEST and not is_quoted(turn.heard.text)
    return short and bool(ASKS.search(text)) and not OF_SOMETHING_ELSE.search(text)


def _so_far(turn: Turn, values: Values, besides: int | None) -> Standing | None:
    """How the work stands with what is answered so far; None before it is known what it is."""
    if "kind" not in values:
        return None
    source = values.get("source")
    work = Work(
        kind=values["kind"].value,
        title=values.get("title", ""),
        source=source.value if source else None,
        isbn=values.get("isbn"),
        author=None,
        publisher=None,
        year=None,
        total_pages=values.get("total"),
    )
    pages = values.get("copied") or Pages(whole=True)
    day = values.get("used", turn.today)
    told = standing_of(turn, work, pages, day, besides) if work.title else alone(work, pages)
    return told if "copied" in values else replace(told, now=0, together=told.before)
