"""Each kind of data goes when its time has come, and not before; what is still needed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.messages import File, Page
from bot.settings.privacy import PrivacySettings
from storage import (
    campaigns,
    declarations,
    enquiries,
    inbox,
    outbox,
    parked,
    people,
    reminders,
    retention,
    sweeping,
    talks,
    tickets,
    volumes,
)
from storage.campaigns import Aim, NewCampaign
from storage.database import Database, Transaction
from storage.declarations import Filing, Use, Work
from storage.enquiries import NewEnquiry
from storage.outbox import NewLetter
from storage.reminders import Entry
from storage.states import Audience, LetterState, ReminderOutcome, TalkState
from storage.tables import (
    declaration_version,
    enquiry,
    letter,
    letter_file,
    link_code,
    person,
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)
from storage.talks import KeptTalk
from storage.tickets import NewTicket

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
KEEP = PrivacySettings(_env_file=None).keep
MAIL = ("mail", "camille@tilleuls.invalid")

Make = Callable[[Transaction, int, datetime], None]
"""Puts one of its kind into the database, of a person, done with at that time."""


def asked(tx: Transaction, who: int, at: datetime) -> None:
    enquiries.keep(tx, NewEnquiry(who, *MAIL, "fr", "fr", "où?", b"", None, ()), at)


def put_aside(tx: Transaction, _who: int, at: datetime) -> None:
    parked.park(tx, "box", f"{at}".encode(), "unreadable", at)


def wrote(tx: Transaction, _who: int, at: datetime) -> None:
    page = Page("<b>bonjour</b>")
    outbox.put(tx, [NewLetter(*MAIL, page)], at)
    _sent(tx, at)


def wrote_with_file(tx: Transaction, _who: int, at: datetime) -> None:
    page = Page("", files=(File("a.txt", "text/plain", b"x"),))
    outbox.put(tx, [NewLetter(*MAIL, page)], at)
    _sent(tx, at)


def _sent(tx: Transaction, at: datetime) -> None:
    tx.execute(update(letter).where(letter.c.due == at).values(state=LetterState.SENT, sent_at=at))


def talked(tx: Transaction, who: int, at: datetime) -> None:
    begun = talks.start(tx, who, "declare", {}, at)
    finished = KeptTalk(begun.id, who, "declare", TalkState.FINISHED, answers={"title": {"text": "x"}})
    talks.save(tx, finished, at)


def began(tx: Transaction, who: int, at: datetime) -> None:
    """A talk with no answer yet: it holds what it was begun with, and what waits."""
    begun = talks.start(tx, who, "declare", {"title": "x"}, at)
    waiting = KeptTalk(
        begun.id, who, "declare", TalkState.ASIDE, offered=({"label": "x"},), held={"text": "x"}
    )
    talks.save(tx, waiting, at)


def was_answered(tx: Transaction, who: int, at: datetime) -> None:
    """A ticket with no words of its own."""
    had_help(tx, who, at)
    tx.execute(update(ticket).values(text=""))


def had_help(tx: Transaction, who: int, at: datetime) -> None:
    number = tickets.open_one(tx, NewTicket(who, "human", "ma question", *MAIL), at)
    tickets.answered(tx, number, "la réponse")
    of_it = ticket_care.c.ticket_id == number
    if not tx.execute(select(ticket_care).where(of_it)).first():
        tx.execute(insert(ticket_care).values(ticket_id=number, changed_at=at, waiting_since=at))
    tx.execute(update(ticket_care).where(of_it).values(closed_at=at, changed_at=at))


def asked_for_code(tx: Transaction, _who: int, at: datetime) -> None:
    row = {"channel": "telegram", "address": "1", "mailed_to": MAIL[1], "salt": b"s", "digest": b"d"}
    tx.execute(insert(link_code).values(**row, made_at=at))


def sent_list(tx: Transaction, who: int, at: datetime) -> None:
    tx.execute(insert(roster_file).values(person_id=who, lines=[["Camille"]], shown="x", made_at=at))


def counted(tx: Transaction, _who: int, at: datetime) -> None:
    volumes.add(tx, MAIL[1], at)


def heard(tx: Transaction, _who: int, at: datetime) -> None:
    inbox.attempt(tx, *MAIL, f"{at}", at)
    inbox.keep(tx, *MAIL, f"{at}", at)


def declared(tx: Transaction, who: int, at: datetime) -> None:
    filing = Filing(who, None, "2026-1", "k", None, None, None, False, "collector", at)
    use = Use("whole", "paper", 20, date(2026, 11, 2))
    number = declarations.send(tx, None, Work("book", "Le renard bleu"), use, filing)
    of_it = select(func.count()).where(declaration_version.c.declaration_id == number)
    assert tx.execute(of_it).scalar_one() == 1


def left(tx: Transaction, _who: int, at: datetime) -> None:
    number = people.add(tx, at, "Camille Essai")
    tx.execute(update(person).where(person.c.id == number).values(closed_at=at))


def was_reminded(tx: Transaction, who: int, at: datetime) -> None:
    aim = Aim(Audience.STAFF, "2026-1")
    new = NewCampaign(f"hand:{at}", "hand", aim, at.date(), at, note="Merci!", made_by=who)
    made = campaigns.begin(tx, new, at)
    assert made
    campaigns.cancel(tx, made, at)
    reminders.note(tx, [Entry(made, who, ReminderOutcome.LEFT, at)])


CASES: Mapping[str, tuple[Make, int]] = {
    "departed": (left, 1),
    "enquiries": (asked, 1),
    "parked": (put_aside, 1),
    "letters": (wrote, 1),
    "letter-files": (wrote_with_file, 1),
    "answers": (talked, 1),
    "tickets": (had_help, 1),
    "codes": (asked_for_code, 1),
    "roster-files": (sent_list, 1),
    "reminders": (was_reminded, 2),
    "machine-answers": (counted, 1),
    "inbox": (heard, 1),
    "declarations": (declared, 2),
}
"""By kind: how one comes about, and how many rows of it then go."""


def test_each_kind_has_its_case() -> None:
    assert set(CASES) == {kind.name for kind in retention.KINDS}


MORE = [("answers", began, 1), ("tickets", was_answered, 1)]


@pytest.mark.parametrize(("kind", "make", "rows"), [*((kind, *case) for kind, case in CASES.items()), *MORE])
async def test_a_kind_goes_in_its_time_and_not_a_day_before(
    database: Database, kind: str, make: Make, rows: int
) -> None:
    ended = [NOW - timedelta(days=KEEP[kind] + days) for days in (1, -1)]

    def fill(tx: Transaction) -> None:
        person_id = people.add(tx, NOW)
        for at in ended:
            make(tx, person_id, at)

    await database.write(fill)
    would_go = await database.read(lambda tx: sweeping.due(tx, KEEP, NOW))
    gone = await sweeping.forget(database, KEEP, NOW)
    again = await sweeping.forget(database, KEEP, NOW)
    assert {name: count for name, count in gone.items() if count} == {kind: rows}
    assert (would_go, set(again.values())) == (gone, {0})


async def test_what_a_human_still_has_to_answer_stays(database: Database) -> None:
    long_ago = NOW - timedelta(days=2000)

    def fill(tx: Transaction) -> None:
        person_id = people.add(tx, NOW)
        number = tickets.open_one(tx, NewTicket(person_id, "human", "ma question", *MAIL), long_ago)
        asked(tx, person_id, long_ago)
        enquiries.attach(tx, tx.execute(select(enquiry.c.id)).scalar_one(), number)
        page = Page("<b>bonjour</b>", files=(File("a.txt", "text/plain", b"x"),))
        outbox.put(tx, [NewLetter(*MAIL, page)], long_ago)

    await database.write(fill)
    assert not any((await sweeping.forget(database, KEEP, NOW)).values())


async def test_what_is_emptied_leaves_the_numbers_that_others_refer_to(database: Database) -> None:
    long_ago = NOW - timedelta(days=2000)

    def fill(tx: Transaction) -> None:
        person_id = people.add(tx, NOW)
        for make in (had_help, talked, wrote_with_file):
            make(tx, person_id, long_ago)

    await database.write(fill)
    await sweeping.forget(database, KEEP, NOW)
    columns = (ticket.c.text, ticket.c.answer, talk.c.answers, letter.c.html)
    left = [await database.read(lambda tx, one=one: tx.execute(select(one)).scalar_one()) for one in columns]  # type: ignore[misc]
    assert left == ["", None, {}, ""]
    words = await database.read(lambda tx: tx.scalars(select(ticket_event.c.words)).all())
    assert not any(words)
    assert not (await database.read(lambda tx: tx.execute(select(letter_file)).all()))


async def test_many_go_in_batches(database: Database) -> None:
    def fill(tx: Transaction) -> None:
        for _ in range(sweeping.AT_ONCE + 3):
            counted(tx, 0, NOW - timedelta(days=9))

    await database.write(fill)
    assert (await sweeping.forget(database, KEEP, NOW))["machine-answers"] == sweeping.AT_ONCE + 3
