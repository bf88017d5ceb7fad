"""No secret and no word of anybody's comes into the log, whatever happens to the assistant."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import redirect_stderr

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.logs import set_up_logs
from bot.settings import SettingsFaulty, load_settings
from bot.turn import Said, Turn
from storage import keys
from storage.database import Transaction, open_database
from storage.schema import migrate
from storage.sealing import KeyMissing, new_key
from storage.tables import letter, secret
from tests.bot.channels.mail.post_room import CAMILLE, MORGAN, OURS, STRANGER, MailRoom
from tests.bot.channels.mails import mail
from tests.bot.test_settings import NEEDED, SetUp, set_up
from tests.holding import without_chance
from tests.poisoning import WORD, house_with

__all__ = ["set_up"]

SECRET = "s3cr3t-de-la-maison"
KEY = new_key()
SAID = "mandoline violette"
"""What people say in all these paths."""
PEOPLE = ("Camille", "Morgan", CAMILLE, MORGAN, STRANGER, SAID, "violette")

Path = Callable[[MailRoom], Awaitable[object]]


def breaks(turn: Turn, _argument: str) -> Said:
    raise RuntimeError(f"{turn.heard.text} {turn.person.name} {turn.heard.sender}")


async def _turns(room: MailRoom) -> None:
    for name, channel in (("camille", "telegram"), ("camille", "mail"), ("stranger", "telegram")):
        for words in ("bonjour", SAID, "déclarer", "livre", SAID, "effacer", "non", "mes données", "humain"):
            await room.person(name, channel).says(words)
        await room.person(name, channel).says(f"{SAID}, que faire?")


async def _turns_that_fail(room: MailRoom) -> None:
    await room.person("camille").says(WORD)
    await room.writes(STRANGER, WORD)


async def _broken_mails(room: MailRoom) -> None:
    await room.takes(b"broken", SAID.encode(), mail(SAID, **{"from": ""}), mail(b"\xff\xfe" + SAID.encode()))
    await room.takes(mail(SAID, **{"from": OURS, "subject": SAID, "auto_submitted": "auto-replied"}))


async def _replies_with_secrets(room: MailRoom) -> None:
    await room.writes(CAMILLE, f"humain {SAID}")
    await room.replies(CAMILLE, SAID)
    await room.replies(CAMILLE, SAID, to=room.tag_of(room.last_to(CAMILLE)))
    await room.writes(MORGAN, SAID, in_reply_to=room.id_of(room.last_to(CAMILLE)))


async def _bounces(room: MailRoom) -> None:
    await room.writes(CAMILLE, SAID)
    lost = room.last_to(CAMILLE)
    report = f"Your message {room.id_of(lost)} to {CAMILLE} about {SAID} came back: 5.1.1 no such user"
    facts = {"from": "MAILER-DAEMON@h.test", "to": room.tag_of(lost), "auto_submitted": "auto-replied"}
    await room.takes(mail(report, **facts, return_path="<>", subject=f"Undelivered: {SAID}"))


async def _codes(room: MailRoom) -> None:
    stranger = room.person("stranger", "telegram")
    await stranger.says("lier mon compte")
    await stranger.says(CAMILLE)
    for digits in ("123456", "654321", "111 111"):
        await stranger.says(digits)


async def _erasing(room: MailRoom) -> None:
    camille = room.person("camille")
    await camille.says(SAID)
    await camille.says("effacer")
    await camille.says("oui")


async def _database_refuses(room: MailRoom) -> None:
    def twice(tx: Transaction) -> None:
        for _ in range(2):
            tx.execute(secret.insert().values(name=SAID, value=SECRET))

    with pytest.raises(IntegrityError) as raised:
        await room.database.write(twice)
    assert SECRET not in f"{raised.value}"


PATHS: Mapping[str, Path] = {
    "turns": _turns,
    "turns that fail": _turns_that_fail,
    "broken mails": _broken_mails,
    "replies with secrets": _replies_with_secrets,
    "bounces": _bounces,
    "codes": _codes,
    "erasing": _erasing,
    "the database refuses": _database_refuses,
}


@pytest.mark.parametrize("path", PATHS)
async def test_the_log_holds_no_secret_and_nobodys_words(
    sqlite_url: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    lines = io.StringIO()
    async with MailRoom(sqlite_url, house=house_with(breaks)) as room:
        with redirect_stderr(lines), caplog.at_level(logging.DEBUG):
            set_up_logs("debug")
            await PATHS[path](room)
        set_up_logs("error")
        secrets = await room.database.read(_secrets)
    logged = lines.getvalue() + "\n".join(record.getMessage() for record in caplog.records)
    long, short = [*secrets, *PEOPLE], list(_codes_in(room))
    assert [word for word in long if word in logged] == []
    assert [code for code in short if code in without_chance(logged)] == []
    if path == "turns that fail":
        assert "turn-failed" in logged


def _secrets(tx: Transaction) -> list[str]:
    tokens = [token for token in tx.scalars(select(letter.c.token)) if token]
    return [*tokens, *tx.scalars(select(secret.c.value))]


def _codes_in(room: MailRoom) -> Iterator[str]:
    """Six digits in a letter are a code."""
    for box in room.mailboxes.values():
        for one in box.letters:
            for code in re.findall(r"(?<!\d)\d{3}.?\d{3}(?!\d)", one.page.html):
                yield from {code, code[:3] + code[-3:]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"KEYS": f"{KEY},{SECRET}"},
        {"DATABASE": f"mysql://declic:{SECRET}@h/d"},
        {"TELEGRAM_TOKEN": SECRET, "ZONE": "Mars"},
        {
            "MAIL_ADDRESS": "a@b.invalid",
            "MAILBOXES": f"imap://a:{SECRET}@h",
            "SMTP": f"smtp://a:{SECRET}@h:x",
        },
        {"MAIL_TOKEN_URL": f"https://a:{SECRET}@h", "MAIL_CLIENT_SECRET": SECRET},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_settings_show_no_secret(
    set_up: SetUp, wrong: Mapping[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    set_up(**NEEDED, **wrong)
    with pytest.raises(SettingsFaulty) as raised, caplog.at_level(logging.DEBUG):
        load_settings()
    told = (raised.value, raised.value.faults, raised.value.__cause__, caplog.text)
    assert [secret for secret in (SECRET, KEY) if secret in f"{told!r} {raised.value}"] == []


async def test_a_missing_key_is_told_without_any(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    sealed = open_database(sqlite_url, [KEY])
    await migrate(sealed)
    assert await sealed.read(keys.left) == {}
    await sealed.close()
    other = open_database(sqlite_url, [new_key()])
    with caplog.at_level(logging.DEBUG), pytest.raises(KeyMissing) as raised:
        await migrate(other)
    await other.close()
    assert KEY not in f"{raised.value!r} {raised.value} {caplog.text}"
