"""A pupil's number is kept nowhere, whichever channel and field it comes by: no row, no letter, no line of the log."""

from __future__ import annotations

import asyncio
import io
import itertools
from collections.abc import Awaitable, Callable, Mapping
from contextlib import redirect_stderr
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.logs import set_up_logs
from bot.messages import File, Heard, Kind
from tests.bot.channels.mail.post_room import CAMILLE, STRANGER, MailRoom
from tests.bot.channels.mails import mail, parts
from tests.holding import found

EXAMPLES = 3
"""Of each field; every one is a turn or two."""
turns = itertools.count()

Brings = Callable[[MailRoom, str], Awaitable[object]]
"""Brings the number in, by one field of one channel."""

file_numbers = st.integers(1_000_000, 9_999_999).map(str)
permanent_codes = st.builds(
    "{}{}".format, st.sampled_from(["TREM", "ROYJ", "élèv"]), st.integers(10_000_000, 99_999_999).map(str)
)
numbers = file_numbers | permanent_codes


def heard(room: MailRoom, channel: str = "telegram", **fields: object) -> Heard:
    """A message of Camille's, as a channel hands it on."""
    plain = room.person("camille", channel).heard()
    return replace(plain, **fields)  # type: ignore[arg-type]


async def _text(room: MailRoom, number: str, channel: str = "telegram") -> None:
    await room.hear(heard(room, channel, text=f"le plan de {number} ne s'ouvre pas, que faire?"))


async def _terminal(room: MailRoom, number: str) -> None:
    await _text(room, number, "terminal")


async def _request(room: MailRoom, number: str) -> None:
    """To a human, so that it would stand in a ticket and in the alert."""
    await room.hear(heard(room, text="humain"))
    await room.hear(heard(room, text=f"Le parent de {number} ne peut pas signer."))


async def _answer(room: MailRoom, number: str) -> None:
    """As an answer in a talk, and to the words of a button."""
    await room.hear(heard(room, text="déclarer"))
    await room.hear(heard(room, text="livre"))
    await room.hear(heard(room, text=f"passer {number}"))
    await room.hear(heard(room, text=f"Le renard {number}"))


async def _caption(room: MailRoom, number: str) -> None:
    await room.hear(heard(room, text=f"voici {number}", files=(_file("photo.jpg"),)))


async def _file_name(room: MailRoom, number: str) -> None:
    await room.hear(heard(room, files=(_file(f"eleve {number}.csv"),)))


async def _button(room: MailRoom, number: str) -> None:
    """The words of a button, typed with it; what a button carries is ours, and was never anybody's words."""
    await room.hear(heard(room, text="vie privée"))
    await room.hear(heard(room, text=f"Mes données {number}"))
    await room.hear(heard(room, text=f"/effacer {number}"))


async def _edited(room: MailRoom, number: str) -> None:
    await room.hear(heard(room, text=f"je voulais dire {number}", kind=Kind.EDITED))


async def _subject(room: MailRoom, number: str) -> None:
    await room.writes(CAMILLE, "Bonjour, une question", subject=f"Dossier {number}")


async def _body(room: MailRoom, number: str) -> None:
    await room.writes(STRANGER, f"Bonjour,\n\nmon enfant est {number}, que faire?\n\nMerci")


async def _quoted(room: MailRoom, number: str) -> None:
    await room.writes(CAMILLE, f"Humain, svp\n\nLe 12 nov. 2026, Marie a écrit :\n> L'élève est {number}.\n")


async def _attachment(room: MailRoom, number: str) -> None:
    headers = {"from": CAMILLE, "message_id": f"<{room.key().replace(' ', '.')}@ecole.test>"}
    text = "Content-Type: text/plain\n\nvoici la liste"
    sheet = f'Content-Type: text/csv\nContent-Disposition: attachment; filename="{number}.csv"\n\na;b\n1;2'
    await room.takes(parts(text, sheet, **headers))


async def _display_name(room: MailRoom, number: str) -> None:
    headers = {"from": f'"Parent de {number}" <{STRANGER}>', "message_id": f"<{next(turns)}@ailleurs.test>"}
    await room.takes(mail("Humain", **headers))


def _file(name: str) -> File:
    return File(name, "application/octet-stream", b"\x00\x01")


FIELDS: Mapping[str, Brings] = {
    "telegram text": _text,
    "telegram request": _request,
    "telegram answer": _answer,
    "telegram caption": _caption,
    "telegram file name": _file_name,
    "telegram button": _button,
    "telegram edited": _edited,
    "terminal text": _terminal,
    "mail subject": _subject,
    "mail body": _body,
    "mail quoted": _quoted,
    "mail attachment": _attachment,
    "mail sender's name": _display_name,
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_pupils_number_is_kept_nowhere(field: str, sqlite_url: str) -> None:
    @hypothesis(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
    @given(numbers)
    def tried(number: str) -> None:
        assert asyncio.run(_left(sqlite_url, FIELDS[field], number)) == set()

    tried()


async def _left(url: str, brings: Brings, number: str) -> set[str]:
    """Where it, or its digits, stand after it was brought: columns, the letters that left, the log."""
    digits = number[-8:] if len(number) > 7 else number
    lines = io.StringIO()
    async with MailRoom(url) as room:
        with redirect_stderr(lines):
            set_up_logs("debug")
            await brings(room, number)
        set_up_logs("error")
        left = await room.database.read(lambda tx: found(tx, [digits]))
        pages = (letter.page for box in room.mailboxes.values() for letter in box.letters)
        return left | {"a letter" for page in pages if digits in f"{page}"} | _in(lines, digits)


def _in(lines: io.StringIO, digits: str) -> set[str]:
    return {"the log"} if digits in lines.getvalue() else set()
