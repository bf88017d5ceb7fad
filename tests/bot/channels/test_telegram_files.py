"""Files by Telegram: fetched before their message is heard, and sent with the letter that they belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from telegram.error import NetworkError

from bot.attachments import LARGEST
from bot.channels.telegram import files as fetching
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.send import TelegramSender
from bot.messages import File, Kind, Letter
from bot.sending import LetterRefused, TryLater
from tests.bot.channels.conftest import letter, running
from tests.bot.channels.listener import Listener
from tests.bot.channels.test_telegram_send import sender
from tests.fakes.telegram import FakeTelegram, Person

__all__ = ["sender"]

LIST = File("personnel.csv", "text/csv", b"nom;courriel\n")
CHART = File("graphique.png", "image/png", b"\x89PNG")

Breaks = Callable[[FakeTelegram], object]


async def heard(telegram: FakeTelegram, receiver: Receiver) -> None:
    """Lets the receiver take in all that was sent."""
    async with running(receiver):
        await telegram.all_confirmed()


async def test_a_document_is_heard_with_its_content_and_its_caption(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    await camille.sends("document", LIST.content, name=LIST.name, caption="Voici la liste")
    await heard(telegram, receiver)
    [one] = listener.heard
    assert (one.kind, one.text, one.files) == (Kind.TEXT, "Voici la liste", (LIST,))


async def test_of_a_photo_the_largest_size_that_may_be_is_fetched(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    await camille.sends("photo", b"\xff\xd8\xff large")
    await camille.sends("photo", b"\xff\xd8\xff huge", size=LARGEST + 1)
    await heard(telegram, receiver)
    contents = [file.content for one in listener.heard for file in one.files]
    assert contents == [b"\xff\xd8\xff large", b"small"]
    assert {(file.name, file.media_type) for one in listener.heard for file in one.files} == {
        ("photo.jpg", "image/jpeg")
    }


@pytest.mark.parametrize(("caption", "kind"), [("", Kind.UNREADABLE), ("Que faire de ce guide?", Kind.TEXT)])
async def test_what_is_of_no_use_is_not_fetched_and_its_caption_is_heard(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, caption: str, kind: Kind
) -> None:
    await camille.sends("document", b"%PDF-1.7", name="guide.pdf", caption=caption)
    await heard(telegram, receiver)
    assert [(one.kind, one.text, one.files) for one in listener.heard] == [(kind, caption, ())]
    assert telegram.calls_of("getFile") == []


@pytest.mark.parametrize(
    "breaks",
    [
        pytest.param(lambda telegram: telegram.fail(2, method="getFile"), id="Telegram out of order"),
        pytest.param(lambda telegram: telegram.flood_all(1, 1, "getFile"), id="too many calls"),
        pytest.param(lambda telegram: telegram.drop(1, method="download"), id="line cut in a download"),
        pytest.param(lambda telegram: telegram.fail(2, method="download"), id="download out of order"),
    ],
)
async def test_a_download_that_fails_is_tried_again(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person, breaks: Breaks
) -> None:
    breaks(telegram)
    await camille.sends("document", LIST.content, name=LIST.name)
    await heard(telegram, receiver)
    assert [one.files for one in listener.heard] == [(LIST,)]


@pytest.mark.parametrize(
    "breaks",
    [
        pytest.param(lambda telegram: telegram.fail(99, method="getFile"), id="Telegram out of order"),
        pytest.param(lambda telegram: telegram.fail(99, method="getFile", code=400), id="no such file"),
        pytest.param(lambda telegram: telegram.drop(99, method="download"), id="line cut in downloads"),
        pytest.param(lambda telegram: telegram.hold("download"), id="downloads that never end"),
    ],
)
async def test_a_file_that_cannot_be_had_keeps_its_message_from_nobody(
    telegram: FakeTelegram,
    receiver: Receiver,
    listener: Listener,
    camille: Person,
    breaks: Breaks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.1)
    breaks(telegram)
    await camille.sends("document", LIST.content, name=LIST.name, caption="Voici la liste")
    await camille.says("Vous l’avez?")
    await heard(telegram, receiver)
    empty = replace(LIST, content=b"")
    assert [(one.text, one.files) for one in listener.heard] == [
        ("Voici la liste", (empty,)),
        ("Vous l’avez?", ()),
    ]


async def test_a_file_too_large_is_not_fetched(
    telegram: FakeTelegram, receiver: Receiver, listener: Listener, camille: Person
) -> None:
    await camille.sends("document", LIST.content, name=LIST.name, size=LARGEST + 1)
    await heard(telegram, receiver)
    assert [one.files for one in listener.heard] == [(replace(LIST, content=b""),)]
    assert telegram.calls_of("getFile") == []


def with_files(html: str, *files: File, labels: tuple[str, ...] = ()) -> Letter:
    made = letter("42", html, *labels)
    return replace(made, page=replace(made.page, files=files))


async def test_a_short_text_stands_below_its_file_with_the_buttons(
    sender: TelegramSender, camille: Person
) -> None:
    remote_id = await sender.send(with_files("<b>Voici</b> la liste.", LIST, labels=("Oui", "Non")))
    [shown] = await camille.hears()
    assert str(shown.id) == remote_id
    assert shown.file
    assert (shown.file.name, shown.file.content) == (LIST.name, LIST.content)
    assert (shown.text, shown.marked("bold"), shown.buttons) == (
        "Voici la liste.",
        ["Voici"],
        [["Oui", "Non"]],
    )


async def test_a_picture_is_shown_as_one(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    picture = replace(CHART, content=b"\x89PNG\r\n\x1a\n")
    remote_id = await sender.send(with_files("Voici.", picture, labels=("Oui",)))
    [shown] = await camille.hears()
    assert (str(shown.id), shown.text, shown.buttons) == (remote_id, "Voici.", [["Oui"]])
    assert len(telegram.calls_of("sendPhoto")) == 1
    assert telegram.calls_of("sendDocument") == []


@pytest.mark.parametrize(
    ("html", "files"), [("Voici.", (LIST, CHART)), ("😀" * 513, (LIST,)), ("mot " * 1_100, (LIST,))]
)
async def test_else_the_text_goes_first_with_the_buttons_and_the_files_follow(
    sender: TelegramSender, camille: Person, html: str, files: tuple[File, ...]
) -> None:
    remote_id = await sender.send(with_files(html, *files, labels=("Oui",)))
    shown = camille.unheard
    texts = [one for one in shown if not one.file]
    assert [one.file.name for one in shown if one.file] == [file.name for file in files]
    assert [one.buttons for one in texts] == [[]] * (len(texts) - 1) + [[["Oui"]]]
    assert str(texts[-1].id) == remote_id


@pytest.mark.parametrize(
    ("breaks", "error"),
    [
        (lambda telegram: telegram.fail(1, method="sendDocument"), NetworkError),
        (lambda telegram: telegram.flood_all(3, 1, "sendDocument"), TryLater),
        (lambda telegram: telegram.drop(1, method="sendDocument"), NetworkError),
    ],
    ids=["out of order", "too many calls", "line cut"],
)
async def test_a_text_that_has_left_is_not_sent_again_because_its_file_has_not(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person, breaks: Breaks, error: type[Exception]
) -> None:
    carrying = with_files("Voici.", LIST, CHART, labels=("Oui",))
    breaks(telegram)
    with pytest.raises(error):
        await sender.send(carrying)
    remote_id = await sender.send(carrying)
    shown = camille.unheard
    assert [one.file.name if one.file else one.text for one in shown] == ["Voici.", LIST.name, CHART.name]
    assert str(shown[0].id) == remote_id


async def test_a_letter_that_goes_to_another_chat_is_whole_there(
    telegram: FakeTelegram, sender: TelegramSender, camille: Person
) -> None:
    carrying = with_files("Voici.", LIST, CHART)
    telegram.fail(1, method="sendDocument")
    with pytest.raises(NetworkError):
        await sender.send(carrying)
    other = telegram.person(43, "Morgan")
    await other.says("bonjour")
    await sender.send(replace(carrying, address="43"))
    shown = [one for one in other.unheard if one.from_bot]
    assert [one.file.name if one.file else one.text for one in shown] == ["Voici.", LIST.name, CHART.name]


async def test_nothing_is_kept_of_a_letter_that_is_not_sent_again(
    sender: TelegramSender, camille: Person
) -> None:
    refused = with_files("Voici.", LIST, replace(LIST, content=b""))
    for _ in range(2):
        with pytest.raises(LetterRefused):
            await sender.send(refused)
    assert [one.text for one in camille.unheard if not one.file] == ["Voici."] * 2


async def test_a_file_that_telegram_never_takes_is_refused(sender: TelegramSender, camille: Person) -> None:
    with pytest.raises(LetterRefused):
        await sender.send(with_files("Voici.", replace(LIST, content=b"")))
    assert camille.unheard == []
