"""The message to forward is a letter of its own that leads back to nobody: who answers it is a stranger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from sqlalchemy import select, update

from bot.channels.mail.tokens import tokens_in
from bot.channels.mail.write.compose import write_mail
from bot.messages import Letter
from storage import people
from storage.database import Transaction
from storage.tables import person, role, school
from tests.bot.channels.mail.post_room import CAMILLE, MAILING, OURS, PASSED, STRANGER, MailRoom
from tests.campaigning import act, id_of

DIRECTION = "dominique@ecole.test"


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(sqlite_url) as room:
        await act(room, lambda tx: _by_mail(tx, room))
        yield room


def _by_mail(tx: Transaction, room: MailRoom) -> None:
    linked = room.clock.now() - timedelta(days=1)
    people.link(tx, id_of(tx, "dominique"), "mail", DIRECTION, linked)


async def passed_on(room: MailRoom) -> Letter:
    """The letter that the direction has got, to be forwarded."""
    await room.writes(DIRECTION, "message à transférer", authentication_results=PASSED)
    return room.last_to(DIRECTION)


def told(letter: Letter, room: MailRoom) -> EmailMessage:
    """It as it travels."""
    written = write_mail(letter, MAILING, room.house.wording, room.clock.now())
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(written.raw)


async def test_it_holds_no_secret_no_button_and_no_name(room: MailRoom) -> None:
    letter = await passed_on(room)
    mail = told(letter, room)
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert (letter.token, letter.page.buttons) == ("", ())
    assert mail["Reply-To"] is None
    assert not list(tokens_in(OURS, [mail["Message-ID"]], [mail["From"]]))
    assert "References" not in mail
    assert "declic@exemple.invalid" in text
    assert "lundi 30 novembre 2026" in text
    assert "Monday, November 30, 2026" in text
    assert "humain" not in text
    for name in ("Camille", "Morgan", "Dominique", "Tilleuls", "t.me", "http"):
        assert name not in mail.as_string()
    assert "Copies made in class" in mail["Subject"]


async def test_the_answer_of_somebody_of_the_staff_is_a_strangers(room: MailRoom) -> None:
    letter = await passed_on(room)
    named = told(letter, room)["Message-ID"]
    page = await room.writes(CAMILLE, "déclarer", in_reply_to=named, subject="Tr: Copies")
    assert "je dois m’assurer que c’est bien vous" in page
    page = await room.writes(STRANGER, "rien à déclarer", in_reply_to=named, references=named)
    assert "je ne connais pas encore cette adresse" in page
    assert await room.alerts() == ""


async def test_whom_the_mail_server_vouches_for_may_answer_it_at_once(room: MailRoom) -> None:
    letter = await passed_on(room)
    named = told(letter, room)["Message-ID"]
    page = await room.writes(CAMILLE, "déclarer", in_reply_to=named, authentication_results=PASSED)
    assert "1." in page
    assert "je dois m’assurer" not in page


async def test_it_is_in_one_language_where_the_staff_reads_one(room: MailRoom) -> None:
    def all_french(tx: Transaction) -> None:
        there = select(role.c.person_id).join(school, school.c.id == role.c.school_id)
        tx.execute(update(person).where(person.c.id.in_(there)).values(language="fr"))

    await act(room, all_french)
    letter = await passed_on(room)
    assert "Hello" not in letter.page.html
    assert letter.page.html.startswith("Bonjour")
