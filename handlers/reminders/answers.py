"""What people answer to a reminder: « c’est fait », checked against the record, or once more tomorrow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.heads import signed_heads_of
from bot.markup import to_plain
from bot.messages import number_in
from bot.naming import command_named, is_shown
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from handlers.declarations.declare import DECLARE
from handlers.declarations.periods import Period, period_named, period_of
from handlers.reminders import about
from handlers.reminders.asked_for import answers_reminder, reminded_lately
from handlers.reminders.on_record import Asked, account, check
from handlers.reminders.plan import next_day_on
from handlers.reminders.wishes import OF_AUDIENCE, WHO
from storage import campaign_letters, campaigns, people, reminders
from storage.campaigns import Campaign
from storage.reminders import REACHED, Past
from storage.states import Audience, CampaignState, Standing
from storage.talks import KeptTalk

ACCOUNT: Final = "account"
"""The argument of `done` below a reminder about an account."""


def done(turn: Turn, argument: str) -> Said:
    """Thanks, or what is still missing: by its button what that asks, else what the last reminder asked for."""
    if argument == ACCOUNT:
        return account(turn)
    last = None if argument else reminded_lately(turn)
    campaign = campaigns.by_id(turn.tx, last.campaign_id) if last else None
    return check(turn, _audience(turn, last, argument), Asked(_period(turn, last, argument), campaign))


def _audience(turn: Turn, last: Past | None, argument: str) -> Audience:
    """That of the last reminder; of none, the first that they belong to."""
    if last:
        return last.audience
    mine = (one for one, roles in OF_AUDIENCE.items() if turn.person.roles & roles)
    return Audience.STAFF if argument else next(mine)


def _period(turn: Turn, last: Past | None, argument: str) -> Period:
    """The one that the button names, or that of the last reminder, or the running one."""
    try:
        return period_named(argument or (last.period if last else ""))
    except ValueError:
        return period_of(turn.today)


def tomorrow(turn: Turn, argument: str) -> Said:
    """The same reminder once more on the next working day; it does not count as unasked."""
    past, campaign = _meant(turn, argument)
    if campaign is None or past is None or campaign.state is CampaignState.CANCELLED:
        return say("tomorrow/none")
    if not people.wants_reminders(turn.tx, turn.person.id):
        return say("tomorrow/stopped", about=_about(past))
    settings, deadline = turn.house.settings, about.deadline_of(campaign)
    at, last_day = next_day_on(settings, settings.zone, turn.today), _last_day(turn, campaign)
    told = {"about": _about(past), "period": about.period_of(campaign), "deadline": deadline}
    if at.date() > last_day:
        open_until = last_day if last_day > deadline else None
        return say("tomorrow/too-late", open_until=open_until, over=deadline < turn.today, **told)
    reached = people.addresses(turn.tx, turn.person.id)
    here = next((one for one in reached if one.channel == turn.heard.channel), None)
    if here is None:
        return say("tomorrow/none")
    campaign_letters.once_more(turn.tx, campaign, turn.person.id, here, turn.language, at, _end_of(at, turn))
    reminders.postpone(turn.tx, campaign.id, turn.person.id)
    return say("tomorrow/noted", day=at.date(), **told)


def _meant(turn: Turn, argument: str) -> tuple[Past | None, Campaign | None]:
    """The reminder that the button names, or else the last one, if it reached them."""
    last = reminded_lately(turn)
    campaign_id = number_in(argument) or (last.campaign_id if last else 0)
    past = reminders.of_campaign(turn.tx, campaign_id, turn.person.id)
    reached = past if past and past.outcome in REACHED else None
    return reached, campaigns.by_id(turn.tx, campaign_id)


def _about(past: Past) -> str:
    """What it asked for: by its audience, or a draft to be sent."""
    drafted = past.audience is Audience.STAFF and past.standing is Standing.DRAFT
    return Standing.DRAFT if drafted else past.audience


def _last_day(turn: Turn, campaign: Campaign) -> date:
    """Of what follows up a deadline, the day on which its period closes."""
    deadline = about.deadline_of(campaign)
    closes = about.period_of(campaign).closes(turn.house.settings.grace_days)
    return closes if campaign.day > deadline else deadline


def _end_of(at: datetime, turn: Turn) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), time(), turn.house.settings.zone)


def reported(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Somebody who was reminded lately says that it is done, or that tomorrow will do."""
    if not turn.known or not turn.person.roles & WHO:
        return None
    named = next((ability for ability in (DONE, TOMORROW) if _says(turn, ability)), None)
    if named is None or _means_another(turn, kept, named) or reminded_lately(turn) is None:
        return None
    return named.answer(turn, "")


def _means_another(turn: Turn, kept: KeptTalk | None, named: Command) -> bool:
    """Whether a button just shown is called so; or it may be an answer or a command, and is said to no reminder."""
    text = turn.heard.text
    answers = kept is not None and not (named is DONE and kept.conversation == DECLARE.name)
    return (kept is None and is_shown(turn, text)) or (
        (answers or command_named(turn, text) is not None) and not answers_reminder(turn)
    )


def _says(turn: Turn, ability: Command) -> bool:
    """By a letter also above a mere signature."""
    words = frozenset(map(fold, turn.house.wording.words("reminders/said", ability.name)))
    heads = signed_heads_of(turn.heard.text) if turn.heard.envelope else ()
    return any(fold(to_plain(one)) in words for one in (turn.heard.text, *heads))


DONE: Final = Command("done", done, WHO, listed=False)
TOMORROW: Final = Command("tomorrow", tomorrow, WHO, listed=False)
