"""« Ce n’est pas moi »: who learns at one address that another was linked to their name takes that one away again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot import markup
from bot.messages import Reply
from bot.render import DEFAULT_LANGUAGE
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, say
from handlers import support
from handlers.roster.addresses import ANYBODY_KNOWN, Shown, show
from storage import addresses
from storage.addresses import Standing

KIND: Final = "not-me"
"""Of the tickets by which the team learns it; told at once (`bot.gathering.URGENT`)."""
AT_ONCE: Final = timedelta(days=14)
"""How long one press is enough; later the address may well be in use, so that it is asked about first."""
SURE: Final = "sure"


def mark_of(tied: Standing) -> str:
    """Names an address as it was linked this once: the button counts for no later link of it."""
    at = tied.linked_at.timestamp() if tied.linked_at else None
    return fingerprint({"channel": tied.channel, "value": tied.value, "linked_at": at})


def not_me(turn: Turn, argument: str) -> Said:
    """Takes the address `MARK` away and alerts the team; long after it was linked only at `MARK-sure`."""
    mark, _, how = argument.partition("-")
    tied = _linked(turn, mark)
    if tied is None or tied.linked_at is None:
        return say("not-me/gone") if mark else show(turn, "")
    shown = Shown(tied.channel, tied.value, None, of_roster=False, here=False, since=tied.linked_at)
    if turn.now - tied.linked_at > AT_ONCE and how != SURE:
        return say("not-me/sure", address=shown, mark=mark)
    addresses.take_away(turn.tx, tied.channel, tied.value, turn.now)
    number = _tell_team(turn, shown)
    return support.told_of(
        number, say("not-me/done", address=shown, number=number, seen=support.is_seen(turn, number))
    )


def _linked(turn: Turn, mark: str) -> Standing | None:
    """The address of the sender's that the button names: one that was linked, and not the one they press it at."""
    here = (turn.heard.channel, turn.heard.sender)
    others = (one for one in addresses.of_person(turn.tx, turn.person.id) if one.own)
    return next((one for one in others if (one.channel, one.value) != here and mark_of(one) == mark), None)


def _tell_team(turn: Turn, gone: Shown) -> int:
    """A ticket, so that somebody looks into it with the person: its number."""
    facts = {"address": gone, "name": turn.person.name}
    matter = markup.to_plain(turn.house.wording.text("not-me/matter", DEFAULT_LANGUAGE, facts))
    number = support.open_ticket(turn, KIND, matter)
    support.alert(turn, number, Reply("support/alert-ticket", support.described(turn, number, matter)))
    return number


NOT_ME = Command("not-me", not_me, ANYBODY_KNOWN, listed=False)
