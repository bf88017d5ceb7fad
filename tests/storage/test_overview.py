"""How things stand, counted on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from storage import addresses, inbox, mailboxes, outages, parked
from storage.addresses import Standing
from storage.database import Transaction
from storage.overview import Letters, Overview, overview
from storage.tables import address, person
from tests.storage.box import Box, to


async def test_an_empty_database_has_nothing_to_tell(box: Box) -> None:
    assert await box.do(overview) == Overview()


async def test_letters_are_counted_by_channel_and_what_became_of_them(box: Box) -> None:
    await box.put(to("ana"), to("bo"), to("cy"), to("dee"))
    one, two, *_ = (await box.claim()).letters
    await box.sent(one)
    await box.end(two)
    assert (await box.do(overview)).letters == {"chat": Letters(waiting=2, dead=1)}


async def test_what_is_put_aside_or_out_of_order_is_told(box: Box) -> None:
    def happened(tx: Transaction) -> None:
        mailboxes.begin(tx, "a/INBOX", 1, 5, box.now, box.now)
        outages.begun(tx, "a/INBOX", "refused", box.now)
        parked.park(tx, "a/INBOX", b"raw", "unreadable", box.now)
        for key in ("1", "2"):
            inbox.attempt(tx, "mail", "ana", key, box.now)
        inbox.park(tx, "mail", "ana", "2", "", box.now)

    await box.do(happened)
    found = await box.do(overview)
    assert (found.cursors["a/INBOX"].last_uid, found.outages[0].reason) == (5, "refused")
    assert (found.parked_mails, found.parked_messages, found.open_tickets) == (1, 1, 0)


async def test_the_addresses_of_somebody_are_shown_dead_or_alive(box: Box) -> None:
    def meet(tx: Transaction) -> int:
        someone = tx.execute(insert(person).values(created_at=box.now).returning(person.c.id)).scalar_one()
        rows = [
            {"channel": "mail", "value": value, "person_id": someone} for value in ("a@h.test", "b@h.test")
        ]
        tx.execute(insert(address), rows)
        addresses.mark_dead(tx, "mail", "a@h.test", "550 no such user", box.now + timedelta(hours=1))
        addresses.bounced(tx, "mail", "b@h.test", "452 full", box.now)
        return int(someone)

    someone = await box.do(meet)
    assert await box.do(lambda tx: addresses.of_person(tx, someone)) == (
        Standing("mail", "a@h.test", None, box.now + timedelta(hours=1), "550 no such user", 0),
        Standing("mail", "b@h.test", None, None, None, 1),
    )
