"""What becomes of mail: heard once, passed by, or put aside for a human."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Outcome
from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.heard import bare_subject, heard_in, key_of, written_at
from bot.channels.mail.fetch.proof import Proof
from bot.channels.mail.fetch.take import Taker
from bot.channels.mail.read import read_mail
from bot.messages import Heard, Kind
from storage.database import DatabaseDown
from tests.bot.channels.mail.post_room import (
    CAMILLE,
    MAILING,
    MORGAN,
    OPERATOR,
    OURS,
    QUESTION,
    STRANGER,
    MailRoom,
)
from tests.bot.channels.mails import mail, parts

ARRIVED = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(database_url) as room:
        yield room


def heard(raw: bytes) -> Heard:
    return heard_in(read_mail(raw), Found(1, raw, ARRIVED), Proof())


async def test_a_question_is_answered_in_its_thread(room: MailRoom) -> None:
    read = await room.writes(
        STRANGER,
        f"Bonjour,\n\n{QUESTION}\n\nMerci!",
        message_id="<q@ailleurs.test>",
        references="<a@b> <c@d>",
    )
    assert "Mot de passe oublié" in read
    thread = room.last_to(STRANGER).thread
    assert thread
    assert (thread.subject, thread.message_id) == ("Question", "<q@ailleurs.test>")
    assert thread.references == ("<a@b>", "<c@d>")


async def test_the_same_mail_is_heard_once(room: MailRoom) -> None:
    raw = mail(QUESTION, **{"from": STRANGER})
    await room.takes(raw)
    assert room.reads(STRANGER)
    await room.takes(raw, raw)
    await room.restart()
    await room.takes(raw.replace(b"Question", b"Autre sujet"))
    assert room.reads(STRANGER) == ""


async def test_nobody_uses_up_the_id_of_somebody_elses_mail(room: MailRoom) -> None:
    assert await room.writes(MORGAN, QUESTION, message_id="<m@ecole.test>")
    assert await room.writes(CAMILLE, QUESTION, message_id="<m@ecole.test>")


async def test_mails_of_one_sender_are_heard_in_order(room: MailRoom) -> None:
    raws = [mail(f"{QUESTION} {'abcd'[n]}", message_id=f"<{n}@x>", **{"from": STRANGER}) for n in range(4)]
    await room.takes(*raws, mail("Allô", **{"from": MORGAN}))
    letters = room.mailboxes["mail", STRANGER].letters
    assert [letter.thread and letter.thread.message_id for letter in letters] == [
        f"<{n}@x>" for n in range(4)
    ]
    assert room.reads(MORGAN)


PASSED_BY = {
    "our own": mail(**{"from": f"Déclic <{OURS}>"}),
    "our own with a tag": mail(**{"from": OURS.replace("@", "+12@")}),
    "out of office": mail(subject="Absence du bureau"),
    "another assistant": mail(auto_submitted="auto-replied"),
    "a list": mail(list_id="<profs.ecole.test>"),
    "no-reply": mail(**{"from": "noreply@ecole.test"}),
    "calendar": parts("content-type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"),
}


@pytest.mark.parametrize("name", PASSED_BY)
async def test_what_no_person_wrote_is_never_answered(room: MailRoom, name: str) -> None:
    await room.takes(PASSED_BY[name])
    assert not any(channel == "mail" for channel, _ in room.mailboxes)
    assert await room.parked() == []


async def test_what_is_given_up_is_kept(room: MailRoom) -> None:
    await room.taker.give_up("boîte", room.found(mail(QUESTION)))
    await room.post.drain()
    assert await room.parked() == ["not-taken"]
    assert "impossible à traiter" in await room.alerts()


async def test_an_address_longer_than_mail_takes_is_put_aside(room: MailRoom) -> None:
    await room.takes(mail(**{"from": f"{'x' * 320}@ecole.test"}))
    assert await room.parked() == ["sender-too-long"]


class Down:
    """An assistant whose database is down for some."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def hear(self, heard: Heard) -> Outcome:
        self.heard.append(heard.sender)
        if heard.sender == CAMILLE:
            raise DatabaseDown
        raise ValueError(heard.sender)


async def test_a_database_that_is_down_keeps_the_cursor_and_nothing_else_does(room: MailRoom) -> None:
    down = Down()
    taker = Taker(MAILING, down, room.database, room.house.wording, room.clock)
    batch = [room.found(mail(**{"from": one})) for one in (CAMILLE, STRANGER, MORGAN)]
    with pytest.raises(DatabaseDown):
        await taker.take_all("boîte", batch)
    assert sorted(down.heard) == sorted([CAMILLE, STRANGER, MORGAN])
    assert sorted(await room.parked()) == ["failed", "failed"]
    assert "panne" in await _sent_alerts(room)


