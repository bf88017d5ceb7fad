"""Letters that come back: the address is marked by whoever can show the letter, and the letter takes another way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.messages import Page
from storage import addresses, outbox, people
from storage.database import Transaction
from storage.outbox import NewLetter
from tests.bot.channels.mail.post_room import (
    CAMILLE,
    MORGAN,
    OPERATOR,
    OURS,
    STRANGER,
    MailRoom,
)
from tests.bot.channels.mails import mail, parts
from tests.stage import TUESDAY

HOUR = timedelta(hours=1)

HARD = ("failed", "5.1.1", "550 5.1.1 no such user")
SOFT = ("failed", "4.2.2", "452 4.2.2 mailbox full")
DELAYED = ("delayed", "4.4.1", "connection timed out")


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(database_url) as room:
        await room.database.write(_leave_one_address)
        yield room


def _leave_one_address(tx: Transaction) -> None:
    """Camille is reached nowhere but at CAMILLE."""
    known = people.id_at(tx, "mail", CAMILLE)
    assert known
    for one in people.addresses(tx, known):
        if one.value != CAMILLE:
            addresses.mark_dead(tx, one.channel, one.value, "x", TUESDAY)


async def written(
    room: MailRoom, to: str = CAMILLE, key: str | None = None, ticket: int | None = None
) -> str:
    """A letter has left: its Message-ID."""
    new = NewLetter("mail", to, Page("Bonjour Camille"), key=key, ticket_id=ticket)
    await room.database.write(lambda tx: outbox.put(tx, [new], room.clock.now()))
    await room.post.drain()
    return room.id_of(room.last_to(to))


def dsn(told: tuple[str, str, str], of: str = CAMILLE, returned: str = "", **headers: str) -> bytes:
    """A report of a mail server; `returned` is the id of the letter that it gives back."""
    action, status, said = told
    report = (
        "content-type: message/delivery-status\n\nreporting-mta: dns; mx.ecole.test\n\n"
        f"final-recipient: rfc822; {of}\naction: {action}\nstatus: {status}\ndiagnostic-code: smtp; {said}\n"
    )
    given_back = f"content-type: text/rfc822-headers\n\nfrom: {OURS}\nmessage-id: {returned}\n"
    named = {
        "from": "MAILER-DAEMON@mx.ecole.test",
        "to": OURS,
        "message_id": f"<{action}{status}@mx.ecole.test>",
    }
    kind = 'report; report-type="delivery-status"'
    return parts("\n\nCould not deliver.", report, given_back, kind=kind, **{**named, **headers})


async def test_a_hard_bounce_marks_the_address_with_its_reason(room: MailRoom) -> None:
    await room.takes(dsn(HARD, returned=await written(room)))
    standing = await room.standing(CAMILLE)
    assert standing.dead_at is not None
    assert standing.dead_reason == "550 5.1.1 no such user"
    assert await room.alerts() == ""


async def test_the_third_soft_bounce_does_and_a_delay_never(room: MailRoom) -> None:
    for n in range(3):
        assert (await room.standing(CAMILLE)).dead_at is None
        letter = await written(room)
        await room.takes(dsn(DELAYED, returned=letter), dsn(SOFT, returned=letter))
        assert (await room.standing(CAMILLE)).bounces == n + 1
    assert (await room.standing(CAMILLE)).dead_at is not None


async def test_a_bounce_told_twice_counts_once(room: MailRoom) -> None:
    letter = await written(room)
    again = dsn(SOFT, returned=letter, message_id="<again@mx.ecole.test>")
    await room.takes(dsn(SOFT, returned=letter), dsn(SOFT, returned=letter), again)
    assert (await room.standing(CAMILLE)).bounces == 1


@pytest.mark.parametrize("how", ["tag", "in_reply_to", "whole message", "plain text"])
async def test_the_letter_is_known_however_it_is_given_back(room: MailRoom, how: str) -> None:
    message_id = await written(room)
    plain = f"550 5.1.1 <{CAMILLE}>: no such user\n\n--- Original message ---\nMessage-ID: {message_id}\n"
    raw = {
        "tag": dsn(HARD, to=room.tag_of(room.last_to(CAMILLE))),
        "in_reply_to": dsn(HARD, in_reply_to=message_id),
        "whole message": dsn(HARD)
        .replace(b"message-id: \n", b"x: y\n")
        .replace(
            b"--b--",
            b"--b\ncontent-type: message/rfc822\n\nmessage-id: "
            + message_id.encode()
            + b"\n\nBonjour\n--b--",
        ),
        "plain text": mail(
            plain, subject="Undelivered Mail Returned to Sender", **{"from": "MAILER-DAEMON@x.test"}
        ),
    }[how]
    await room.takes(raw)
    assert (await room.standing(CAMILLE)).dead_at is not None


async def test_nobody_kills_an_address_without_a_letter_to_it(room: MailRoom) -> None:
    own = await written(room, MORGAN)
    camilles = await written(room)
    guess = camilles.split(".")[0] + f".{'0' * 24}@exemple.test>"
    await room.takes(
        dsn(HARD, message_id="<1@x>"),
        dsn(HARD, message_id="<2@x>", returned="<a@b>"),
        dsn(HARD, message_id="<3@x>", returned=own),
        dsn(HARD, message_id="<4@x>", returned=guess),
        dsn(HARD, message_id="<5@x>", of=STRANGER, returned=camilles),
    )
    for address in (CAMILLE, MORGAN):
        assert (await room.standing(address)).dead_at is None
    assert await room.parked() == ["bounce-unknown"] * 5
    assert (await room.alerts()).count("⚠️") == 1
    room.tick(timedelta(days=1))
    await room.takes(dsn(HARD, message_id="<6@x>"), dsn(HARD, message_id="<7@x>"))
    assert (await room.alerts()).count("⚠️") == 1


async def test_the_letter_goes_to_another_address_of_the_person(room: MailRoom) -> None:
    await room.database.write(lambda tx: addresses.revive(tx, "telegram", "101"))
    letter = await written(room, key="answer:12:x")
    await room.takes(dsn(HARD, returned=letter), dsn(SOFT, returned=letter))
    assert room.reads("101", "telegram") == "Bonjour Camille"
    assert await room.alerts() == ""


async def test_letters_that_wait_take_the_other_way_too(room: MailRoom) -> None:
    await room.database.write(lambda tx: addresses.revive(tx, "telegram", "101"))
    letter = await written(room)
    waiting = [NewLetter("mail", CAMILLE, Page(f"Plus tard {n}"), due=TUESDAY + HOUR) for n in range(2)]
    await room.database.write(lambda tx: outbox.put(tx, waiting, room.clock.now()))
    await room.takes(dsn(HARD, returned=letter))
    room.tick(2 * HOUR)
    await room.post.drain()
    read = room.reads("101", "telegram")
    assert all(text in read for text in ("Bonjour Camille", "Plus tard 0", "Plus tard 1"))


async def test_the_answer_to_a_ticket_that_nobody_gets_is_told(room: MailRoom) -> None:
    await room.takes(dsn(HARD, returned=await written(room, key="answer:12:x")))
    alert = await room.alerts()
    assert "la réponse à la demande n°\xa012" in alert
    assert "no such user" in alert


async def test_what_comes_back_from_an_operator_takes_another_way_and_is_still_about_its_ticket(
    room: MailRoom,
) -> None:
    await room.writes(STRANGER, "humain")
    await room.replies(STRANGER, "Mon compte est bloqué, rien ne va.")
    await room.takes(dsn(HARD, of=OPERATOR, returned=await written(room, OPERATOR, ticket=1)))
    assert room.mailboxes["terminal", "operator"].letters[-1].ticket_id == 1


async def test_who_is_no_longer_reached_anywhere_is_not_reached(room: MailRoom) -> None:
    await room.takes(dsn(HARD, returned=await written(room)))
    known = await room.asks(lambda tx: people.id_at(tx, "mail", CAMILLE))
    assert known
    assert await room.asks(lambda tx: people.addresses(tx, known)) == ()
