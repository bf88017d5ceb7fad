"""Chosen: which button of a letter about a ticket a reply to it names, by number or by label, and what that does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.addressed import answered
from bot.messages import Button, Call, Page, read_press
from bot.naming import button_on
from bot.reading.words import fold
from bot.turn import Command, Said, Turn, refusal
from handlers.teaching.giving import TEACH

AT_THE_DESK: Final = frozenset({"take", "pass", "note", "close", "discuss", "end-discussion"})
"""Abilities whose buttons stand below every alert."""
NUMBER: Final = re.compile(
    r"(?:(?:oui|yes|ok|okay|je choisis|i choose|le|la|the|choix|choice|option|no|n°|numero|number|reponse)\W+)*"
    r"(\d{1,2})\W*(?:(?:svp|stp|s'il vous plait|s'il te plait|please|merci|thanks|thank you)\W*)*"
)
"""A line that names a choice by its number; folded text."""
LONGEST_SIGNED: Final = 60
"""Characters of a line below it that may be a signature."""
ENDED: Final = re.compile(r"[.?:;]$")
"""A sentence, which is no signature."""


def chosen_elsewhere(turn: Turn) -> Said | None:
    """The choice that an operator's letter names of another letter of ours, such as « Les envoyer quand même »."""
    sent = answered(turn) if turn.heard.envelope else None
    ours = sent is None or sent.talk_id or refusal(turn, TEACH)
    return None if sent is None or ours else chosen(turn, sent.page)


def chosen(turn: Turn, page: Page) -> Said | None:
    """A reply names its choice by number, although no number typed without it does."""
    numbered = replace(page, buttons=choices_on(page), numbered=True)
    choice = button_on(numbered, named(turn)) or button_on(page, named(turn))
    ability = turn.house.abilities.get(choice.command) if isinstance(choice, Call) else None
    if isinstance(choice, Call) and isinstance(ability, Command):
        return refusal(turn, ability) or ability.answer(turn, choice.argument)
    return None


def choices_on(page: Page) -> tuple[Button, ...]:
    """The buttons that a number may name: a bare number written to a person takes no ticket and closes none."""
    calls = ((button, read_press(button.press)) for button in page.buttons)
    return tuple(
        button for button, call in calls if not (isinstance(call, Call) and call.command in AT_THE_DESK)
    )


def named(turn: Turn) -> str:
    """What names a choice, by letter its first line if nothing but a signature follows: « oui 1 svp », « 2. merci »."""
    text = turn.heard.text.strip()
    if turn.heard.envelope is None:
        return text.rstrip(".)")
    first, *others = text.splitlines() or [""]
    number = NUMBER.fullmatch(fold(first))
    if any(len(line) > LONGEST_SIGNED or ENDED.search(line.strip()) for line in others):
        return text
    return number[1] if number else first
