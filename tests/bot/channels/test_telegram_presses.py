"""What a person sees after pressing a button."""

from __future__ import annotations

import pytest
from telegram import Bot

from bot.assistant import Outcome
from bot.channels.doors import Fate
from bot.channels.telegram import Receiver, TelegramSender
from bot.messages import Kind
from tests.bot.channels.conftest import letter, running
from tests.bot.channels.listener import Listener
from tests.fakes.telegram import FakeTelegram, Person, Press, Shown

QUESTION = "<b>Étape 1</b>\nEst-ce un livre de R&amp;D? (<i>1 &lt; 2</i>)"
SEEN = "Étape 1\nEst-ce un livre de R&D? (1 < 2)"


@pytest.fixture
async def asked(bot: Bot, camille: Person) -> Shown:
    await TelegramSender(bot).send(letter("42", QUESTION, "Oui & non", "Non"))
    [shown] = await camille.hears()
    return shown


async def press(telegram: FakeTelegram, receiver: Receiver, camille: Person, label: str) -> Press:
    """Presses, and waits until all of it has been dealt with."""
    made = await camille.presses(label)
    async with running(receiver):
        await telegram.all_confirmed()
    return made


async def test_the_question_shows_the_choice_in_place_of_its_buttons(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, asked: Shown
) -> None:
    made = await press(telegram, receiver, camille, "Oui & non")
    [shown] = camille.chat
    assert (shown.id, shown.text, shown.buttons) == (asked.id, f"{SEEN}\n\n➜ Oui & non", [])
    assert shown.marked("bold") == ["Étape 1", "Oui & non"]
    assert shown.marked("italic") == ["1 < 2"]
    assert (made.answered, made.notice) == (True, None)
    [heard] = listener.heard
    assert (heard.kind, heard.press, heard.about) == (Kind.PRESS, "talk:question:0", str(asked.id))


async def test_a_button_that_no_longer_counts_goes_and_says_so(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, asked: Shown
) -> None:
    listener.outcome = Outcome(Fate.HEARD, stale=True)
    made = await press(telegram, receiver, camille, "Non")
    [shown] = camille.chat
    assert (shown.text, shown.buttons) == (asked.text, [])
    assert made.notice == "Ce bouton n’est plus valable. Voyez mon dernier message."


async def test_it_says_so_in_english_to_who_reads_english(
    telegram: FakeTelegram, bot: Bot, receiver: Receiver, listener: Listener
) -> None:
    alex = telegram.person(43, "Alex", language_code="en-CA")
    await TelegramSender(bot).send(letter("43", "A book?", "Yes"))
    listener.outcome = Outcome(Fate.HEARD, stale=True)
    made = await press(telegram, receiver, alex, "Yes")
    assert made.notice == "This button no longer counts. See my latest message."


@pytest.mark.parametrize("fate", [Fate.REPEATED, Fate.PARKED])
async def test_a_press_that_was_not_taken_in_now_shows_no_choice(
    telegram: FakeTelegram,
    receiver: Receiver,
    listener: Listener,
    camille: Person,
    asked: Shown,
    fate: Fate,
) -> None:
    listener.outcome = Outcome(fate)
    made = await press(telegram, receiver, camille, "Non")
    assert camille.chat == [asked]
    assert (made.answered, made.notice) == (True, None)


async def test_two_quick_presses_show_the_first_choice(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, asked: Shown
) -> None:
    await camille.presses("Non")
    await press(telegram, receiver, camille, "Non")
    [shown] = camille.chat
    assert shown.text == f"{SEEN}\n\n➜ Non"
    assert len(listener.heard) == 2
    assert telegram.unanswered == []


@pytest.mark.parametrize("gone", [True, False])
async def test_a_button_under_an_old_message_ends_kindly(
    telegram: FakeTelegram,
    receiver: Receiver,
    listener: Listener,
    camille: Person,
    asked: Shown,
    *,
    gone: bool,
) -> None:
    made = await camille.presses_old(99 if gone else asked, "talk:question:other")
    async with running(receiver):
        await telegram.all_confirmed()
    assert made.answered
    assert [shown.buttons for shown in camille.chat] == [asked.buttons if gone else []]
    assert [heard.press for heard in listener.heard] == ["talk:question:other"]


async def test_where_there_is_no_room_for_the_choice_only_the_buttons_go(
    telegram: FakeTelegram, bot: Bot, receiver: Receiver, camille: Person
) -> None:
    await TelegramSender(bot).send(letter("42", "x" * 4090, "Oui"))
    await press(telegram, receiver, camille, "Oui")
    [shown] = camille.chat
    assert (shown.text, shown.buttons) == ("x" * 4090, [])


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
async def test_a_sign_that_fails_changes_nothing(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, asked: Shown, method: str
) -> None:
    telegram.fail(method=method)
    await press(telegram, receiver, camille, "Non")
    assert len(listener.heard) == 1
    assert len(camille.chat) == 1
