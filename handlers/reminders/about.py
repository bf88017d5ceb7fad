"""What a campaign is about: its rule in the plan, the kind of message, and the last day for it."""

from __future__ import annotations

from datetime import date

from handlers.declarations.periods import Period, period_named
from handlers.reminders.plan import RULES, Rule
from storage.campaigns import Campaign
from storage.states import Audience, ReminderKind


def rule_of(campaign: Campaign) -> Rule:
    """The one that made it; of one made by hand, the first for the same audience."""
    same_name = (rule for rule in RULES if rule.name == campaign.rule)
    return next(same_name, None) or rule_for(campaign.aim.audience)


def rule_for(audience: Audience) -> Rule:
    """The first for an audience."""
    return next(rule for rule in RULES if rule.audience is audience)


def kind_of(campaign: Campaign) -> ReminderKind:
    """Under what people switch it off."""
    return rule_of(campaign).kind


def period_of(campaign: Campaign) -> Period:
    """The declaration period that it is about."""
    return period_named(campaign.aim.period)


def deadline_of(campaign: Campaign) -> date:
    """The last day for what it reminds of."""
    return deadline_for(rule_of(campaign), period_of(campaign))


def deadline_for(rule: Rule, period: Period) -> date:
    """The last day for what a rule reminds of in a period."""
    return dict(rule.deadlines(period.year)).get(period, period.deadline)
