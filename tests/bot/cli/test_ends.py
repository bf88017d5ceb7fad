"""How `declic run` ends: cleanly when it is asked to, and without loss when it is killed."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.database import Transaction
from storage.pace import EPOCH
from storage.states import LetterState
from storage.tables import letter
from tests.bot.cli.conftest import Organisation, assert_private, hears, read
from tests.bot.cli.test_run import RECEIPT, WORK
from tests.fakes.telegram import FakeTelegram, Person


def let_leases_end(tx: Transaction) -> None:
    """As when so much time has passed that whoever was sending has no claim any more."""
    tx.execute(update(letter).where(letter.c.state == LetterState.STARTED).values(due=EPOCH))


async def test_a_reply_on_its_way_arrives_before_the_end(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    sending = telegram.hold("sendMessage")
    async with on_telegram.running() as service:
        await camille.says("bonjour")
        await telegram.called("sendMessage")
        service.ask_to_stop()
        await service.logged("stopping")
        sending.set()
        assert await service.ended() == 0
        await service.logged("stopped")
    [welcome] = [message for message in camille.chat if message.from_bot]
    assert "Bonjour Camille Essai!" in read(welcome)
    await camille.says("aide")
    async with on_telegram.running():
        assert "Bonjour Camille Essai!" in await hears(camille)
        assert "Bonjour" not in await hears(camille)
        await telegram.all_confirmed()
    assert camille.unheard == []


async def test_a_message_that_is_being_heard_is_answered_before_the_end(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person
) -> None:
    hearing = telegram.hold("sendChatAction")
    async with on_telegram.running() as service:
        await camille.says("déclarer")
        await telegram.called("sendChatAction")
        service.ask_to_stop()
        await service.logged("stopping")
        assert "Qu’avez-vous copié?" in await hears(camille)
        hearing.set()
        assert await service.ended() == 0
    async with on_telegram.running():
        await telegram.all_confirmed()
    assert camille.unheard == []


@pytest.mark.parametrize(
    ("method", "after", "most"),
    [
        pytest.param("sendChatAction", False, 1, id="while it is heard"),
        pytest.param("sendMessage", False, 1, id="before the reply has left"),
        pytest.param("sendMessage", True, 2, id="before it is known that the reply has left"),
    ],
)
async def test_killed_in_the_middle_it_goes_on_where_it_was(
    on_telegram: Organisation, telegram: FakeTelegram, camille: Person, method: str, after: bool, most: int
) -> None:
    async with on_telegram.running() as service:
        await camille.says("déclarer")
        await hears(camille)
        await camille.presses("Un livre")
        await hears(camille)
        held = telegram.hold(method, after=after)
        times = len(telegram.calls_of(method)) + 1
        await camille.says(f"ISBN : non\n{WORK}")
        await telegram.called(method, times)
        await service.kill()
        held.set()
    await on_telegram.write(let_leases_end)
    async with on_telegram.running() as again:
        await camille.sees("Pour quel niveau")
        await telegram.all_confirmed()
        await camille.presses("Passer")
        await camille.sees("Brouillon, pas encore envoyé")
        await camille.presses("Envoyer")
        await camille.sees("Déclaration envoyée")
    replies = [read(message) for message in camille.chat if message.from_bot]
    assert 1 <= sum("Pour quel niveau" in reply for reply in replies) <= most
    assert sum("Brouillon" in reply for reply in replies) == 1
    assert sum(all(words in reply for words in RECEIPT) for reply in replies) == 1
    assert_private(service, telegram, camille)
    assert_private(again, telegram, camille)
