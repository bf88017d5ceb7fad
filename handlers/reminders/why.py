"""« Pourquoi ai-je reçu ceci? »: the rule, what was true at that moment, and how it is switched off."""

from __future__ import annotations

from typing import Final

from bot.addressed import answered
from bot.messages import number_in
from bot.turn import Command, Said, Turn, say
from handlers.reminders.about import deadline_of, kind_of
from handlers.reminders.wishes import WHO
from storage import campaigns, people, reminders
from storage.reminders import REACHED, Past


def why(turn: Turn, argument: str) -> Said:
    """About the campaign whose reminder is asked about, or the last one that came; else why the last one did not."""
    if not turn.known:
        return say("why/unknown")
    past = _past(turn, number_in(argument))
    campaign = campaigns.by_id(turn.tx, past.campaign_id) if past else None
    if past is None or campaign is None:
        return say("why/none", known=bool(turn.person.roles & WHO))
    maker = people.by_id(turn.tx, campaign.made_by) if campaign.made_by else None
    return say(
        "why/page" if past.outcome in REACHED else "why/not-sent",
        past=past,
        kind=kind_of(campaign).value,
        deadline=deadline_of(campaign),
        by=maker.name if maker else None,
    )


def _past(turn: Turn, campaign_id: int | None) -> Past | None:
    sent = answered(turn)
    if wanted := campaign_id or (sent and sent.campaign_id):
        return reminders.of_campaign(turn.tx, wanted, turn.person.id)
    past = reminders.of_person(turn.tx, turn.person.id)
    return next((one for one in past if one.outcome in REACHED), next(iter(past), None))


WHY: Final = Command("why", why, listed=False)
