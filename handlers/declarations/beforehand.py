"""« Limites »: how much of a work may be copied, told before anything is copied or declared; open to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import dialogue
from bot.form import Form, Step, Values
from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import Pages, a_count, fold, one_of, one_of_values, optional, some_text
from bot.reading.pages import WHOLE
from bot.talk import Finished, Talk
from bot.turn import Command, Conversation, Said, Turn, say
from handlers.declarations import excluded
from handlers.declarations import questions as ask
from handlers.declarations.agreement import WHOLE_PLAYS, rule_for
from handlers.declarations.declare import DECLARE, WHO
from handlers.declarations.kinds import SHORT, Kind, PlaySource
from handlers.declarations.numbers import NUMBER, begun_with, named_first
from handlers.declarations.plans import Plan, Shelf, has_exclusions
from handlers.declarations.shares import Standing, alone, standing_of
from handlers.declarations.told import (
    Extent,
    an_extent,
    check_extent,
    kind_in,
    kind_words,
    total_in,
    wanted_or_how_many,
)
from handlers.declarations.works import value_of
from storage import talks
from storage.talks import KeptTalk

KIND = Question("kind", "limits/ask-kind", one_of(Kind))
SOURCE = Question("source", "limits/ask-source", one_of(PlaySource))
TOTAL = Question("total", "limits/ask-total", optional(replace(a_count(max=ask.MOST_PAGES), find=total_in)))
EXTENT = Question("copied", "limits/ask-pages", optional(replace(an_extent(), find=wanted_or_how_many)))
TITLE = Question("title", "limits/ask-work", optional(some_text(max=300)))
SAME = Question("excluded", "limits/ask-excluded", one_of_values(excluded.OTHER), confirms=True)


async def limits(talk: Talk, turn: Turn) -> Plan:
    """What would be copied, as far as somebody wants to tell."""
    shelf = Shelf(turn, talk.seed.get(NUMBER), talk.answer_to(TITLE.name))
    return Plan(await _form(turn, shelf).fill(talk))


def tell(turn: Turn, kept: KeptTalk, plan: Plan) -> Said:
    """How much may be copied, what is left of it, and what to do past it."""
    named, standing = plan.named, _standing(turn, plan)
    rule = rule_for(plan.kind, plan.play, whole_text=plan.whole)
    return say(
        "limits/answer",
        rule=rule,
        total=plan.work.total_pages,
        wanted=plan.extent is not None,
        title=plan.work.title,
        standing=standing,
        past_most=standing.limit is None and (standing.together or 0) > (rule.most_pages or ask.MOST_PAGES),
        excluded=excluded.listed(turn, plan.work.isbn, plan.values.get("excluded")) if named else None,
        looked_up=named is not None and turn.once(has_exclusions),
        talk=kept.id,
        declares=turn.known and bool(turn.person.roles & WHO),
    )


def declare_these(turn: Turn, argument: str) -> Said:
    """A declaration of the very copies that the limit was asked for."""
    asked = talks.by_id(turn.tx, argument)
    own = asked is not None and (asked.person_id, asked.conversation) == (turn.person.id, LIMITS.name)
    outcome = dialogue.look(turn, asked) if asked and own else None
    answers = _answers(turn, outcome.result) if isinstance(outcome, Finished) else {}
    return dialogue.begin(turn, DECLARE, {}, answers)


def _form(turn: Turn, shelf: Shelf) -> Form:
    named = optional(Reader(shelf.read_title, reads_anything=True, find=shelf.find_title))
    same = replace(SAME.reader, read=shelf.read_same)
    return Form(
        (
            Step(replace(KIND, reader=_kind_reader(turn)), default=shelf.kind),
            Step(SOURCE, lambda v: v.get("kind") is Kind.PLAY),
            Step(TOTAL, _counts_pages, default=shelf.total),
            Step(EXTENT, _counts_pages, check=_fits),
            Step(
                Question(TITLE.name, TITLE.template, named),
                shelf.may_be_named,
                default=shelf.begun_with,
                suggest=shelf.recent,
            ),
            Step(replace(SAME, reader=same), lambda v: bool(shelf.near(v)), suggest=shelf.near_choices),
        )
    )


def _kind_reader(turn: Turn) -> Reader[Kind]:
    """The kind chosen, or the one that a sentence names."""
    words = kind_words(turn.house.wording, KIND)

    def read(answer: Answer) -> Kind:
        return KIND.reader.read(replace(answer, value=answer.value or words.get(fold(answer.text))))

    return replace(KIND.reader, read=read, find=kind_in(words))


def _counts_pages(values: Values) -> bool:
    """Whether a number of pages is the limit: not for the lyrics of a song, nor where all of a play may be copied."""
    return values.get("kind") is not Kind.LYRICS and values.get("source") not in WHOLE_PLAYS


def _fits(values: Values, extent: Extent | None) -> None:
    """No page past the last one; a whole text only of a kind that has short ones."""
    if extent and extent.whole and values.get("kind", Kind.BOOK) not in SHORT:
        raise Unreadable("declare/not-whole")
    if extent and values.get("total"):
        check_extent(extent, values["total"])


def _standing(turn: Turn, plan: Plan) -> Standing:
    """With what was declared before, where the work is one that the person has named."""
    pages = plan.extent.pages if plan.extent and plan.extent.pages else Pages(whole=True)
    looks_back = plan.named is not None and turn.known
    told = standing_of(turn, plan.work, pages, turn.today) if looks_back else alone(plan.work, pages)
    if pages.ranges or plan.whole:
        return told
    count = (plan.extent.count or 0) if plan.extent else 0
    return replace(told, now=count, together=told.before + count)


def _answers(turn: Turn, plan: Plan) -> Mapping[str, Answer]:
    """What a declaration would ask, as far as the plan tells it."""
    known = plan.named.known if plan.named else None
    pages = plan.extent.pages if plan.extent else None
    told: dict[str, tuple[Any, str | None]] = {
        "kind": (_label(turn, ask.KIND, plan.kind), plan.kind),
        "source": (_label(turn, ask.SOURCE, plan.play), plan.play),
        "isbn": (plan.named and plan.named.isbn, None),
        "title": (plan.named and plan.named.title, value_of(known) if known else None),
        "total": (plan.work.total_pages, None),
        # A mere count reads in no declaration, which then says that it takes the numbers.
        "copied": (plan.extent, WHOLE if pages and pages.whole else None),
    }
    return {
        name: Answer(str(text), turn.written, value, turn=turn.heard.name)
        for name, (text, value) in told.items()
        if text
    }


def _label(turn: Turn, question: Question[Any], value: str | None) -> str | None:
    label = turn.house.wording.label(question.template, value, turn.language) if value else None
    return label.text if label else None


LIMITS = Conversation(
    "limits",
    limits,
    tell,
    seed=lambda _turn, argument: begun_with(argument),
    opening=lambda _turn, seed: named_first(seed),
    named_by=TITLE.name,
    asks=True,
)
THESE = Command("declare-these", declare_these, WHO, listed=False)