async def _sent_alerts(room: MailRoom) -> str:
    await room.post.drain()
    return await room.alerts()


TEXTS = {
    "Bonjour,\n\noui\n\nMerci": "oui",
    "2 svp\n\nCamille": "2 svp",
    "2\nCamille": "2",
    "> Titre?\nLe grand livre\n> Pages?\n12": "Le grand livre\n12",
    "Merci!": "Merci!",
    "": "Question",
    "\n-- \nCamille": "Question",
}


@pytest.mark.parametrize("body", TEXTS)
def test_what_a_mail_comes_down_to(body: str) -> None:
    assert heard(mail(body)).text == TEXTS[body]


def test_an_empty_answer_does_not_say_what_its_subject_does() -> None:
    answer = heard(mail("", in_reply_to="<a@b>"))
    assert (answer.text, answer.kind) == ("", Kind.UNREADABLE)


def test_everything_written_is_kept_for_a_human() -> None:
    told = heard(mail("Bonjour,\n\noui\n\nLe 3 mai 2026 à 10:00, Déclic <d@x.test> a écrit :\n> Bon?"))
    assert told.words == "Bonjour,\n\noui"
    assert told.envelope
    assert "> Bon?" in told.envelope.whole


SUBJECTS = {
    "Re: Question": "Question",
    "RE : TR: Fwd: re[2]: Question": "Question",
    "Tr\xa0: Question": "Question",
    "Réf: Question": "Réf: Question",
    "Ressources": "Ressources",
    "Re:": "",
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_without_what_programs_put_before_it(subject: str) -> None:
    assert bare_subject(subject) == SUBJECTS[subject]


DATES = {
    "now": (ARRIVED, ARRIVED),
    "earlier": (ARRIVED - timedelta(days=2), ARRIVED - timedelta(days=2)),
    "in the future": (ARRIVED + timedelta(minutes=1), ARRIVED),
    "long ago": (ARRIVED - timedelta(days=31), ARRIVED),
    "nonsense": (datetime(1, 1, 1, tzinfo=UTC), ARRIVED),
    "missing": (None, ARRIVED),
}


@pytest.mark.parametrize("name", DATES)
def test_when_a_mail_was_written(name: str) -> None:
    said, expected = DATES[name]
    assert written_at(said, ARRIVED) == expected


def test_every_mail_has_a_short_key_of_its_own() -> None:
    raw = mail(message_id="")
    assert key_of(read_mail(raw), raw) == sha256(raw).hexdigest()
    assert key_of(read_mail(mail()), b"") == "<1@ecole.test>"
    long = [mail(message_id=f"<{'x' * 400}{n}@ecole.test>") for n in range(2)]
    keys = {key_of(read_mail(raw), raw) for raw in long}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {64}


def test_a_long_thread_and_many_attachments_are_bounded() -> None:
    references = " ".join(f"<{n}@x>" for n in range(90))
    files = [f'content-disposition: attachment; filename="{n}.pdf"\n\nx' for n in range(40)]
    envelope = heard(parts("\n\nBonjour", *files, references=references, subject="x" * 999)).envelope
    assert envelope
    assert envelope.thread.references == tuple(f"<{n}@x>" for n in range(60, 90))
    assert (len(envelope.thread.subject), len(envelope.attachments)) == (300, 10)


HEADERS = st.sampled_from(
    [
        "From: camille@ecole.test",
        f"From: {OPERATOR}",
        "From: mailer-daemon@x.test",
        "From: \x00@\udc80.test",
        "Message-ID: <\x00\udcff@x>",
        "Subject: =?utf-8?b?w6k=?=",
        "Date: Mon, 1 Jan 0001 00:00:00 -2359",
        "In-Reply-To: <99999999999999999999.0123456789abcdef0123@exemple.test>",
        "In-Reply-To: <999999999999999.0123456789abcdef0123@exemple.test>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Authentication-Results: mx.exemple.test; dmarc=pass header.from=ecole.test",
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headers=st.lists(HEADERS, max_size=6), body=st.binary(max_size=60))
async def test_no_bytes_keep_the_next_mail_out(sqlite_url: str, headers: list[str], body: bytes) -> None:
    raw = "\n".join((*headers, "", "")).encode(errors="surrogateescape") + body
    async with MailRoom(sqlite_url) as room:
        await room.takes(raw, body)
