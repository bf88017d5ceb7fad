"""What is put aside for a human: kept within bounds, told within bounds, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.mail.fetch import parking
from bot.turn import Said, Turn
from storage import parked
from storage.sweeping import forget
from tests.bot.channels.mail.post_room import QUESTION, STRANGER, MailRoom
from tests.bot.channels.mails import mail
from tests.poisoning import WORD, house_with
from tests.stage import furnished


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(database_url) as room:
        yield room


async def test_a_mail_that_cannot_be_read_is_told_once_and_the_next_is_read(room: MailRoom) -> None:
    broken = b"\x00\x01 no mail at all"
    await room.takes(broken, mail(QUESTION, **{"from": STRANGER}), broken)
    assert "Mot de passe oublié" in room.reads(STRANGER)
    assert await room.parked() == ["no-headers"]
    alert = await room.alerts()
    assert alert.count("⚠️") == 1
    assert "n°\xa01. Raison\xa0: aucun en-tête de courriel." in alert
    assert "declic mail parked 1" in alert


async def test_somebody_who_sends_a_thousand_broken_mails_does_not_fill_the_operators_mailbox(
    room: MailRoom,
) -> None:
    await room.takes(*(f"broken {n}".encode() for n in range(30)))
    assert len(await room.parked()) == 30
    assert (await room.alerts()).count("⚠️") == 5


async def test_nobody_escapes_that_by_another_address_for_every_mail(room: MailRoom) -> None:
    """Each of these is a loop of its own."""
    for n in range(12):
        sender = f"{n}@ailleurs.test"
        await room.takes(*(mail("Bien reçu.", message_id=f"<{m}@x>", **{"from": sender}) for m in range(3)))
    assert await room.parked() == ["loop"] * 12
    assert (await room.alerts()).count("⚠️") == 5
    room.tick(timedelta(hours=1))
    await room.takes(b"broken")
    assert (await room.alerts()).count("⚠️") == 1


async def test_more_in_a_day_than_the_disk_bears_is_kept_by_its_beginnings(
    room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parking, "MOST_BYTES", 200_000)
    broken = [f"broken {n}".encode() * 10_000 for n in range(4)]
    await room.takes(*broken)
    kept = await room.asks(lambda tx: [parked.bytes_of(tx, number) or b"" for number in range(1, 5)])
    assert [one == raw for one, raw in zip(kept, broken, strict=True)] == [True, True, False, False]
    assert {len(one) for one in kept[2:]} == {parking.BEGINNING}
    assert [one.cut for one in await room.asks(parked.newest)] == [True, True, False, False]
    room.tick(timedelta(days=1))
    await room.takes(b"broken " * 10_000)
    assert not (await room.asks(parked.newest))[0].cut


async def test_a_mail_that_fails_three_times_is_kept_and_named_to_nobody(database_url: str) -> None:
    def fails(_turn: Turn, _argument: str) -> Said:
        raise RuntimeError

    async with MailRoom(database_url, house=house_with(fails)) as room:
        with capture_logs() as events:
            read = await room.writes(STRANGER, WORD, message_id="<camille.roy.17@ecole.test>")
        assert "Désolé" in read
        assert await room.parked() == ["failed"]
        alert = await room.alerts()
        assert alert.count("⚠️") == 1
        assert "trois essais" in alert
        assert "camille.roy" not in f"{alert} {events}"
        assert await room.writes(STRANGER, QUESTION)


async def test_what_is_forgotten_is_not_told_again_when_the_mailbox_shows_it_again(room: MailRoom) -> None:
    await room.takes(b"broken")
    await room.alerts()
    room.tick(timedelta(days=15))
    await forget(room.database, furnished().settings.keep, room.clock.now())
    await room.takes(b"broken")
    assert (await room.parked(), await room.alerts()) == ([], "")
    assert await room.asks(lambda tx: parked.bytes_of(tx, 1)) is None
