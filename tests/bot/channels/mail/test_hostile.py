"""Mails made to do harm: each is done with in seconds, whatever it is, and what is read of it is bounded."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from bot.blanking import blank
from bot.channels.mail.fetch.proof import MOST_TOKENS, letter_named
from bot.channels.mail.read import LARGEST, read_mail
from bot.channels.mail.read.parse import MOST_RECIPIENTS
from bot.letter_lines import told_in
from tests.bot.channels.mail.post_room import CAMILLE, MAILING, QUESTION, MailRoom
from tests.bot.channels.mails import mail
from tests.effort import MOST, growth

AT = datetime(2026, 11, 16, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds of the processor; the worst of these takes three, and five times that while coverage counts its lines."""
TOP = b"From: camille@ecole.test\nMessage-ID: <1@ecole.test>\n"
MIXED = TOP + b"Content-Type: multipart/mixed; boundary=b\n\n"


def _nested(deep: int, fill: bytes) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (at, at) for at in range(deep))
    return TOP + b"".join(parts) + b"\n" + fill


def _tagged_for(number: int) -> bytes:
    tags = (b"declic+%d.0123456789abcdef@exemple.test" % at for at in range(1, number))
    return TOP + b"To: " + b"\nTo: ".join(tags) + b"\n\nbonjour"


TANGLED = {
    "parts in parts": _nested(290, b"\n" * 3_000_000),
    "empty lines": TOP + b"\n" * LARGEST,
    "line ends of old": TOP + b"\n" + b"\r" * LARGEST,
    "headers": TOP + b"a:\n" * 5_000_000,
    "no empty line": b"a" * LARGEST,
    "boundaries": _nested(51, b"Bonjour"),
    "boundaries in pieces": _nested(51, b"Bonjour").replace(b"boundary=", b"Boundary*0 ="),
}


@pytest.mark.parametrize("raw", TANGLED.values(), ids=TANGLED)
def test_a_tangle_is_put_aside_at_once(raw: bytes) -> None:
    begun = time.process_time()
    read = read_mail(raw)
    assert (read.verdict, read.reason) == ("parked", "too-tangled")
    assert time.process_time() - begun < PATIENCE / 10


@pytest.mark.parametrize(
    "raw", [_nested(8, b"Bonjour"), mail("Bonjour\n" * 100_000), mail(b"boundary=\n" * 50)], ids=len
)
def test_honest_mail_is_no_tangle(raw: bytes) -> None:
    assert read_mail(raw).verdict == "heard"


HOSTILE = {
    "parts in parts": _nested(49, b"\n" * 120_000),
    "parts": MIXED + b"--b\n\n" * 140_000,
    "headers of a part": MIXED + b"--b\n" + b"a:\n" * 290_000,
    "reports": TOP + b"Content-Type: message/delivery-status\n\n" + b"a: b\n\n" * 140_000,
    "semicolons": TOP + b'Content-Type: multipart/mixed; a="' + b";" * 200_000 + b"\n\nx",
    "semicolons of parts": MIXED + (b'--b\nContent-Type: text/plain; a="' + b";" * 60_000 + b"\n\nx\n") * 200,
    "pages": MIXED + (b"--b\nContent-Type: text/html\n\n" + b"<p> " * 20_000 + b"\n") * 199,
    "recipients": TOP + (b"To: " + b"a@b.c, " * 500 + b"\n") * 70 + b"\nx",
    "telephone": TOP + b"\ntel" + b" " * 60_000,
    "accents": TOP + b"\na" + "\u0315\u0300".encode() * 30_000,
    "vowel signs": TOP + b"\na" + "\u0f73".encode() * 60_000,
    "phones": TOP + b"\n" + b"514 5551234 1234567 " * 3_000,
    "spaces": TOP + b"\n" + (b"a" + b" " * 397 + b"b\n") * 150,
    "labels": TOP + b"\n" + b"a:\n\n" * 15_000,
    "labels quoted": TOP + b"\n" + b"> a:\n\nx\n" * 7_000,
    "lines": TOP + b"\n" + b"ab\n" * 290_000,
    "numbers": TOP + b"\n" + b"1234567 " * 7_500,
}


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(sqlite_url) as room:
        yield room


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
async def test_it_is_taken_in_seconds(room: MailRoom, raw: bytes) -> None:
    begun = time.process_time()
    await room.takes(raw)
    assert time.process_time() - begun < PATIENCE
    assert await room.writes(CAMILLE, QUESTION, message_id="<2@ecole.test>")


PIECES = {
    "telephone": ("tel", " "),
    "accents": ("a", "\u0315\u0300"),
    "vowel signs": ("a", "\u0f73"),
    "half-wide": ("a", "\uff9e\u0300"),
    "phones": ("", "514 5551234 1234567 "),
    "unseen signs": ("a", "\u200b"),
    "file": ("fiche", " "),
}
LARGE = 60_000


@pytest.mark.parametrize(("begin", "piece"), PIECES.values(), ids=PIECES)
def test_numbers_are_blanked_in_no_square_of_the_time(begin: str, piece: str) -> None:
    assert growth(blank, piece, LARGE, begin) < MOST


@pytest.mark.parametrize("filler", [" ", "\u2003", "-", "(", "a ", "a (", " ."])
def test_one_line_is_read_at_once(filler: str) -> None:
    line = f"a{filler * 400}"[:399] + "b"
    begun = time.process_time()
    told_in("\n".join([line] * 100))
    assert time.process_time() - begun < PATIENCE / 10


async def test_made_up_secrets_are_few_to_look_up(room: MailRoom) -> None:
    asked: list[int] = []
    raw = _tagged_for(4_000)
    assert len(read_mail(raw).to) == MOST_RECIPIENTS
    named = (f"<{number}.0123456789abcdef@exemple.test>" for number in _noted(asked))
    await room.database.read(lambda tx: letter_named(tx, MAILING, named, (), AT))
    assert len(asked) == MOST_TOKENS


def _noted(asked: list[int]) -> Iterator[int]:
    for number in range(1, 4_000):
        asked.append(number)
        yield number
