"""Launched: « annule », « non attends », « pause » after a campaign mean that one, where nothing else is under way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.heads import signed_heads_of
from bot.messages import Call, Kind, read_press
from bot.naming import HESITATES, button_meant, command_named
from bot.reading.words import fold
from bot.turn import LATELY, Said, Turn
from handlers.corrections import CANCEL, RESUME
from handlers.reminders.asked_for import answers_reminder
from handlers.reminders.campaigns import answer, stands
from handlers.support.charge import IN_CHARGE
from storage import campaigns, talks
from storage.campaigns import OPEN, Campaign
from storage.states import CampaignState, TalkState
from storage.talks import KeptTalk


@dataclass(frozen=True, slots=True)
class Brake:
    """What somebody wants done to what they launched."""

    asked: str
    """What follows the campaign's number when it is called; nothing: it is only shown."""
    words: str
    """The label of `wishes/offered` that says it."""
    within: timedelta
    """How long after the launch it means that."""
    command: str = ""
    """The command that means it too where nothing is under way."""
    states: tuple[CampaignState, ...] = OPEN


BRAKES: Final = (
    Brake("-pause", "campaign-pause", timedelta(hours=1)),
    Brake("-cancel", "campaign-cancel", LATELY, CANCEL.name),
    Brake("-again", "campaign-resume", LATELY, RESUME.name, (CampaignState.PAUSED,)),
)
"""To pause is done at once, to cancel or to go on is asked about first."""
SOON: Final = BRAKES[0].within
STILL: Final = timedelta(days=7)
"""So long after its launch a campaign may be meant by whoever wants something stopped."""
_IT: Final = (
    r"(?:(?:la|ma|cette|mes|les|the|my|this|that|votre) )?(?:relances?|campagne|campaign|sending|nudge)"
    r"(?: (?:n° ?|no\.? ?)?(?P<number>\d{1,6}))?"
)
_STOP: Final = r"(?:arrete[rz]?|stoppe[rz]?|stop|pause|met(?:s|tez|tre)? en pause)"
NAMING: Final = (
    ("-cancel", rf"(?:annule[rz]?|call off|cancel) {_IT}"),
    ("-again", rf"(?:repren(?:dre|ds|ez)|continue[rz]?|repar[st]|resume|restart) {_IT}"),
    ("", rf"(?:ou en est|ou est rendue?|c'est rendu ou|how far(?: along)? is|how is|where is) {_IT}(?: .*)?"),
    ("-pause", rf"{_STOP} (?:l'envoi|les envois|{_IT})"),
)
"""What names a campaign, and what becomes of it; folded text."""
NUMBERED: Final = (
    ("-cancel", r"(?:annule[rz]?|call off|cancel) (?:n° ?|no\.? ?)?(?P<number>\d{1,6})"),
    ("-again", r"(?:repren(?:dre|ds|ez)|resume) (?:n° ?|no\.? ?)?(?P<number>\d{1,6})"),
    ("-pause", rf"{_STOP} (?:n° ?|no\.? ?)?(?P<number>\d{{1,6}})"),
)
"""What names one of a page by its number; folded text."""
REGRETTING: Final = re.compile(
    r"(?:ca )?(?:ne )?pas tout de suite|not yet|(?:je |j')?(?:ne |n')?voulais pas(?: ca)?|i didn't mean (?:it|to|that)"
    r"|non|no|nope"
)
"""What regrets the page just shown; folded text."""
STOPPING: Final = re.compile(
    rf"{_STOP}(?:[ ,.!]+(?:{_STOP}|non|no))*|(?:attend[sz]?|attendez|wait)[ ,.!]+(?:pas tout de suite|not yet)"
    r"|pause it|met(?:s|tez)? (?:la |ca )en pause|(?:ne |n')?envo(?:ie|yez) (?:pas|(?:plus )?rien)(?: .*)?"
    rf"|{_STOP} (?:ca|tout|it|that|everything)|(?:do not|don't) send (?:anything|it|them|that)(?: .*)?"
)
"""What wants an end to something, without a word for it; folded text."""
THOUGHT: Final = re.compile(
    r"^(?:(?:non|no|ok|finalement|actually|oups|oops|oh|euh|wait|attend[sz]?|attendez|please|svp)\b[ ,.!]+)+"
)
"""What may come before; folded text."""
ADDED: Final = re.compile(
    r"(?:[ ,.!]+(?:svp|stp|please|finalement|now|right now|tout de suite|merci|anymore))+$"
)
ONESELF: Final = re.compile(r"\b(?:m'|j'|me|moi|mes|mon|je|my|i)\b|\b[mj]'")
"""What speaks of whoever says it; folded text."""


