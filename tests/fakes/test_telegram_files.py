"""Files through the fake Telegram: fetched, sent, attached, and their limits."""

import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.fakes.conftest import newest_message
from tests.fakes.telegram import FakeTelegram, Person
from tests.fakes.telegram.errors import Refusal
from tests.fakes.telegram.files import Files
from tests.fakes.telegram.spec import Upload

PNG = b"\x89PNG\r\n\x1a\n and so on"


async def test_a_file_is_fetched_up_to_20_mb(bot: Bot, camille: Person) -> None:
    await camille.sends("document", b"%PDF copies", name="copies.pdf", caption="Voici")
    message = await newest_message(bot)
    assert message.document
    assert message.caption == "Voici"
    file = await bot.get_file(message.document)
    assert bytes(await file.download_as_bytearray()) == b"%PDF copies"
    large = await camille.sends("document", size=20 * 1024 * 1024 + 1)
    assert large.file
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large.file.id)


async def test_files_of_the_bot(bot: Bot, camille: Person) -> None:
    sent = await bot.send_document(
        42, b"a;b\n", filename="rapport.csv", caption="<b>Rapport</b>", parse_mode="HTML"
    )
    await bot.send_photo(42, PNG)
    assert sent.document
    await bot.send_document(42, sent.document.file_id)
    report, chart, again = await camille.hears(3)
    assert report.file
    assert chart.file
    assert (report.file.name, report.file.content, report.text) == ("rapport.csv", b"a;b\n", "Rapport")
    assert (chart.file.content, again.file) == (PNG, report.file)
    assert bytes(await (await bot.get_file(sent.document)).download_as_bytearray()) == b"a;b\n"
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(42, b"not an image")


async def test_files_may_be_attached_to_other_fields(
    bot: Bot, telegram: FakeTelegram, camille: Person
) -> None:
    await bot.send_document(42, b"%PDF", thumbnail=b"\xff\xd8\xff", caption="a" * 1024)
    [fields] = telegram.calls_of("sendDocument")
    assert (fields["document"].content, fields["thumbnail"].content) == (b"%PDF", b"\xff\xd8\xff")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(42, b"%PDF", caption="a" * 1025)
    assert len(telegram.take_violations()) == 1


def test_a_download_address_serves_no_more_than_20_mb() -> None:
    files = Files()
    small, large = files.keep("a.pdf", b"%PDF"), files.keep("b.pdf", b"%PDF", size=20 * 1024 * 1024 + 1)
    assert (files.by_path(small.path), files.by_path(large.path)) == (small, None)


def test_an_upload_has_its_limit() -> None:
    with pytest.raises(Refusal, match="Request Entity Too Large"):
        Files().sent(Upload("a.pdf", "application/pdf", b"%PDF"), largest=3)
