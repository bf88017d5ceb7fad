"""What comes attached to a mail and may be of use is heard with it; letters take their files along."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.attachments import LARGEST, MOST_FILES
from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.heard import heard_in
from bot.channels.mail.fetch.proof import Proof
from bot.channels.mail.read import read_mail
from bot.messages import File, Heard, Kind
from tests.bot.channels.mails import parts
from tests.mailed import defects, parsed, text_of, to_mail, written

TEXT = "Content-Type: text/plain\n\nVoici."
LIST = File("personnel.csv", "text/csv", b"nom;courriel\n")


def attached(name: str, kind: str, content: bytes, *headers: str) -> str:
    """A part as mail programs write it."""
    head = (f'Content-Type: {kind}; name="{name}"', "Content-Transfer-Encoding: base64", *headers)
    return "\n".join((*head, "", base64.encodebytes(content).decode()))


def heard(*attachments: str, text: str = TEXT) -> Heard:
    raw = parts(text, *attachments)
    found = Found(1, raw, datetime(2026, 11, 17, 14, 30, tzinfo=UTC))
    return heard_in(read_mail(raw), found, Proof())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("personnel.csv", "text/csv"),
        ("personnel.CSV", "application/octet-stream"),
        ("personnel.tsv", "text/plain"),
        ("personnel.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("photo.jpg", "image/jpeg"),
        ("photo.PNG", "application/octet-stream"),
        ("", "image/webp"),
        ("IMG_1.HEIC", "image/heic"),
    ],
)
def test_what_may_be_of_use_is_heard(name: str, kind: str) -> None:
    one = heard(attached(name, kind, b"content"))
    assert one.files == (File(name, kind, b"content"),)
    assert one.envelope
    assert one.envelope.attachments == ()


@pytest.mark.parametrize(
    ("part", "named"),
    [
        (attached("guide.pdf", "application/pdf", b"%PDF"), ("guide.pdf",)),
        (attached("photo.tiff", "image/tiff", b"tiff"), ("photo.tiff",)),
        (attached("liste.csv", "text/csv", bytes(LARGEST + 1)), ("liste.csv",)),
        (attached("logo.png", "image/png", b"logo", "Content-ID: <logo@ecole>"), ()),
        (attached("ATT00001.txt", "text/plain", b"-- ", "Content-Disposition: attachment"), ()),
        ("Content-Type: message/rfc822\n\nSubject: liste.csv\n\ntexte", ("liste.csv",)),
    ],
    ids=["a kind of no use", "TIFF", "too large", "a logo", "a server's scrap", "a mail"],
)
def test_what_is_not_is_named_or_left_out(part: str, named: tuple[str, ...]) -> None:
    one = heard(part)
    assert one.files == ()
    assert one.envelope
    assert one.envelope.attachments == named


def test_a_photo_shown_within_the_text_is_heard() -> None:
    photo = bytes(30_000)
    one = heard(attached("image001.jpg", "image/jpeg", photo, "Content-ID: <1@ecole>"))
    assert [file.content for file in one.files] == [photo]


def test_no_more_than_a_few_are_opened() -> None:
    names = [f"liste{number}.csv" for number in range(MOST_FILES + 2)]
    one = heard(*(attached(name, "text/csv", b"a;b") for name in names))
    assert [file.name for file in one.files] == names[:MOST_FILES]
    assert one.envelope
    assert one.envelope.attachments == tuple(names[MOST_FILES:])


def test_a_file_alone_is_a_message() -> None:
    alone = heard(attached("photo.jpg", "image/jpeg", b"photo"), text="Content-Type: text/plain\n\n")
    assert (alone.kind, len(alone.files)) == (Kind.TEXT, 1)


def test_a_letter_takes_its_files_along() -> None:
    chart = File("été « 2026 ».png", "image/png", b"\x89PNG")
    letter = to_mail("Voici la liste.", "Oui")
    letter = replace(letter, page=replace(letter.page, files=(LIST, chart)))
    message = parsed(written(letter))
    assert defects(message) == []
    assert message.get_content_type() == "multipart/mixed"
    attachments = list(message.iter_attachments())
    assert [one.get_filename() for one in attachments] == [LIST.name, chart.name]
    assert [one.get_payload(decode=True) for one in attachments] == [LIST.content, chart.content]
    assert [one.get_content_type() for one in attachments] == ["text/csv", "image/png"]
    assert [one.get_content_charset() for one in attachments] == ["utf-8", None]
    assert "Voici la liste." in text_of(message)
