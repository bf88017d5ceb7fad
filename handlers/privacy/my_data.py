"""« Mes données »: all that is held about somebody, sent only to where they have proved to be."""

from __future__ import annotations

from datetime import timedelta

from bot.mailing import CHANNEL as MAIL
from bot.messages import Reply
from bot.turn import Command, Said, Turn, say, who_are_you
from handlers.privacy.sheets import files, readable
from storage import people
from storage.dossier import dossier, may_export
from storage.outbox import NewLetter

EVERY = timedelta(hours=1)
LONGEST = 3000
"""Characters that a message shows of it; the files have all."""


def my_data(turn: Turn, _argument: str) -> Said:
    """Sends it to their mail address; to somebody known by this one address alone, here."""
    if turn.unproven:
        return who_are_you(turn, MY_DATA)
    to = _mail_address(turn) if turn.known else turn.heard.sender
    if to is None:
        return say("my-data/no-mail")
    if not may_export(turn.tx, turn.person.id, turn.now, EVERY):
        return say("my-data/lately")
    return _sent(turn, to) if turn.known else _told_here(turn)


def masked(address: str) -> str:
    """Enough of a mail address to know one's own by."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain[:1]}…"


def _sent(turn: Turn, to: str) -> Said:
    held = dossier(turn.tx, turn.person.id)
    page = turn.house.wording.page([Reply("my-data/letter", files=files(turn, held))], turn.language)
    turn.others.append(NewLetter(MAIL, to, page))
    return say("my-data/sent", address=masked(to))


def _told_here(turn: Turn) -> Said:
    """Nothing was proved but this one address, and it goes nowhere else."""
    held = dossier(turn.tx, turn.person.id)
    text = readable(turn, held)
    facts = {"text": text[:LONGEST], "more": len(text) > LONGEST}
    return Said((Reply("my-data/here", facts, files=files(turn, held) if facts["more"] else ()),))


def _mail_address(turn: Turn) -> str | None:
    """The one they write from, or else the newest that they have proved."""
    mails = [one.value for one in people.addresses(turn.tx, turn.person.id) if one.channel == MAIL]
    return turn.heard.sender if turn.heard.sender in mails else next(iter(mails), None)


MY_DATA = Command("my-data", my_data, listed=False)
