"""The form of a declaration: which questions apply, and what a known work fills in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.form import Form, Step, Values
from bot.question import Reader, Unreadable
from bot.reading import Pages, check_pages
from handlers.declarations import questions as ask
from handlers.declarations.at_hand import AtHand
from handlers.declarations.kinds import (
    HAS_PAGES,
    MAY_LACK_PAGES,
    NOT_TO_DECLARE,
    SHORT,
    Kind,
    Medium,
    Origin,
)


def declaration_form(at_hand: AtHand) -> Form:
    """The steps for this run."""
    title = replace(
        ask.TITLE, reader=Reader(at_hand.read_title, reads_anything=True, find=at_hand.find_title)
    )
    author = replace(ask.AUTHOR, reader=replace(ask.AUTHOR.reader, find=at_hand.find_author))
    same = replace(ask.SAME_WORK, reader=replace(ask.SAME_WORK.reader, read=at_hand.read_same))
    excluded = replace(ask.EXCLUDED, reader=replace(ask.EXCLUDED.reader, read=at_hand.read_excluded))
    total, if_known = (
        replace(one, reader=replace(one.reader, find=at_hand.find_total))
        for one in (ask.TOTAL, ask.TOTAL_IF_KNOWN)
    )
    return Form(
        (
            Step(
                replace(ask.KIND, reader=at_hand.kind_reader),
                default=at_hand.of_model(lambda d: Kind(d.work.kind)),
            ),
            Step(
                ask.ORIGIN,
                lambda v: v.get("kind") is Kind.OTHER,
                default=at_hand.of_model(lambda _: Origin.EXCERPT),
            ),
            Step(ask.SOURCE, IS_PLAY, default=at_hand.source),
            Step(ask.ISBN, HAS_NUMBER, default=at_hand.number),
            Step(title, is_due, default=at_hand.of_work("title"), suggest=at_hand.recent),
            Step(same, lambda v: is_due(v) and bool(at_hand.alike(v)), suggest=at_hand.candidates),
            Step(
                excluded, lambda v: is_due(v) and bool(at_hand.excluded(v)), suggest=at_hand.excluded_choices
            ),
            Step(author, is_due, default=at_hand.of_work("author")),
            Step(ask.PUBLISHER, is_due, default=at_hand.of_work("publisher")),
            Step(ask.YEAR, is_due, default=at_hand.of_work("year")),
            Step(total, MUST_HAVE_PAGES, default=at_hand.total),
            Step(if_known, MAY_HAVE_PAGES, default=at_hand.total),
            Step(
                ask.COPIED,
                is_due,
                check=_fits,
                default=at_hand.of_revised(lambda d: Pages.parse(d.use.copied)),
            ),
            Step(ask.MEDIUM, is_due, default=at_hand.of_model(lambda d: Medium(d.use.medium))),
            Step(ask.PUPILS, is_due, default=at_hand.of_model(lambda d: d.use.pupils)),
            Step(
                ask.USED_ON,
                is_due,
                check=at_hand.check_day,
                default=at_hand.of_revised(lambda d: d.use.used_on),
            ),
            Step(ask.LEVEL, is_due, default=at_hand.of_model(lambda d: d.use.level)),
            Step(ask.NOTE, is_due, default=at_hand.note),
        )
    )


def is_due(values: Values) -> bool:
    """Whether this has to be declared at all (entry `declare-what`)."""
    return values.get("origin") not in NOT_TO_DECLARE


def _due_of(kinds: Collection[Kind]) -> Callable[[Values], bool]:
    """For steps that some kinds of works need; before the kind is known, those of a book count."""
    return lambda values: is_due(values) and values.get("kind", Kind.BOOK) in kinds


IS_PLAY = _due_of({Kind.PLAY})
HAS_NUMBER = _due_of(set(Kind) - {Kind.LYRICS})
MUST_HAVE_PAGES, MAY_HAVE_PAGES = _due_of(HAS_PAGES), _due_of(MAY_LACK_PAGES)


def _fits(values: Values, copied: Pages) -> None:
    """No page past the last one; a whole text only of a kind that has short ones."""
    if copied.whole and values.get("kind", Kind.BOOK) not in SHORT:
        raise Unreadable("declare/not-whole")
    total = values.get("total")
    if total is not None and not copied.whole:
        check_pages(copied, total)
