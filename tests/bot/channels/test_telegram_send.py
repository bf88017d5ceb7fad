"""Letters as people see them on Telegram, and what the post is told when they cannot leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from httpx import ConnectError, ConnectTimeout, PoolTimeout, ReadTimeout
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.send import TelegramSender, trouble_of
from bot.markup import units
from bot.sending import AddressDead, LetterRefused, NotSent, TryLater
from tests.bot.channels.conftest import PatientClock, letter
from tests.fakes.telegram import FakeTelegram, Person
from tests.fakes.telegram.errors import bad_request
from tests.fakes.telegram.trouble import Snag


@pytest.fixture
def sender(bot: Bot) -> TelegramSender:
    return TelegramSender(bot)


async def test_a_page_is_shown_with_its_marks_and_buttons(sender: TelegramSender, camille: Person) -> None:
    html = '<b>Titre</b>\nde <i>R&amp;D</i>, « 1 &lt; 2 » <code>12-30</code> <a href="https://exemple.test/a">guide</a>'
    remote_id = await sender.send(letter("42", html, "Oui", "Non", "Passer"))
    [shown] = await camille.hears()
    assert str(shown.id) == remote_id
    assert shown.text == "Titre\nde R&D, « 1 < 2 » 12-30 guide"
    marks = {kind: shown.marked(kind) for kind in ("bold", "italic", "code", "text_link")}
    assert marks == {"bold": ["Titre"], "italic": ["R&D"], "code": ["12-30"], "text_link": ["guide"]}
    assert shown.buttons == [["Oui", "Non"], ["Passer"]]
    assert shown.button("Non").data == "talk:question:1"


async def test_what_is_no_house_markup_is_shown_as_written(sender: TelegramSender, camille: Person) -> None:
    await sender.send(letter("42", "<u>R&D</u> <b>1 < 2"))
    [shown] = await camille.hears()
    assert shown.text == "<u>R&D</u> 1 < 2"
    assert shown.marked("bold") == ["1 < 2"]


async def test_links_bring_no_preview(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    await sender.send(letter("42", "https://exemple.test"))
    assert [call["link_preview_options"] for call in telegram.calls_of("sendMessage")] == [
        {"is_disabled": True}
    ]
    assert camille.unheard


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], []),
        (["Oui"], [["Oui"]]),
        (["Oui", "Non"], [["Oui", "Non"]]),
        (["1", "2", "3", "4"], [["1", "2"], ["3", "4"]]),
        (["Un livre", "Un manuel ou un cahier"], [["Un livre"], ["Un manuel ou un cahier"]]),
    ],
)
async def test_short_buttons_stand_two_in_a_row(
    sender: TelegramSender, camille: Person, labels: list[str], rows: list[list[str]]
) -> None:
    await sender.send(letter("42", "Choisissez.", *labels))
    [shown] = await camille.hears()
    assert shown.buttons == rows


LONG = "\n\n".join(f"<b>Partie {number}.</b> " + "Une phrase 😀 de plus. " * 60 for number in range(6))


async def test_a_long_page_comes_in_parts_with_the_buttons_last(
    sender: TelegramSender, camille: Person
) -> None:
    remote_id = await sender.send(letter("42", LONG, "Oui"))
    first, second, third = await camille.hears(3)
    assert [first.buttons, second.buttons, third.buttons] == [[], [], [["Oui"]]]
    assert str(third.id) == remote_id
    assert all(units(part.text) <= 4096 for part in (first, second, third))
    assert [part.text.endswith("plus.") for part in (first, second, third)] == [True] * 3
    marked = first.marked("bold") + second.marked("bold") + third.marked("bold")
    assert marked == [f"Partie {number}." for number in range(6)]


async def test_a_part_that_shows_nothing_is_left_out(sender: TelegramSender, camille: Person) -> None:
    await sender.send(letter("42", "Voici." + "\n" * 5000, "Oui"))
    [shown] = await camille.hears()
    assert (shown.text, shown.buttons) == ("Voici.", [["Oui"]])


async def test_after_a_pause_a_long_page_goes_on_where_it_stopped(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person, clock: PatientClock
) -> None:
    telegram.limit_pace()
    page = letter("42", LONG, "Oui")
    for _ in range(2):
        with pytest.raises(TryLater) as raised:
            await sender.send(page)
        assert raised.value.after == timedelta(seconds=1)
        await clock.sleep(1)
    await sender.send(page)
    assert len(await camille.hears(3)) == 3
    assert camille.unheard == []


async def test_html_that_telegram_refuses_is_sent_as_plain_text(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    refusal = bad_request("can't parse entities: Unsupported start tag")
    telegram._desk.trouble.snags.append(Snag(1, refusal, "sendMessage"))
    await sender.send(letter("42", '<b>Voir</b> <a href="https://exemple.test/a">le guide</a>', "Oui"))
    [shown] = await camille.hears()
    assert shown.text == "Voir le guide (https://exemple.test/a)"
    assert shown.buttons == [["Oui"]]


async def test_somebody_who_blocked_us_is_no_longer_written_to(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    await telegram.block(camille.id)
    with pytest.raises(AddressDead, match="blocked by the user"):
        await sender.send(letter("42", "Bonjour"))


async def test_somebody_who_never_wrote_cannot_be_written_to(
    telegram: FakeTelegram, sender: TelegramSender
) -> None:
    telegram.person(43, met=False)
    with pytest.raises(AddressDead, match="Chat not found"):
        await sender.send(letter("43", "Bonjour"))


async def test_too_many_letters_to_a_chat_hold_that_chat_alone(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    telegram.flood(camille.id, retry_after=17)
    with pytest.raises(TryLater) as raised:
        await sender.send(letter("42", "Bonjour"))
    assert (raised.value.after, raised.value.whole_channel) == (timedelta(seconds=17), False)
    telegram.person(43)
    await sender.send(letter("43", "Bonjour"))


async def test_a_line_that_is_cut_leaves_the_letter_in_doubt(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    telegram.drop(method="sendMessage", after=True)
    with pytest.raises(NetworkError):
        await sender.send(letter("42", "Bonjour"))
    assert len(camille.unheard) == 1


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (Forbidden("Forbidden: user is deactivated"), AddressDead),
        (BadRequest("Chat not found"), AddressDead),
        (ChatMigrated(-1001), AddressDead),
        (BadRequest("Button_data_invalid"), LetterRefused),
        (InvalidToken("no"), NotSent),
        (caused(NetworkError("no"), ConnectError("no")), NotSent),
        (caused(TimedOut(), ConnectTimeout("no")), NotSent),
        (caused(TimedOut(), PoolTimeout("no")), NotSent),
        (caused(TimedOut(), ReadTimeout("no")), TimedOut),
        (NetworkError("Bad Gateway"), NetworkError),
    ],
)
def test_the_post_is_told_what_to_do(error: TelegramError, trouble: type[Exception]) -> None:
    assert type(trouble_of(error)) is trouble
