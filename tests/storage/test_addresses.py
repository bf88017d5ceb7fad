from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from bot.messages import Lane, Thread
from storage import addresses, people
from storage.database import Transaction
from storage.tables import address, person
from tests.storage.box import Box, to


@pytest.fixture
async def box_of_ana(box: Box) -> Box:
    """Where Ana is somebody met."""

    def meet(tx: Transaction) -> None:
        someone = tx.execute(insert(person).values(created_at=box.now).returning(person.c.id)).scalar_one()
        tx.execute(insert(address).values(channel="chat", value="ana", person_id=someone))

    await box.do(meet)
    return box


async def death_of_ana(box: Box) -> tuple[object, ...]:
    return tuple(await box.do(lambda tx: tx.execute(select(address.c.dead_at, address.c.dead_reason)).one()))


async def test_a_dead_address_takes_its_waiting_letters_with_it(box_of_ana: Box) -> None:
    box = box_of_ana
    await box.put(to("ana"), to("ana"), to("bo"), to("ana", lane=Lane.CAMPAIGN, strict=True))
    one = (await box.claim()).letters[0]
    await box.do(lambda tx: addresses.mark_dead(tx, "chat", "ana", "blocked", box.now))
    assert await box.end(one, reason="blocked")
    assert await box.states() == ["dead", "dead", "started", "dead"]
    assert await box.reasons() == ["blocked", "blocked", None, "blocked"]
    assert await death_of_ana(box) == (box.now, "blocked")


async def test_an_address_that_lives_again_gets_only_what_is_written_from_then_on(box_of_ana: Box) -> None:
    box = box_of_ana
    await box.put(to("ana", "un"))
    await box.do(lambda tx: addresses.mark_dead(tx, "chat", "ana", "blocked", box.now))
    await box.do(lambda tx: addresses.revive(tx, "chat", "ana"))
    await box.put(to("ana", "deux"))
    assert await death_of_ana(box) == (None, None)
    assert await box.claimed() == ["ana: deux"]


async def test_what_waits_for_a_dead_address_goes_to_another_of_the_person_and_what_left_stays(
    box_of_ana: Box,
) -> None:
    box = box_of_ana

    def link(tx: Transaction) -> None:
        ana = people.id_at(tx, "chat", "ana")
        assert ana
        for value in ("ana", "ana at home"):
            people.link(tx, ana, "chat", value, box.now)

    await box.do(link)
    await box.put(to("ana", "un"), to("ana", "deux", thread=Thread("Re", "<a@b>")), to("bo"))
    one, *_ = (await box.claim()).letters
    await box.sent(one)
    await box.do(lambda tx: addresses.mark_dead(tx, "chat", "ana", "blocked", box.now))
    assert await box.states() == ["sent", "waiting", "started"]
    [other] = (await box.claim()).letters
    assert (other.address, other.attempt, other.thread) == ("ana at home", 1, None)
    await box.do(lambda tx: addresses.mark_dead(tx, "chat", "ana at home", "blocked", box.now))
    assert await box.end(other)
    assert await box.states() == ["sent", "dead", "started"]
