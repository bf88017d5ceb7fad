"""« Campagnes »: how far each has come, and its brakes: pause, go on, call off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import structlog

from bot.messages import number_in
from bot.turn import Command, Said, Turn, say
from handlers.corrections import meanwhile
from handlers.reminders.brakes import BRAKES
from handlers.reminders.looking import Look, Seen
from handlers.reminders.progress import standing_as
from handlers.reports.views import views_of
from handlers.support.charge import IN_CHARGE, OPERATORS, answers_for
from storage import campaigns
from storage.campaigns import Campaign
from storage.states import CampaignState, Role

log = structlog.get_logger()

NO_NUMBER: Final = Said(())
"""For the next rule: these words are about no campaign."""
CANCEL, SURE = "cancel", "sure"
"""What is asked about first, and what then follows it."""
ASKING: Final = {"again": "campaigns/again", "stop": "campaigns/stop-which"}
"""What only asks: whether one that is paused goes on; whether it is meant, or the sender's own reminders."""
ASKS_OF: Final = {"again": (CampaignState.PAUSED,), "stop": campaigns.OPEN}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for."""

    number: int | None = None
    """Of one campaign; None: all that they follow."""
    verb: str = ""
    """What is to become of it."""
    sure: bool = False

    @classmethod
    def read(cls, argument: str) -> Asked | None:
        """From nothing, `12`, `12-pause` or `12-cancel-sure`; None: these words are about no campaign."""
        given, _, rest = argument.partition("-")
        verb, _, sure = rest.partition("-")
        number = number_in(given)
        return None if given and number is None else cls(number, verb, sure == SURE)


def answer(turn: Turn, argument: str) -> Said:
    """The campaigns that the sender follows; or one of them, and what becomes of it."""
    asked = Asked.read(argument)
    if asked is None:
        return NO_NUMBER
    if asked.number is None:
        return list_all(turn)
    found = campaigns.by_id(turn.tx, asked.number)
    if found is None or not follows(turn, found):
        return say("campaigns/gone")
    if asked.verb == CANCEL and not asked.sure and stands(turn, found) in campaigns.OPEN:
        return meanwhile(turn, show(turn, found, "campaigns/sure"))
    if stands(turn, found) in ASKS_OF.get(asked.verb, ()):
        return meanwhile(turn, show(turn, found, ASKING[asked.verb]))
    return act(turn, found, asked.verb) if asked.verb in BRAKES else show(turn, found, did=None)


def list_all(turn: Turn) -> Said:
    """The newest first."""
    return say("campaigns/list", listed=turn.prepared(Look(views_of(turn.tx, turn.person))))


def show(turn: Turn, found: Campaign, template: str = "campaigns/one", **data: object) -> Said:
    """One campaign as it stands."""
    page, known = _look(turn, found)
    now = standing_as(found.state, page.waiting)
    return say(template, one=replace(page, state=now), known=known, **data)


def act(turn: Turn, found: Campaign, verb: str) -> Said:
    """What has become of it, or what stands where somebody was faster."""
    _look(turn, found)  # a turn that is taken anew for it has done nothing yet
    done = BRAKES[verb](turn.tx, found.id, turn.now)
    now = campaigns.by_id(turn.tx, found.id)
    if done:
        log.info("campaign-changed", how=verb, campaign=found.id, by=turn.person.id)
    return show(turn, now or found, did=verb if done else "nothing")


def stands(turn: Turn, found: Campaign) -> CampaignState:
    """Done as soon as nothing of it waits."""
    page, _ = _look(turn, found)
    return standing_as(found.state, page.waiting)


def _look(turn: Turn, found: Campaign) -> Seen:
    [seen] = turn.prepared(Look(views_of(turn.tx, turn.person), found.id))
    return seen


def follows(turn: Turn, one: Campaign) -> bool:
    """Whether all its people are the sender's to remind: an operator's all, those of the plan included."""
    if turn.person.roles & OPERATORS:
        return True
    if one.aim.school_id is not None:
        return answers_for(turn, one.aim.school_id)
    centres = {place.centre_id for place in turn.person.places if place.role is Role.CSS_ADMIN}
    return one.aim.centre_id is not None and one.aim.centre_id in centres


CAMPAIGNS: Final = Command("campaigns", answer, IN_CHARGE, takes_words=True)
