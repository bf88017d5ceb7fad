"""What people answer to a reminder: « c’est fait », checked against the record, or once more tomorrow."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.markup import to_plain
from bot.messages import number_in
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, say
from handlers.declarations.declare import DECLARE, WHO
from handlers.declarations.openings import open_now
from handlers.declarations.periods import Period, period_named, period_of
from handlers.reminders.about import deadline_of
from handlers.reminders.plan import sending_hours
from storage import accounts, audiences, campaign_letters, campaigns, declarations, people, reminders, talks
from storage.reminders import REACHED, Past
from storage.states import Audience, CampaignState, Standing
from storage.talks import KeptTalk

ACCOUNT: Final = "account"
"""The argument of `done` below a reminder about an account."""
LATELY: Final = timedelta(days=7)
"""How long somebody may speak of a reminder without answering it."""


def done(turn: Turn, argument: str) -> Said:
    """Thanks, or what is still missing: « c’est fait » is checked against the record."""
    if argument == ACCOUNT:
        accounts.say(turn.tx, turn.person.id, period_of(turn.today).year, turn.now)
        return say("done/account", deadline=period_of(turn.today).deadline)
    period = _period(turn, argument)
    standing = audiences.standings(turn.tx, period.key, [turn.person.id]).get(
        turn.person.id, Standing.NOTHING
    )
    return ON_RECORD[standing](turn, period)


def _period(turn: Turn, argument: str) -> Period:
    """The one that the button names, or that of the last reminder, or the running one."""
    last = reminded_lately(turn)
    try:
        return period_named(argument or (last.period if last else ""))
    except ValueError:
        return period_of(turn.today)


def _declared(turn: Turn, period: Period) -> Said:
    sent = sum(one.course.counts for one in declarations.of_person(turn.tx, turn.person.id, period.key))
    return say("done/declared", period=period, sent=sent)


def _said_nothing(_turn: Turn, period: Period) -> Said:
    return say("done/said-nothing", period=period)


def _draft(turn: Turn, period: Period) -> Said:
    kept = talks.unfinished(turn.tx, turn.person.id, DECLARE.name)
    named = kept.answers.get(DECLARE.named_by, {}).get("text") if kept else None
    return say("done/draft", period=period, talk=kept.id if kept else "", named=named)


def _nothing(turn: Turn, period: Period) -> Said:
    sent = declarations.of_person(turn.tx, turn.person.id, period.key)
    ended = next((one.course.state.value for one in sent), None)
    return say("done/nothing", period=period, open=period in open_now(turn), uncounted=ended)


ON_RECORD: Final = {
    Standing.DECLARED: _declared,
    Standing.SAID_NOTHING: _said_nothing,
    Standing.DRAFT: _draft,
    Standing.NOTHING: _nothing,
}


def tomorrow(turn: Turn, argument: str) -> Said:
    """The same reminder once more on the next working day; it does not count as unasked."""
    last = reminded_lately(turn)
    campaign_id = number_in(argument) or (last.campaign_id if last else 0)
    past = reminders.of_campaign(turn.tx, campaign_id, turn.person.id)
    campaign = campaigns.by_id(turn.tx, campaign_id)
    if (
        campaign is None
        or past is None
        or past.outcome not in REACHED
        or campaign.state is CampaignState.CANCELLED
    ):
        return say("tomorrow/none")
    if not people.wants_reminders(turn.tx, turn.person.id):
        return say("tomorrow/stopped")
    at, deadline = _next_day(turn), deadline_of(campaign)
    if at.date() > deadline:
        return say("tomorrow/too-late", deadline=deadline)
    reached = people.addresses(turn.tx, turn.person.id)
    here = next((one for one in reached if one.channel == turn.heard.channel), None)
    if here is None:
        return say("tomorrow/none")
    campaign_letters.once_more(turn.tx, campaign, turn.person.id, here, turn.language, at, _end_of(at, turn))
    reminders.postpone(turn.tx, campaign.id, turn.person.id)
    return say("tomorrow/noted", day=at.date(), deadline=deadline)


def _next_day(turn: Turn) -> datetime:
    """When reminders leave first on the next working day."""
    settings = turn.house.settings
    midnight = datetime.combine(turn.today + timedelta(days=1), time(), settings.zone)
    return (
        sending_hours(settings, settings.zone)
        .next_opening(midnight.astimezone(UTC))
        .astimezone(settings.zone)
    )


def _end_of(at: datetime, turn: Turn) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), time(), turn.house.settings.zone)


def reported(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Somebody who was reminded lately says that it is done, or, outside any talk, that tomorrow will do."""
    if not turn.known or not turn.person.roles & WHO or (kept and kept.conversation != DECLARE.name):
        return None
    meant = (DONE,) if kept else (DONE, TOMORROW)
    named = next((ability for ability in meant if _says(turn, ability)), None)
    last = reminded_lately(turn) if named else None
    return named.answer(turn, "" if last.audience is Audience.STAFF else ACCOUNT) if named and last else None


def _says(turn: Turn, ability: Command) -> bool:
    words = turn.house.wording.words("reminders/said", ability.name)
    return fold(to_plain(turn.heard.text)).rstrip(" .!") in map(fold, words)


def reminded_lately(turn: Turn) -> Past | None:
    """The last reminder about declaring or an account that the sender has had within a week."""
    past = reminders.of_person(turn.tx, turn.person.id)
    mine = (one for one in past if one.audience in (Audience.STAFF, Audience.ABSENT))
    return next((one for one in mine if one.outcome in REACHED and turn.now - one.at <= LATELY), None)


DONE: Final = Command("done", done, WHO, listed=False)
TOMORROW: Final = Command("tomorrow", tomorrow, WHO, listed=False)
