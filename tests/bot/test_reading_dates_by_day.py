"""What a date means depends on the day it is written, and any date the assistant writes is read back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates import LOCALES, long_day, short_day
from bot.question import Answer, Reader
from bot.reading import a_date
from tests.bot.answers import WEDNESDAY, ZONE, outcome

TODAY = WEDNESDAY.date()
READER: Reader[date] = a_date(timedelta(days=365))


def read_on(today: date, text: str) -> str:
    return str(outcome(READER, text, at=datetime(today.year, today.month, today.day, 8, tzinfo=ZONE)))


@pytest.mark.parametrize(
    ("today", "text", "read"),
    [
        ("2026-10-12", "lundi", "2026-10-12"),
        ("2026-10-12", "lundi passé", "2026-10-05"),
        ("2026-10-12", "dimanche", "2026-10-11"),
        ("2026-11-14", "vendredi le 13", "2026-11-13"),
        ("2026-11-13", "vendredi le 13", "2026-11-13"),
        ("2026-03-01", "hier", "2026-02-28"),
        ("2024-03-01", "29 février", "2024-02-29"),
        ("2024-02-28", "29 février", "read/no-such-day"),
        ("2024-12-01", "le 29 février 2024", "2024-02-29"),
        ("2027-01-01", "hier", "2026-12-31"),
        ("2027-01-01", "31 décembre", "2026-12-31"),
        ("2027-01-04", "le 12", "2026-12-12"),
        ("2026-03-05", "le 30", "2026-01-30"),
        ("2026-07-02", "30 juin", "2026-06-30"),
        # without a year, a reading half a year older than the other is not meant
        ("2026-10-14", "12/10", "2026-10-12"),
        ("2027-01-20", "10/1", "read/date-two-ways"),
        ("2027-01-20", "11/12", "read/date-two-ways"),
        # a reading still to come is dropped when the other is past
        ("2026-11-20", "10/12/2026", "2026-10-12"),
        ("2026-12-15", "10/12/2026", "read/date-two-ways"),
        ("2026-10-01", "11/10/2026", "read/date-ahead"),
        # what goes before settles which of two is meant
        ("2026-12-15", "jeudi 10/12/2026", "2026-12-10"),
        ("2026-12-15", "lundi 10/12/2026", "2026-10-12"),
        ("2026-12-11", "hier 10/12/2026", "2026-12-10"),
    ],
)
def test_a_day_is_read_against_the_answers_own_day(today: str, text: str, read: str) -> None:
    assert read_on(date.fromisoformat(today), text) == read


@pytest.mark.parametrize(
    "text", ["", "12 octobre " + "le " * 100 + "12 octobre", "9" * 5000], ids=["none", "long", "digits"]
)
def test_no_text_and_a_long_text_are_no_date(text: str) -> None:
    assert read_on(TODAY, text) == "read/no-date"


def test_late_in_the_evening_it_is_still_today() -> None:
    late = datetime(2026, 10, 14, 23, 30, tzinfo=ZONE)
    assert READER.read(Answer("aujourd’hui", late)) == date(2026, 10, 14)


def test_the_oldest_day_is_the_last_one_taken() -> None:
    reader = a_date(timedelta(days=14))
    assert outcome(reader, "30 septembre") == date(2026, 9, 30)
    assert outcome(reader, "29 septembre") == "read/date-too-old"


def test_a_choice_is_read_by_its_value() -> None:
    assert outcome(READER, "La veille", "yesterday") == date(2026, 10, 13)
    assert not READER.numbered


@pytest.mark.parametrize("language", sorted(LOCALES))
@given(back=st.integers(0, 365))
def test_what_the_assistant_writes_itself_is_read_back(language: str, back: int) -> None:
    day = TODAY - timedelta(days=back)
    for written in (
        long_day(day, language),
        short_day(day, language),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
    ):
        assert read_on(TODAY, written) == str(day)


@given(st.text())
def test_any_text_is_a_day_or_refused(text: str) -> None:
    read = outcome(READER, text)
    assert isinstance(read, date) or str(read).startswith("read/")


@given(st.text(alphabet="0123456789/-. octhier,", max_size=16))
def test_any_jumble_of_digits_is_a_past_day_or_refused(text: str) -> None:
    read = outcome(READER, text)
    assert read <= TODAY if isinstance(read, date) else str(read).startswith("read/")
