"""What somebody who wants people nudged says besides: where, whom, and what no campaign can do."""

from __future__ import annotations

import re
from typing import Final

from bot.messages import Call
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from handlers.reminders.aims import Whom
from handlers.reminders.by_hand import CAMPAIGN
from handlers.reminders.by_hand import MISSING as STRAIGHT
from handlers.support.charge import IN_CHARGE
from handlers.wishes.which_place import elsewhere, other_place, places_named

MYSELF: Final = re.compile(
    r"\b(?:(?:me )?rapp?ell?e[rsz]?[- ]moi|me rappeler|remind me|(?:fais|faites)[- ]moi penser)\b"
)
HEADS: Final = re.compile(
    r"\b(?:directions?|directeurs?|directrices?|responsables?|principals?|heads|head teachers?)\b"
)
TEACHERS: Final = re.compile(r"\b(?:profs?|enseignante?s?|teachers?|staff|personnel)\b")
HEADCOUNTS: Final = re.compile(r"\b(?:effectifs?|head ?counts?|head-counts?)\b")
DRAFTS: Final = re.compile(r"\b(?:brouillons?|drafts?)\b")
NO_DRAFT: Final = re.compile(
    r"\b(?:sans|pas de|pas commence de|ni|aucun|no|without(?: a)?) (?:brouillons?|drafts?)\b"
    r"|\b(?:ou|or)(?: only| seulement)?(?: a| un)? (?:brouillons?|drafts?)\b"
)
"""Where a draft is named beside something else, or as what is missing."""


def nudged(turn: Turn) -> Call:
    """The preview for whom is named where, or what says that it cannot be."""
    words = fold(turn.heard.text)
    cannot = "myself" if MYSELF.search(words) else "headcounts" if HEADCOUNTS.search(words) else ""
    places = turn.once(places_named)
    unknown = "" if cannot else turn.once(other_place if places else elsewhere)
    if cannot or unknown:
        return Call(NOT_NUDGED.name, cannot or "elsewhere")
    return Call(CAMPAIGN.name, "-".join((_straight(words), *((",".join(places),) if places else ()))))


def _straight(words: str) -> str:
    if HEADS.search(words) and not TEACHERS.search(words):
        return Whom.IN_CHARGE.value.replace("-", "")
    only_drafts = DRAFTS.search(words) and not NO_DRAFT.search(words)
    return Whom.DRAFTS.value if only_drafts else STRAIGHT


def not_nudged(turn: Turn, argument: str) -> Said:
    """What cannot be done, and what can."""
    if argument not in {"myself", "headcounts"}:
        return say("not-nudged/elsewhere", named=turn.once(other_place) or turn.once(elsewhere))
    return say(f"not-nudged/{argument}")


NOT_NUDGED: Final = Command("not-nudged", not_nudged, IN_CHARGE, takes_words=True, listed=False)
