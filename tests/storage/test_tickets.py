"""What a human has to take up: open until the first answer, and the last words are kept."""

from __future__ import annotations

from storage import people, tickets
from storage.database import Transaction
from storage.states import TicketState
from storage.tickets import NewTicket
from tests.storage.box import Box


def open_one(tx: Transaction, box: Box) -> int:
    asker = people.add(tx, box.now)
    return tickets.open_one(tx, NewTicket(asker, "question", "où?", "chat", "ana"), box.now)


async def test_the_first_answer_closes_a_ticket_and_the_last_words_are_kept(box: Box) -> None:
    number = await box.do(lambda tx: open_one(tx, box))
    assert await box.do(lambda tx: tickets.hold(tx, number))
    assert await box.do(lambda tx: tickets.answered(tx, number, "ici"))
    assert not await box.do(lambda tx: tickets.hold(tx, number))
    assert not await box.do(lambda tx: tickets.answered(tx, number, "plutôt là"))
    assert not await box.do(lambda tx: tickets.answered(tx, number))
    kept = await box.do(lambda tx: tickets.by_id(tx, number))
    assert kept
    assert (kept.state, kept.answer) == (TicketState.ANSWERED, "plutôt là")


async def test_a_ticket_that_is_not_there_is_not_open(box: Box) -> None:
    assert not await box.do(lambda tx: tickets.hold(tx, 99))
