"""Where each section of `faq/wishes.toml` leads, for whom it makes sense at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from bot import dialogue
from bot.messages import Call
from bot.turn import Ability, Turn
from faq.polarity import OF_MESSAGES
from faq.text import normalise
from handlers.corrections import CANCEL, LATER, REMIND, STOP
from handlers.declarations.nothing import NOTHING
from handlers.reminders.answers import DONE, TOMORROW
from handlers.reminders.asked_for import answers_reminder, reminded_lately
from handlers.reminders.by_hand import CAMPAIGN
from handlers.reminders.campaigns import CAMPAIGNS
from handlers.reminders.why import WHY
from handlers.reminders.wishes import WISHES as REMINDERS
from handlers.reports.missing import MISSING, STAFF_ROOM
from handlers.reports.participation import REPORT, REPORT_FILES
from handlers.wishes.away import AWAY
from handlers.wishes.nudging import nudged
from handlers.wishes.which_campaign import meant
from storage import people
from storage.states import CampaignState

DIGEST_OFF: Final = str(Call(REMINDERS.name, "off-digest"))
Leads = Callable[[Turn], Call | None]
"""What is called for the sender; None where the wish makes no sense now. Who may use it is looked at besides."""


def _to(ability: Ability, argument: str = "") -> Leads:
    return lambda _turn: Call(ability.name, argument)


def _stop(turn: Turn) -> Call:
    """All of them; said to what can be switched off by itself, which; « arrête! » at a question may mean that."""
    presses = {button["press"] for button in turn.person.offered}
    if DIGEST_OFF in presses and not dialogue.current(turn):
        return Call(REMINDERS.name)
    return Call(STOP.name, "reminders" if OF_MESSAGES.search(normalise(turn.heard.text)) else "")


def _on(turn: Turn) -> Call | None:
    return Call(REMIND.name) if turn.person.linked else None


def _later(turn: Turn) -> Call:
    """Tomorrow, where a reminder came lately; whatever else is under way is left as it stands."""
    kept = dialogue.current(turn)
    if _can_be_put_off(turn) and (
        kept is None or kept.conversation == NOTHING.name or answers_reminder(turn)
    ):
        return Call(TOMORROW.name)
    return Call(LATER.name)


def _can_be_put_off(turn: Turn) -> bool:
    return _reminded(turn) and people.wants_reminders(turn.tx, turn.person.id)


def _done(turn: Turn) -> Call | None:
    return Call(DONE.name) if _reminded(turn) else None


def _why(turn: Turn) -> Call | None:
    return Call(WHY.name) if turn.known and _reminded(turn) else None


def _away(turn: Turn) -> Call | None:
    return Call(AWAY.name) if turn.person.linked else None


def _reminded(turn: Turn) -> bool:
    return turn.once(reminded_lately) is not None


def _nudge(turn: Turn) -> Call | None:
    """Whoever prepares a campaign need not begin another."""
    return None if _prepares_one(turn) else nudged(turn)


def _call_off(turn: Turn) -> Call | None:
    """What is only being prepared is dropped, and can be taken up again."""
    if _prepares_one(turn):
        return Call(CANCEL.name)
    under_way = Call(CANCEL.name) if dialogue.current(turn) else None
    return _campaign(turn, "-cancel", (*UNDER_WAY, *STOPPED)) or under_way


def _prepares_one(turn: Turn) -> bool:
    kept = dialogue.current(turn)
    return kept is not None and kept.conversation == CAMPAIGN.name


def _campaign(turn: Turn, verb: str, states: tuple[CampaignState, ...]) -> Call | None:
    """The one that is named, or the only one that stands so; or the list of those, to choose from."""
    which = meant(turn, states)
    if which is None:
        return None
    return Call(CAMPAIGNS.name, f"{which}{verb}" if which else "")


UNDER_WAY: Final = (CampaignState.FILLING, CampaignState.RUNNING)
STOPPED: Final = (CampaignState.PAUSED,)

WISHES: Final[Mapping[str, Leads]] = {
    "stop": _stop,
    "remind-again": _on,
    "later": _later,
    "done": _done,
    "nothing": _to(NOTHING),
    "why": _why,
    "reminders": _to(REMINDERS),
    "away": _away,
    "missing": _to(MISSING),
    "nudge": _nudge,
    "report": _to(REPORT),
    "report-files": _to(REPORT_FILES),
    "staff-room": _to(STAFF_ROOM),
    "campaign-pause": lambda turn: _campaign(turn, "-pause", UNDER_WAY) or _campaign(turn, "-pause", STOPPED),
    "campaign-resume": partial(_campaign, verb="-again", states=STOPPED),
    "campaign-cancel": _call_off,
    "campaigns": partial(_campaign, verb="", states=()),
}
"""Only what is harmless and can be undone is done at once; to cancel or to go on with sending is asked about first."""
NAMING: Final = frozenset({MISSING.name, REPORT.name, REPORT_FILES.name, STAFF_ROOM.name})
"""What takes the words of the wish, which may name a school or a period."""
INSTEAD: Final[Mapping[str, str]] = dict.fromkeys(
    ("missing", "nudge", "report", "report-files"), "participation-report"
)
"""The entry that tells somebody whose wish it cannot be who may have it, and how."""
