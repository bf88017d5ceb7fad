"""Using an ability: the one way to start it, for whoever may."""

from __future__ import annotations

from collections.abc import Mapping

from bot import dialogue
from bot.question import Answer
from bot.talk import NOTHING
from bot.turn import Ability, Command, Said, Turn, refusal


def use(turn: Turn, ability: Ability, argument: str, answers: Mapping[str, Answer] = NOTHING) -> Said:
    """Starts an ability for the person, when they may use it; `answers`: what is told already of what it asks."""
    refused = refusal(turn, ability)
    if refused:
        return refused
    if isinstance(ability, Command):
        return ability.answer(turn, argument)
    return dialogue.begin(turn, ability, ability.seed(turn, argument), answers)
