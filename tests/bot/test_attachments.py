"""What files show is known before their message is taken in, and no file keeps it from being heard."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook
from PIL import Image

from bot import attachments
from bot.attachments import LARGEST, BarcodeSeen, Seen, SheetSeen, Unseen, seen_in
from bot.messages import File, Heard
from tests.bringing import file_named
from tests.fakes.clock import NOON
from tests.pictures import nothing, photographed

BOOK = "9782070612758"


def brought(*files: File) -> Heard:
    return Heard("telegram", "42", "m1", NOON, files=files)


def workbook() -> bytes:
    book, made = Workbook(), BytesIO()
    assert book.active
    book.active.append(["nom", "école"])
    book.active.append(["Camille", "Tilleuls"])
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    made = BytesIO()
    Image.new("1", (12_000, 12_000)).save(made, "PNG")
    return made.getvalue()


OCTETS = "application/octet-stream"


@pytest.mark.parametrize(
    ("file", "seen"),
    [
        (
            File("a.csv", "text/csv", "nom;école\n\nCamille;Tilleuls\n".encode()),
            SheetSeen("a.csv", (("nom", "école"), ("", ""), ("Camille", "Tilleuls"))),
        ),
        (
            File("a.xlsx", OCTETS, workbook()),
            SheetSeen("a.xlsx", (("nom", "école"), ("Camille", "Tilleuls"))),
        ),
        (File("photo.jpg", "image/jpeg", photographed(BOOK)), BarcodeSeen("photo.jpg", BOOK)),
        (File("", "image/jpeg", photographed(BOOK)), BarcodeSeen("", BOOK)),
        (File("IMG.JPG", OCTETS, nothing()), BarcodeSeen("IMG.JPG", None)),
        (File("a.pdf", "application/pdf", b"%PDF"), Unseen("a.pdf", "kind")),
        (File("IMG_1.HEIC", OCTETS, b""), Unseen("IMG_1.HEIC", "heic")),
        (File("", "image/heic", b"x"), Unseen("", "heic")),
        (File("a.jpg", "image/jpeg", b"\0\0\0\x18ftypheic\0"), Unseen("a.jpg", "heic")),
        (File("a.xls", OCTETS, b"\xd0\xcf\x11\xe0"), Unseen("a.xls", "kind")),
        (File("a.xlsx", OCTETS, b"PK\x03\x04 and no more"), Unseen("a.xlsx", "unreadable")),
        (File("a.jpg", "image/jpeg", b"\xff\xd8\xff"), Unseen("a.jpg", "unreadable")),
        (File("a.jpg", "image/jpeg", bytes(LARGEST + 1)), Unseen("a.jpg", "size")),
        (File("a.png", "image/png", bomb()), Unseen("a.png", "size")),
        (File("a.csv", "text/csv", b""), Unseen("a.csv", "missing")),
    ],
    ids=lambda value: f"{type(value).__name__}-{value.name}-{getattr(value, 'reason', '')}",
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
async def test_a_file_is_seen(file: File, seen: Seen) -> None:
    assert await seen_in(brought(file)) == (seen,)


async def test_no_more_than_a_few_are_looked_at() -> None:
    assert len(await seen_in(brought(*[file_named("code-barres.jpg")] * 5))) == 3


async def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "SECONDS", 0.0)
    assert await seen_in(brought(file_named("code-barres.jpg"))) == (Unseen("code-barres.jpg", "unreadable"),)


async def test_the_log_names_neither_the_file_nor_what_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    secret = replace(file_named("abimee.jpg"), name="Zoé Tremblay.jpg")
    await seen_in(brought(secret))
    printed = capsys.readouterr()
    assert "file-not-read" in printed.out + printed.err
    assert "Zoé" not in printed.out + printed.err
