"""Buttons under a message."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import Button

SHORT = 16
"""Characters that half the width of a phone shows whole."""


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Two buttons a row where all are short, else one."""
    if not buttons:
        return None
    across = 2 if all(len(button.label) <= SHORT for button in buttons) else 1
    made = [InlineKeyboardButton(button.label, callback_data=button.press) for button in buttons]
    return InlineKeyboardMarkup([made[at : at + across] for at in range(0, len(made), across)])
