"""The declarations of the demo: true to the rules, whatever the day, and of use to who tries it out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.messages import Heard
from bot.question import Question
from bot.reading import Pages
from handlers.declarations import questions as ask
from handlers.declarations import works
from handlers.declarations.kinds import HAS_PAGES, SHORT, Kind, Medium, PlaySource
from handlers.declarations.limits import share_of
from handlers.declarations.periods import is_late, open_periods, period_of
from storage.declarations import Declaration
from tests.bot.answers import outcome
from tests.handlers.demo_database import ZONE, loaded
from tests.stage import TUESDAY, Stage, as_read

DAYS = [
    datetime(2026, 7, 1, 0, 5, tzinfo=ZONE),
    datetime(2026, 10, 14, 23, 55, tzinfo=ZONE),
    datetime(2026, 11, 1, 1, 30, tzinfo=ZONE),
    datetime(2026, 11, 30, 12, 0, tzinfo=ZONE),
    datetime(2026, 12, 1, 12, 0, tzinfo=ZONE),
    datetime(2027, 3, 31, 12, 0, tzinfo=ZONE),
    datetime(2027, 4, 15, 12, 0, tzinfo=ZONE),
    datetime(2027, 6, 30, 12, 0, tzinfo=ZONE),
    datetime(2028, 2, 29, 12, 0, tzinfo=ZONE),
]
"""First and last days of periods, and days on which the calendar or the clock is odd."""
GRACE_DAYS = 14


async def test_every_part_of_a_declaration_could_have_been_typed(sqlite_url: str) -> None:
    async with loaded(sqlite_url) as demo:
        for one in await demo.sent():
            for question, kept, choice in _parts(one):
                read = outcome(question.reader, str(kept), choice)
                assert str(read) == str(kept), (one.work.title, question.name)


def _parts(one: Declaration) -> Iterator[tuple[Question[object], object, str | None]]:
    """Each question that was answered, what is kept of the answer, and the choice taken if it was one."""
    work, use = one.work, one.use
    typed = (
        (ask.ISBN, work.isbn),
        (ask.TITLE, work.title),
        (ask.AUTHOR, work.author),
        (ask.PUBLISHER, work.publisher),
        (ask.YEAR, work.year),
        (ask.TOTAL, work.total_pages),
        (ask.PUPILS, use.pupils),
        (ask.LEVEL, use.level),
        (ask.NOTE, use.note),
    )
    yield from ((question, kept, None) for question, kept in typed if kept is not None)
    yield ask.COPIED, use.copied, "whole" if use.copied == "whole" else None
    yield ask.KIND, work.kind, work.kind
    yield ask.MEDIUM, use.medium, use.medium


async def test_every_declaration_follows_the_rules_of_its_kind(sqlite_url: str) -> None:
    async with loaded(sqlite_url) as demo:
        sent = await demo.sent()
    for one in sent:
        kind, copied, total = Kind(one.work.kind), Pages.parse(one.use.copied), one.work.total_pages
        source = PlaySource(one.work.source) if one.work.source else None
        assert (kind is Kind.PLAY) == (source is not None), one
        assert total or kind not in HAS_PAGES, one
        assert not copied.whole or kind in SHORT, one
        assert copied.highest <= (total or copied.highest), one
        share, filing = share_of(copied, total, kind, source), one.filing
        assert (filing.pages, filing.share, filing.over) == (share.pages, share.percent, share.over)
        assert filing.work_key == works.work_key(one.work)
    assert {one.work.kind for one in sent} == set(Kind)
    assert {one.use.medium for one in sent} == set(Medium)


@pytest.mark.parametrize("now", DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
async def test_whatever_the_day_there_is_one_of_each_thing_to_show(sqlite_url: str, now: datetime) -> None:
    async with loaded(sqlite_url, now) as demo:
        sent = await demo.sent()
        [(idle, nothing_in, _)] = (await demo.rows())["no_use"]
    assert [one.work.title for one in sent if one.filing.over] == ["Cratères et Confiture, manuel de science"]
    assert [one.work.title for one in sent if one.filing.late] == ["La reine des parapluies percés"]
    running = period_of(now.date())
    assert {running.key, running.before.key} <= {one.filing.period for one in sent}
    assert nothing_in in {one.key for one in open_periods(now.date(), GRACE_DAYS)}
    assert idle not in {one.filing.person_id for one in sent}


@pytest.mark.parametrize("now", DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
async def test_whatever_the_day_nothing_was_sent_before_it_was_used(sqlite_url: str, now: datetime) -> None:
    async with loaded(sqlite_url, now) as demo:
        sent = await demo.sent()
    for one in sent:
        sent_on = one.filing.sent_at.astimezone(ZONE).date()
        assert one.use.used_on <= sent_on <= now.date()
        assert one.filing.period == period_of(one.use.used_on).key
        assert one.filing.late == is_late(one.use.used_on, sent_on, GRACE_DAYS)
    assert [one.filing.sent_at for one in sent] == sorted(one.filing.sent_at for one in sent)


async def test_a_title_typed_finds_the_work_that_only_a_colleague_has_declared(sqlite_url: str) -> None:
    async with loaded(sqlite_url, TUESDAY.astimezone(ZONE)) as demo:
        teacher = await demo.person("teacher")
    assert teacher
    at = str(teacher.id)
    async with Stage(sqlite_url) as stage:
        for text in ("déclarer", "livre", "passer", "Les volcan racontés au nuages"):
            await stage.hear(Heard("terminal", at, stage.key(), stage.clock.now(), text))
        letters = stage.mailboxes["terminal", at].unread()
    titles, same = as_read(letters[-2:-1]), as_read(letters[-1:])
    assert "[1. Fractions en folie à Tartemolle, cahier d’exercices (Odile Tiercelet" in titles
    assert "[3. Les volcans racontés aux nuages (Aubin Grésil)]" in titles
    assert "[1. Les volcans racontés aux nuages (Aubin Grésil)]" in same
    assert "Cratères et Confiture" not in titles + same
