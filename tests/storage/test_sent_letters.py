"""A letter that left is found by what answers it, and by what may be spoken of."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from storage import sent_letters
from storage.database import Transaction
from storage.tables import letter, person, ticket
from tests.fakes.clock import NOON
from tests.storage.box import SECOND, Box, to


async def test_a_reply_to_an_alert_finds_its_ticket(box: Box) -> None:
    ticket_id = await box.do(_open_ticket)
    await box.put(to("ana", ticket_id=ticket_id), to("bo"))
    for one in (await box.claim()).letters:
        await box.sent(one, f"remote {one.address}")

    async def found(address: str, remote_id: str) -> int | None:
        sent = await box.do(lambda tx: sent_letters.sent_as(tx, "chat", address, remote_id))
        return sent.ticket_id if sent else None

    assert await found("ana", "remote ana") == ticket_id
    assert await found("bo", "remote ana") is None
    assert await found("bo", "remote bo") is None
    assert await found("ana", "") is None


def _open_ticket(tx: Transaction) -> int:
    someone = tx.execute(insert(person).values(created_at=NOON).returning(person.c.id)).scalar_one()
    values: dict[str, Any] = {"kind": "human", "text": "aide", "channel": "chat", "address": "cy"}
    made = insert(ticket).values(person_id=someone, opened_at=NOON, **values).returning(ticket.c.id)
    return int(tx.execute(made).scalar_one())


async def test_the_last_letter_is_the_one_that_left_last(box: Box) -> None:
    await box.put(to("ana", "un"), to("ana", "deux"))
    assert await box.do(lambda tx: sent_letters.last_sent(tx, "chat", "ana")) is None
    await box.sent(await box.the_one())
    last = await box.do(lambda tx: sent_letters.last_sent(tx, "chat", "ana"))
    assert last
    assert last.page.html == "<b>un</b>"


async def test_the_language_of_the_last_letter_is_forgotten_after_a_time(box: Box) -> None:
    await box.put(to("ana"))
    await box.do(lambda tx: tx.execute(update(letter).values(language="en")))
    assert await box.do(lambda tx: sent_letters.last_language(tx, "chat", "ana", box.now)) == "en"
    assert await box.do(lambda tx: sent_letters.last_language(tx, "chat", "ana", box.now + SECOND)) is None
    assert await box.do(lambda tx: sent_letters.last_language(tx, "chat", "bo", box.now)) is None


async def test_letters_about_a_ticket_are_found_by_how_their_keys_begin(box: Box) -> None:
    about = await box.do(_open_ticket)
    await box.put(
        *(to("ana", key, key=key, ticket_id=about) for key in ("a_b:2", "axb:1", "a_b:1")),
        to("bo", key="a_b:3"),
    )
    written = await box.do(lambda tx: sent_letters.written_about(tx, about, "a_b:"))
    assert [one.key for one in written] == ["a_b:2", "a_b:1"]


@pytest.mark.parametrize("guess", ["", "x", "é", None])
async def test_a_letter_is_found_by_its_secret_only(box: Box, guess: str | None) -> None:
    await box.put(to("ana", "un"))
    one = await box.the_one()
    token = one.token if guess is None else guess
    found = await box.do(lambda tx: sent_letters.with_token(tx, one.id, token))
    assert (found and found.page.html) == ("<b>un</b>" if guess is None else None)


async def test_a_letter_without_a_secret_is_found_by_none(box: Box) -> None:
    await box.put(to("ana", traceless=True))
    letter_id = (await box.the_one()).id
    assert await box.do(lambda tx: sent_letters.with_token(tx, letter_id, "")) is None
