"""The abilities around reminders, in the order of the menu."""

from bot.turn import Ability
from handlers.reminders import answers, by_hand, campaign_texts, campaigns, forwardable, why, wishes

REMINDERS: tuple[Ability, ...] = (
    wishes.WISHES,
    answers.DONE,
    answers.TOMORROW,
    why.WHY,
    by_hand.CAMPAIGN,
    campaign_texts.TEXTS,
    campaigns.CAMPAIGNS,
    forwardable.FORWARDABLE,
)
