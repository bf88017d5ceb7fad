"""« Les autres textes »: what else people may read of a campaign: the text for drafts, and the other language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.render import LANGUAGES
from bot.turn import Command, Said, Turn, say
from handlers.declarations.periods import Period, period_if_named
from handlers.reminders.aims import Whom, aim_of
from handlers.reminders.by_hand import CAMPAIGN, NOTE, WHOM
from handlers.reminders.previews import example, leaving, template_of
from handlers.reports.views import ALL
from handlers.support.charge import IN_CHARGE
from storage import talks
from storage.campaigns import Aim
from storage.talks import KeptTalk

DRAFT: Final = template_of(aim_of(Whom.DRAFTS, ALL, ""))


def other_texts(turn: Turn, argument: str) -> Said:
    """Those that the preview does not show, for the period `2026-1` and whomever the sender has chosen."""
    kept, period = talks.foreground(turn.tx, turn.person.id), period_if_named(argument)
    whom = _chosen(kept) if kept and kept.conversation == CAMPAIGN.name else None
    if kept is None or whom is None or period is None:
        return Said(())
    aim = aim_of(whom, ALL, period.key)
    shown = template_of(aim)
    templates = dict.fromkeys((shown, DRAFT) if whom is Whom.STAFF else (shown,))
    languages = sorted(LANGUAGES, key=lambda one: one != turn.language)
    others = [(one, template) for one in languages for template in templates][1:]
    texts = [
        {
            "language": language,
            "same": template == shown,
            "text": turn.house.wording.text(
                f"reminders/{template}", language, _told(turn, kept, aim, period, language)
            ),
        }
        for language, template in others
    ]
    return say("campaign-texts/page", texts=texts)


def _chosen(kept: KeptTalk) -> Whom | None:
    """By a button of this talk, or by the one that it began with."""
    value = kept.answers.get(WHOM.name, {}).get("value") or kept.seed.get(WHOM.name)
    return next((one for one in Whom if one.value == value), None)


def _told(turn: Turn, kept: KeptTalk, aim: Aim, period: Period, language: str) -> Mapping[str, Any]:
    """As an invented reader is told it, with the few words of the sender's own, if any."""
    day, note = leaving(turn).begins.date(), kept.answers.get(NOTE.name, {})
    written = None if note.get("value") else note.get("text")
    return {**example(turn, aim, period, day, language), "period": period, "note": written}


TEXTS: Final = Command("campaign-texts", other_texts, IN_CHARGE, takes_words=True, listed=False)
