"""Years are played day by day: whatever the calendar brings, reminders keep their hours and deadlines their day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from bot.channels.telegram.send import TelegramSender
from bot.cli.rehearsal.declaring import declared
from bot.cli.rehearsal.playing import rate_of
from bot.working_days import WorkingDays
from handlers.declarations.periods import Period
from storage import people
from storage.database import Transaction
from storage.states import ReminderOutcome
from storage.tables import address, role, school
from tests.campaigning import id_of
from tests.rehearsing import Played, play, settings_for

SUMMER = frozenset(date(2027, 6, 23) + timedelta(days=n) for n in range(69))
"""Schools are out from the day before the holiday."""


def assert_kept(played: Played) -> None:
    """What holds whatever is played."""
    settings = played.settings
    days = WorkingDays()
    for at in played.at:
        assert at.date() in days
        assert any(span.begins <= at.time() < span.ends for span in settings.sending_hours), at
    assert len({(one.campaign_id, one.person_id) for one in played.sent}) == len(played.sent)
    left = [one for one in played.ledger if one.outcome is ReminderOutcome.LEFT]
    assert len(left) == len(played.sent)
    assert played.year.most <= settings.unasked_a_week
    for line in played.lines.values():
        if line.rule not in ("headcount", "contacts"):
            assert line.deadline == line.period.deadline


@pytest.mark.parametrize(
    ("first", "last", "more", "declare"),
    [
        pytest.param(
            date(2026, 2, 25),
            date(2026, 4, 3),
            {},
            [
                ("02-27", 30, 3, 0),
                ("03-17", 14, 3, 0),
                ("03-24", 7, 3, 0),
                ("03-27", 2, 3, 0),  # a Sunday is the Friday before
                ("03-31", 0, 3, 0),
            ],
            id="the clock goes forward on 8 March 2026",
        ),
        pytest.param(
            date(2026, 10, 26),
            date(2026, 12, 4),
            {},
            [
                ("10-30", 30, 3, 0),
                ("11-16", 14, 3, 0),
                ("11-23", 7, 3, 0),
                ("11-27", 2, 3, 0),
                ("11-30", 0, 3, 0),
            ],
            id="the clock goes back on 1 November 2026",
        ),
        pytest.param(
            date(2027, 2, 25),
            date(2027, 4, 5),
            {},
            [
                ("03-01", 30, 3, 0),
                ("03-17", 14, 3, 0),
                ("03-24", 7, 3, 0),
                ("03-25", 2, 3, 0),  # Easter Monday is the Thursday before
                ("03-31", 0, 3, 0),
            ],
            id="the clock goes forward on 14 March 2027, and Easter is before the deadline",
        ),
        pytest.param(
            date(2028, 2, 25),
            date(2028, 4, 6),
            {"remind_before": (31, 14, 2)},
            [
                ("02-29", 31, 3, 0),
                ("03-17", 14, 3, 0),
                ("03-29", 2, 3, 0),
            ],
            id="a leap day is a day like any other",
        ),
        pytest.param(
            date(2036, 2, 25),
            date(2036, 3, 21),
            {},
            [
                ("02-29", 30, 3, 0),  # the Friday before a Saturday
                ("03-17", 14, 3, 0),
            ],
            id="a sending gives way to a leap day",
        ),
        pytest.param(
            date(2025, 10, 28),
            date(2025, 12, 5),
            {},
            [
                ("10-31", 30, 3, 0),
                ("11-14", 14, 3, 0),
                ("11-21", 7, 3, 0),
                ("11-28", 2, 0, 3),
                ("11-28", 0, 3, 0),
            ],
            id="the deadline is a Sunday",
        ),
        pytest.param(
            date(2024, 2, 27),
            date(2024, 4, 5),
            {},
            [
                ("03-01", 30, 3, 0),
                ("03-15", 14, 3, 0),
                ("03-22", 7, 3, 0),
                ("03-28", 2, 0, 3),
                ("03-28", 0, 3, 0),
            ],
            id="the deadline is Easter Sunday",
        ),
        pytest.param(
            date(2027, 5, 27),
            date(2027, 6, 30),
            {"school_calendar": SUMMER},
            [
                ("05-31", 30, 3, 0),
                ("06-16", 14, 3, 0),
                ("06-22", 7, 0, 3),
                ("06-22", 2, 0, 3),
                ("06-22", 0, 3, 0),
            ],
            id="schools are out by the end of June",
        ),
    ],
)
async def test_what_staff_get_before_a_deadline(
    sqlite_url: str, first: date, last: date, more: dict[str, Any], declare: list[tuple[str, int, int, int]]
) -> None:
    played = await play(sqlite_url, first, last, **more)
    assert_kept(played)
    assert sorted(played.of_rule("declare")) == sorted(declare)


async def test_the_hour_is_that_of_the_wall_on_both_sides_of_a_clock_change(sqlite_url: str) -> None:
    played = await play(sqlite_url, date(2026, 10, 30), date(2026, 11, 2))
    assert {at.time().replace(second=0, microsecond=0) for at in played.at} == {time(7)}
    assert {one.at.astimezone(UTC).hour for one in played.sent} == {11, 12}


def many(tx: Transaction, count: int) -> None:
    """So many more teachers of the first school, reached by e-mail."""
    where = tx.execute(select(school.c.id).order_by(school.c.id)).scalars().first()
    for n in range(count):
        person_id = people.add(tx, datetime(2026, 1, 1, tzinfo=UTC), f"Personne {n}")
        tx.execute(insert(role).values(person_id=person_id, role="teacher", school_id=where))
        people.link(tx, person_id, "mail", f"{n}@tilleuls.invalid", datetime(2026, 1, 1, tzinfo=UTC))


async def test_what_does_not_fit_into_the_morning_goes_on_in_the_afternoon_and_the_next_days(
    sqlite_url: str,
) -> None:
    played = await play(
        sqlite_url,
        date(2026, 11, 16),
        date(2026, 11, 18),
        prepare=lambda tx: many(tx, 400),
        mail_per_minute=1,
    )
    assert_kept(played)
    mails = [at for at, one in zip(played.at, played.sent, strict=True) if one.channel == "mail"]
    assert max(at for at in mails if at.hour < 12).time() >= time(7, 58)
    assert min(at for at in mails if at.hour > 12).time() == time(15, 30)
    assert {at.date().day for at in mails} == {16, 17}
    line = played.lines[date(2026, 11, 16), "declare", 14]
    assert line.begins
    assert line.ends
    assert (line.begins.hour, line.ends.hour) == (7, 19)


def test_channels_take_as_long_as_the_real_ones() -> None:
    settings = settings_for("sqlite:///none.db", mail_per_minute=45)
    rates = {name: rate_of(name, settings) for name in ("telegram", "mail", "terminal")}
    assert rates == {"telegram": TelegramSender(None).rate, "mail": 0.75, "terminal": None}  # type: ignore[arg-type]


async def test_who_declares_meanwhile_gets_no_more(sqlite_url: str) -> None:
    zone = settings_for(sqlite_url).zone
    everybody = {one.person_id: one for one in declared((1, 2, 3), [Period(2026, 1)], 1, zone)}
    played = await play(sqlite_url, date(2026, 10, 26), date(2026, 11, 30), declared=everybody.values())
    assert_kept(played)
    late = [one for one in played.sent if one.person_id in everybody and one.at > everybody[one.person_id].at]
    assert late == []
    assert 0 < len(played.sent) < 5 * len(everybody)


def test_who_declares_and_when_is_the_same_each_time_and_hangs_on_nobody_else() -> None:
    zone = settings_for("sqlite:///none.db").zone
    some = set(declared((2, 3), [Period(2026, 1)], 0.5, zone))
    assert some == {one for one in declared((3, 2, 1), [Period(2026, 1)], 0.5, zone) if one.person_id != 1}


@pytest.mark.parametrize(("share", "least", "most"), [(0, 0, 0), (0.4, 360, 440), (1, 1000, 1000)])
def test_so_large_a_share_declares(share: float, least: int, most: int) -> None:
    period, zone = Period(2026, 1), settings_for("sqlite:///none.db").zone
    found = list(declared(range(1000), [period], share, zone))
    assert least <= len(found) <= most
    assert all(period.first <= one.at.date() <= period.deadline for one in found)


async def test_what_was_planned_before_the_first_day_is_not_made_up_for(sqlite_url: str) -> None:
    played = await play(sqlite_url, date(2026, 11, 24), date(2026, 11, 27))
    assert {one.key for one in played.ledger} == {"declare:2026-1:2", "follow-up:2026-1:2"}


async def test_nobody_is_reached_who_has_no_address(sqlite_url: str) -> None:
    def lose(tx: Transaction) -> None:
        tx.execute(delete(address).where(address.c.person_id == id_of(tx, "lou")))

    played = await play(sqlite_url, date(2026, 11, 23), date(2026, 11, 23), prepare=lose)
    assert played.lines[date(2026, 11, 23), "declare", 7].skipped == {"unreachable": 1}
