"""« Campagnes »: how far each has come, and its brakes: pause, go on, call off."""

from __future__ import annotations

from typing import Final

import structlog

from bot.messages import number_in
from bot.turn import Command, Said, Turn, say
from handlers.reminders.brakes import BRAKES
from handlers.reminders.knowing import known_to
from handlers.reminders.progress import told
from handlers.support.charge import IN_CHARGE, OPERATORS, answers_for
from storage import campaigns
from storage.campaigns import Campaign
from storage.states import Role

log = structlog.get_logger()

SHOWN: Final = 5
"""Campaigns that one message lists."""
NO_NUMBER: Final = Said(())
"""For the next rule: these words are about no campaign."""
SURE: Final = "sure"
"""What a `cancel` is followed by once it has been asked about."""


def campaigns_(turn: Turn, argument: str) -> Said:
    """Those that the sender follows; or one by its number, `12`, and what becomes of it, `12-pause`."""
    number, _, rest = argument.partition("-")
    verb, _, sure = rest.partition("-")
    if not number:
        return _list(turn)
    if number_in(number) is None:
        return NO_NUMBER
    found = campaigns.by_id(turn.tx, int(number))
    if found is None or not _follows(turn, found):
        return say("campaigns/gone")
    if verb == "cancel" and sure != SURE and found.state in campaigns.OPEN:
        return _shown(turn, found, "campaigns/sure")
    return _acted(turn, found, verb) if verb in BRAKES else _shown(turn, found, "campaigns/one", did=None)


def _acted(turn: Turn, found: Campaign, verb: str) -> Said:
    """What has become of it, or what stands where somebody was faster."""
    done = BRAKES[verb](turn.tx, found.id, turn.now)
    now = campaigns.by_id(turn.tx, found.id)
    said = _shown(turn, now or found, "campaigns/one", did=verb if done else "nothing")
    if done:
        log.info("campaign-changed", how=verb, campaign=found.id, by=turn.person.id)
    return said


def _list(turn: Turn) -> Said:
    """The newest first."""
    places = turn.person.places
    if turn.person.roles & OPERATORS:
        newest = campaigns.listed(turn.tx, SHOWN)
    else:
        newest = campaigns.listed(
            turn.tx,
            SHOWN,
            school_ids=[one.school_id for one in places if one.role is Role.SCHOOL_ADMIN and one.school_id],
            centre_ids=[one.centre_id for one in places if one.role is Role.CSS_ADMIN and one.centre_id],
        )
    pages = [told(turn.tx, one) for one in newest]
    asked = [(one.campaign, page.people) for one, page in zip(newest, pages, strict=True)]
    return say("campaigns/list", listed=list(zip(pages, known_to(turn, asked), strict=True)))


def _shown(turn: Turn, one: Campaign, template: str, **data: object) -> Said:
    [progress] = campaigns.progress(turn.tx, [one])
    page = told(turn.tx, progress)
    [known] = known_to(turn, [(one, page.people)])
    return say(template, one=page, known=known, **data)


def _follows(turn: Turn, one: Campaign) -> bool:
    """Whether all its people are the sender's to remind: an operator's all, those of the plan included."""
    if turn.person.roles & OPERATORS:
        return True
    if one.aim.school_id is not None:
        return answers_for(turn, one.aim.school_id)
    centres = {place.centre_id for place in turn.person.places if place.role is Role.CSS_ADMIN}
    return one.aim.centre_id is not None and one.aim.centre_id in centres


CAMPAIGNS: Final = Command("campaigns", campaigns_, IN_CHARGE, takes_words=True)
