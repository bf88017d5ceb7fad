"""The school year of each role: what is due by when, and the file for one's own calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar, Event

from handlers.calendar.by_role import YEARS, calendar_of, feeds_of
from handlers.calendar.duties import ONE_DAY, duties_of
from handlers.calendar.feed import feed
from storage import accounts, people
from storage.people import Place
from storage.states import DECLARING_ROLES, Role, Sector
from tests.stage import Stage, furnished

NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
TEACHER = (Place(Role.TEACHER, 1),)
PUBLIC = (Place(Role.SCHOOL_ADMIN, 1, sector=Sector.PUBLIC),)
PRIVATE = (Place(Role.SCHOOL_ADMIN, 1, sector=Sector.PRIVATE),)
CSS = (Place(Role.CSS_ADMIN, centre_id=1),)
SCHOOL = (
    "school-account 08-01/08-31",
    "follow-up 08-01/11-30",
    "follow-up 12-01/03-31",
    "fees 07-01/06-30",
    "follow-up 04-01/06-30",
)
YEAR = [
    (
        TEACHER,
        [
            "declare 07-01/11-30",
            "account 08-01/11-30",
            "declare 12-01/03-31",
            "declare 04-01/06-30",
        ],
    ),
    (PUBLIC, [*SCHOOL]),
    (PRIVATE, [*SCHOOL, "school-selected 06-01/06-30"]),
    (
        CSS,
        [
            "contacts 08-01/08-31",
            "headcount 09-01/09-30",
            "relay 07-01/11-30",
            "relay 12-01/03-31",
            "relay 04-01/06-30",
            "selected 06-01/06-30",
        ],
    ),
    ((Place(Role.PARENT),), []),
    ((), []),
]
"""The calendars of the sources: who has what to do, from when to when."""

FIRST, SECOND, THIRD = (
    "(du 1er juillet 2026 au 30 novembre 2026)",
    "(du 1er décembre 2026 au 31 mars 2027)",
    "(du 1er avril 2027 au 30 juin 2027)",
)
DECLARE = "Déclarer les copies de la période"
FOLLOW = "Faire le suivi de votre personnel, comptes et déclarations"
RELAY = "Transférer au personnel les rappels que Copibec vous envoie"
FEES = "Toute l’année : si une déclaration entraîne des frais, un courriel vous avertit et dit comment la compléter"
IN_CALENDAR = [
    (
        TEACHER,
        [
            f"11-30/11-30 11-23 {DECLARE} {FIRST}",
            "11-30/11-30 11-23 Créer votre compte de la collecte, si ce n’est pas déjà fait",
            f"03-31/03-31 03-24 {DECLARE} {SECOND}",
            f"06-30/06-30 06-23 {DECLARE} {THIRD}",
        ],
    ),
    (
        PRIVATE,
        [
            "08-01/08-31 08-24 Créer le mot de passe de votre compte administrateur, quand Copibec vous écrit",
            f"11-30/11-30 11-23 {FOLLOW} {FIRST}",
            f"03-31/03-31 03-24 {FOLLOW} {SECOND}",
            f"08-01/08-01 - {FEES}",
            f"06-30/06-30 06-23 {FOLLOW} {THIRD}",
            "06-01/06-30 - Copibec vous dit si votre établissement est sélectionné",
        ],
    ),
    (
        CSS,
        [
            "08-01/08-31 08-24 Donner à Copibec les contacts des directions",
            "09-01/09-30 09-23 Confirmer à Copibec l’effectif de chaque établissement participant",
            f"11-02/11-30 11-23 {RELAY} {FIRST}",
            f"03-03/03-31 03-24 {RELAY} {SECOND}",
            f"06-02/06-30 06-23 {RELAY} {THIRD}",
            "06-01/06-30 - Copibec vous dit quels établissements sont sélectionnés",
        ],
    ),
]
"""The days of each event, the day on which a calendar tells of it, and what it says."""


def spans(places: tuple[Place, ...]) -> list[str]:
    since = date(2026, 7, 1)
    return [f"{one.name} {one.first:%m-%d}/{one.last:%m-%d}" for one in duties_of(places, since)]


def told(places: tuple[Place, ...], since: date, years: int = 1) -> list[str]:
    return [f"{duty.name} {duty.last:%m-%d}" for duty in duties_of(places, since, years)]


@pytest.mark.parametrize(("places", "duties"), YEAR)
def test_each_role_has_its_year(places: tuple[Place, ...], duties: list[str]) -> None:
    assert spans(places) == duties


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
    assert both == ["declare 03-31", "follow-up 03-31", "fees 06-30", "declare 06-30", "follow-up 06-30"]


def test_all_who_have_to_declare_have_the_same_year() -> None:
    assert len({tuple(told((Place(role, 1),), date(2026, 9, 1), 2)) for role in DECLARING_ROLES}) == 1


def events(places: tuple[Place, ...], language: str = "fr", since: date | None = None) -> list[Event]:
    """What another calendar reads in the file."""
    duties = duties_of(places, since or NOW.date(), 1 if since else YEARS)
    file = feed(duties, furnished().wording, language, NOW, "teacher")
    read = Calendar.from_ical(file.content)
    assert read["version"] == "2.0"
    return read.events


@pytest.mark.parametrize("places", [TEACHER, PRIVATE, CSS])
def test_each_event_has_its_own_name_and_takes_whole_days(places: tuple[Place, ...]) -> None:
    found = events(places)
    assert len({event["uid"] for event in found}) == len(found) >= 7
    assert all(type(event.start) is date and event.end > event.start for event in found)
    assert {str(event["transp"]) for event in found} == {"TRANSPARENT"}


@pytest.mark.parametrize(("places", "year"), IN_CALENDAR)
def test_a_calendar_shows_when_something_is_to_be_done(places: tuple[Place, ...], year: list[str]) -> None:
    assert [in_calendar(event) for event in events(places, since=date(2026, 7, 1))] == year


def in_calendar(event: Event) -> str:
    tells = event.alarms.times
    assert {f"{one.trigger:%H:%M}" for one in tells} <= {"09:00"}
    day = f"{tells[0].trigger:%m-%d}" if tells else "-"
    said = plain(str(event["summary"]))
    return f"{event.start:%m-%d}/{event.end - ONE_DAY:%m-%d} {day} {said}"


@pytest.mark.parametrize(
    ("places", "feeds"),
    [
        (TEACHER, ("teacher",)),
        ((Place(Role.SPECIALIST, 1), *TEACHER), ("teacher",)),
        (PRIVATE, ("school-admin-private",)),
        ((*PUBLIC, *TEACHER), ("school-admin", "teacher")),
        ((Place(Role.PARENT),), ()),
    ],
)
def test_whoever_wants_to_subscribe_finds_the_same_in_a_feed(
    places: tuple[Place, ...], feeds: tuple[str, ...]
) -> None:
    assert feeds_of(places) == feeds
    today, wording = NOW.date(), furnished().wording
    made = [calendar_of(name, wording, "fr", today) or b"" for name in feeds]
    assert made == [calendar_of(name, wording, "fr", today) for name in feeds]
    read = [Calendar.from_ical(one) for one in made]
    assert [str(one["uid"]) for one in read] == [f"calendar-{name}@declic" for name in feeds]
    assert {str(event["uid"]) for one in read for event in one.events} == {
        f"{duty.key}@declic" for duty in duties_of(places, today, YEARS)
    }


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def test_the_page_tells_where_to_subscribe_and_what_is_done(sqlite_url: str) -> None:
    house = furnished()
    public = house.settings.model_copy(update={"public_url": "https://declic.test"})
    async with Stage(sqlite_url, house=replace(house, settings=public)) as stage:
        camille = stage.person("camille")
        before = plain(await camille.says("mon calendrier"))
        assert "https://declic.test/calendar/teacher.ics?lang=fr" in before
        assert "⏰ D’ici le lundi 30 novembre 2026 : créer votre compte" in before
        whose = await stage.database.read(lambda tx: people.id_at(tx, "telegram", "101"))
        assert whose
        await stage.database.write(lambda tx: accounts.say(tx, whose, 2026, NOW))
        after = plain(await camille.says("mon calendrier"))
        assert "✅ Fait : créer votre compte" in after
    async with Stage(sqlite_url) as stage:
        assert "http" not in await stage.person("camille").says("mon calendrier")


@pytest.mark.parametrize(
    ("day", "nothing", "first"),
    [
        (date(2026, 11, 30), False, "⏰ D’ici le lundi 30 novembre 2026"),
        (
            date(2026, 12, 3),
            False,
            "⏰ Échéance passée, mais encore ouvert jusqu’au lundi 14 décembre 2026 : déclarer les copies",
        ),
        (date(2026, 12, 3), True, "⏰ D’ici le mercredi 31 mars 2027"),
        (date(2026, 12, 15), False, "⏰ D’ici le mercredi 31 mars 2027"),
    ],
)
async def test_a_period_still_open_comes_first(
    sqlite_url: str, day: date, *, nothing: bool, first: str
) -> None:
    async with Stage(sqlite_url, at=datetime.combine(day, time(15), UTC)) as stage:
        camille = stage.person("camille")
        if nothing:
            for one in ("rien à déclarer", "1", "oui"):
                await camille.says(one)
        page = plain(await camille.says("mon calendrier"))
        assert page.split("\n\n")[1].startswith(first)


def test_the_words_are_in_the_language_asked_for() -> None:
    assert {str(event["summary"]) for event in events(CSS, "en")} >= {
        "Give Copibec the contacts of the principals"
    }
