"""« Pourquoi n’ai-je pas reçu de rappel? »: the last one, why another did not come, and which comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.turn import Said, Turn, say, who_are_you
from handlers.reminders.untold import STILL_SPOKEN_OF, Asked, Coming, ask, coming, untold
from handlers.reminders.why import why
from handlers.reminders.why_not import UNKNOWN
from handlers.reminders.wishes import WHO
from storage import people, reminders
from storage.reminders import REACHED, Past
from storage.states import ReminderOutcome
from storage.talks import KeptTalk

LONGEST: Final = 20
"""Words: a longer message tells a story, and the knowledge base or a human is for that."""
_WHY: Final = r"\b(?:pourquoi|comment (?:ca se fait|se fait-il)|why|how come)\b"
_NOT: Final = (
    r"(?:\b(?:ai|a|avez|avons|as|recois|recoit|recevons|suis)(?:-(?:je|on|tu|vous|nous))? ?"
    r"(?:pas|jamais|plus|rien|aucune?)|\b(?:pas|aucune?|plus) (?:eu )?(?:de )?(?=rappel)"
    r"|\b(?:not|never|no|none)|n't)\b"
)
_REMINDER: Final = r"\b(?:rappels?|rappelee?s?|relancee?s?|reminders?|reminded)\b"
_WITHIN: Final = r"[^,.;:!?]{0,40}?"
NOT_SENT: Final = re.compile(
    rf"{_WHY}{_WITHIN}{_NOT}{_WITHIN}{_REMINDER}|{_NOT}{_WITHIN}{_REMINDER}.{{0,20}}{_WHY}"
)
"""Asks why no reminder came; folded text."""
_GOT: Final = r"\b(?:recu|recois|recevons|eu|envoye|envoyez|got|get|getting|receive|received|send|sent)\b"
_THIS: Final = r"\b(?:ce|cette|ces|this|these)\b"
SENT: Final = re.compile(
    rf"{_WHY}{_WITHIN}(?:{_GOT}|{_THIS}){_WITHIN}{_REMINDER}|{_GOT}{_WITHIN}{_REMINDER}.{{0,20}}{_WHY}"
)
"""Asks why one came."""
NOT_THEIRS: Final = frozenset({"no-role", "elsewhere", "other-standing", "merged"})
"""Reasons of campaigns that were for others, or beside which another one reached them."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A reminder that was for them and did not reach them."""

    day: date
    by: str | None
    """Who had it sent; None: the plan."""
    reason: str
    then: bool
    """Whether that was so when it was decided; False: it is so now."""


def asked_why(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody asks in their own words why a reminder came, or why none did."""
    said = fold(turn.heard.text)
    if is_quoted(turn.heard.text) or len(said.split()) > LONGEST:
        return None
    return next((answer(turn) for asks, answer in ASKED if asks.search(said)), None)


def why_none(turn: Turn) -> Said:
    """The last one that left, the newest that did not reach them and why, and the next one planned."""
    if not turn.known:
        return who_are_you(turn)
    since = turn.now - STILL_SPOKEN_OF
    asked = ask(turn.tx, turn.house.settings, turn.person, turn.now, since)
    past = [one for one in reminders.of_person(turn.tx, turn.person.id) if one.day >= since.date()]
    last = next((one for one in past if one.outcome in REACHED), None)
    return say(
        "why/no-reminder",
        theirs=bool(turn.person.roles & WHO),
        since=since.date(),
        last=last,
        missed=_missed(turn, asked, past, last.day if last else since.date()),
        coming=_told(coming(asked)),
        plan=turn.house.settings.reminders,
    )


def _missed(turn: Turn, asked: Asked, past: list[Past], since: date) -> Missed | None:
    """The newest that was for them, unless another one has left since."""
    found = (_noted(turn, past, since), _silent(turn, asked, since))
    return max(filter(None, found), key=lambda one: one.day, default=None)


def _noted(turn: Turn, past: list[Past], since: date) -> Missed | None:
    """The newest of which the ledger tells why."""
    skipped = (one for one in past if one.outcome is ReminderOutcome.SKIPPED and one.day >= since)
    newest = max(skipped, key=lambda one: one.day, default=None)
    if newest is None:
        return None
    return Missed(newest.day, _name(turn, newest.made_by), newest.reason or UNKNOWN, then=True)


def _silent(turn: Turn, asked: Asked, since: date) -> Missed | None:
    """The newest of which it tells nothing."""
    theirs = (one for one in untold(asked, since) if one[1].reason not in NOT_THEIRS)
    found = (Missed(one.day, _name(turn, one.made_by), answer.reason, answer.then) for one, answer in theirs)
    return next(found, None)


def _name(turn: Turn, person_id: int | None) -> str | None:
    maker = people.by_id(turn.tx, person_id) if person_id else None
    return maker.name if maker else None


def _told(found: Coming | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "day": found.occasion.day,
        "kind": found.occasion.rule.kind.value,
        "reason": found.answer.reason if found.answer else None,
        "channel": found.channel,
    }


ASKED: Final = ((NOT_SENT, why_none), (SENT, lambda turn: why(turn, "")))
