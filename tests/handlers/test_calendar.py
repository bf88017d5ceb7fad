"""The school year of each role: what is due by when, and the file for one's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from handlers.calendar.duties import duties_of
from handlers.calendar.feed import feed
from handlers.calendar.mine import YEARS
from storage.people import Place
from storage.states import DECLARING_ROLES, Role, Sector
from tests.stage import furnished

NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
TEACHER = (Place(Role.TEACHER, 1),)
PUBLIC = (Place(Role.SCHOOL_ADMIN, 1, sector=Sector.PUBLIC),)
PRIVATE = (Place(Role.SCHOOL_ADMIN, 1, sector=Sector.PRIVATE),)
CSS = (Place(Role.CSS_ADMIN, centre_id=1),)
FOLLOW_UP = ("follow-up 11-30", "follow-up 03-31", "follow-up 06-30")

YEAR = [
    (TEACHER, ["declare 11-30", "account 11-30", "declare 03-31", "declare 06-30"]),
    (PUBLIC, ["school-account 08-31", *FOLLOW_UP]),
    (PRIVATE, ["school-account 08-31", *FOLLOW_UP, "school-selected 06-30"]),
    (
        CSS,
        ["contacts 08-31", "headcount 09-30", "relay 11-30", "relay 03-31", "relay 06-30", "selected 06-30"],
    ),
    ((Place(Role.PARENT),), []),
    ((), []),
]


def told(places: tuple[Place, ...], since: date, years: int = 1) -> list[str]:
    return [f"{duty.name} {duty.last:%m-%d}" for duty in duties_of(places, since, years)]


@pytest.mark.parametrize(("places", "duties"), YEAR)
def test_each_role_has_its_year(places: tuple[Place, ...], duties: list[str]) -> None:
    assert told(places, date(2026, 7, 1)) == duties


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2026, 7, 31), "declare 11-30"),
        (date(2026, 11, 30), "declare 11-30"),
        (date(2026, 12, 1), "declare 03-31"),
        (date(2027, 3, 31), "declare 03-31"),
        (date(2027, 4, 1), "declare 06-30"),
        (date(2027, 6, 30), "declare 06-30"),
    ],
)
def test_what_ends_today_is_still_to_do_and_what_ended_is_not(day: date, next_one: str) -> None:
    assert told(TEACHER, day)[0] == next_one


def test_a_direction_that_teaches_has_both_once() -> None:
    both = told((*PUBLIC, *TEACHER, Place(Role.SPECIALIST, 2)), date(2026, 12, 1))
    assert both == ["declare 03-31", "follow-up 03-31", "declare 06-30", "follow-up 06-30"]


def test_all_who_have_to_declare_have_the_same_year() -> None:
    assert len({tuple(told((Place(role, 1),), date(2026, 9, 1), 2)) for role in DECLARING_ROLES}) == 1


def events(places: tuple[Place, ...], language: str = "fr") -> list[Event]:
    """What another calendar reads in the file."""
    file = feed(duties_of(places, NOW.date(), YEARS), furnished().wording, language, NOW)
    read = Calendar.from_ical(file.content)
    assert read["version"] == "2.0"
    return read.events


@pytest.mark.parametrize("places", [TEACHER, PRIVATE, CSS])
def test_each_event_has_its_own_name_and_takes_whole_days(places: tuple[Place, ...]) -> None:
    found = events(places)
    assert len({event["uid"] for event in found}) == len(found) >= 7
    assert all(type(event.start) is date and event.end > event.start for event in found)
    assert {str(event["transp"]) for event in found} == {"TRANSPARENT"}


def test_a_deadline_is_its_day_and_is_told_a_week_before() -> None:
    deadlines = [event for event in events(TEACHER) if str(event["uid"]).startswith("declare-2026-1")]
    [event] = deadlines
    assert (event.start, event.end) == (date(2026, 11, 30), date(2026, 12, 1))
    assert str(event["summary"]) == "Déclarer les copies de la période"
    assert event.alarms.times[0].trigger == date(2026, 11, 23)


def test_the_words_are_in_the_language_asked_for() -> None:
    assert {str(event["summary"]) for event in events(CSS, "en")} >= {
        "Give Copibec the contacts of the principals"
    }
