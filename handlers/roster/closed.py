"""Whom Telegram is closed to, by role or service centre, and what they are told there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.turn import Said, Turn, say
from storage import telegram_off

TELEGRAM: Final = "telegram"


def is_off_here(turn: Turn, person_id: int) -> bool:
    """Whether the message came by Telegram, and that is closed to this person."""
    return turn.heard.channel == TELEGRAM and telegram_off.is_off(turn.tx, person_id)


def telegram_is_off(turn: Turn) -> Said:
    """Points to e-mail; nothing was done."""
    mailing = turn.house.settings.mailing
    return replace(say("link/telegram-off", mail=mailing.address if mailing else None), alone=True)