def launched(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """What becomes of the campaign that the sender launched last."""
    if kept or not _may(turn) or turn.heard.kind is not Kind.TEXT or answers_reminder(turn):
        return None
    brake = next((one for one in BRAKES if any(_says(turn, one, text) for text in _texts(turn))), None)
    found = _last(turn, brake) if brake else None
    if brake and found:
        return answer(turn, f"{found.id}{brake.asked}")
    return next((said for text in _texts(turn) if (said := _meant(turn, text))), None)


def instead(turn: Turn) -> Said | None:
    """The campaign that whoever wants no more letters may mean; asked about where they speak of their own."""
    found = _own(turn) if _may(turn) and not answers_reminder(turn) else None
    return answer(turn, f"{found.id}{_stop(turn, found)}") if found else None


def _may(turn: Turn) -> bool:
    return turn.known and bool(turn.person.roles & IN_CHARGE)


def _meant(turn: Turn, text: str) -> Said | None:
    """What the words want done, told otherwise than by the words of a button."""
    bare = ADDED.sub("", fold(text))
    said = (THOUGHT.sub("", bare), bare, fold(text))
    for rows, shown_only in ((NAMING, False), (NUMBERED, True)):
        for asked, words in rows:
            named = next(filter(None, (re.fullmatch(words, one) for one in said)), None)
            found = named and _number(turn, named["number"], asked, shown_only=shown_only)
            if found:
                return answer(turn, f"{found}{asked}")
    own = _own(turn) if any(map(STOPPING.fullmatch, said)) or _regrets(turn, said) else None
    return answer(turn, f"{own.id}{_stop(turn, own)}") if own else None


def _number(turn: Turn, told: str | None, asked: str, *, shown_only: bool) -> int | None:
    """Of the campaign that is named, or of one's own."""
    if told is None:
        own = _own(turn, paused_first=asked == "-again")
        return own.id if own else None
    return int(told) if not shown_only or int(told) in _shown(turn) else None


def _regrets(turn: Turn, said: tuple[str, ...]) -> bool:
    """Whether the words take back what the page just shown tells of the sender's campaign."""
    own = _own(turn) if any(map(REGRETTING.fullmatch, said)) else None
    under_way = own is not None and own.state is not CampaignState.PAUSED and own.id in _shown(turn)
    return under_way and button_meant(turn, None) is None


def _shown(turn: Turn) -> frozenset[int]:
    """The campaigns of the page just shown."""
    presses = (read_press(button["press"]) for button in turn.person.offered)
    numbers = (
        one.argument.partition("-")[0]
        for one in presses
        if isinstance(one, Call) and one.command == "campaigns"
    )
    return frozenset(int(one) for one in numbers if one)


def _stop(turn: Turn, found: Campaign) -> str:
    """At once within the hour, where nobody's own reminders are spoken of."""
    harmless = found.state is CampaignState.PAUSED or turn.now - found.made_at <= SOON
    return "-pause" if harmless and not ONESELF.search(fold(turn.heard.text)) else "-stop"


def _own(turn: Turn, *, paused_first: bool = False) -> Campaign | None:
    """What the sender launched last, where letters of it may still leave; one that does not stand still comes first."""
    own = [one for one in campaigns.standing(turn.tx, OPEN) if one.made_by == turn.person.id]
    lately = [one for one in own if turn.now - one.made_at <= STILL and stands(turn, one) in OPEN]
    return min(lately, key=lambda one: (one.state is CampaignState.PAUSED) is not paused_first, default=None)


def _texts(turn: Turn) -> Iterator[str]:
    yield turn.heard.text
    yield from signed_heads_of(turn.heard.text) if turn.heard.envelope else ()


def _says(turn: Turn, brake: Brake, text: str) -> bool:
    words = turn.house.wording.words("wishes/offered", brake.words)
    named = brake.command and command_named(turn, text) == brake.command
    return bool(named) or HESITATES.sub("", fold(text)) in map(fold, words)


def _last(turn: Turn, brake: Brake) -> Campaign | None:
    """What was launched last; what is taken up again may as well be a talk."""
    own = (one for one in campaigns.standing(turn.tx, brake.states) if one.made_by == turn.person.id)
    lately = (one for one in own if turn.now - one.made_at <= brake.within)
    found = min(lately, key=lambda one: one.state is CampaignState.PAUSED, default=None)
    return None if found and brake.command == RESUME.name and _left_since(turn, found) else found


def _left_since(turn: Turn, found: Campaign) -> bool:
    """Whether a talk waits to be taken up, or was called off after that launch."""
    left = talks.resumable(turn.tx, turn.person.id)
    if left is None or left.updated_at is None:
        return False
    return left.state is TalkState.ASIDE or left.updated_at > found.made_at
