"""Telegram: long polls in, letters out. python-telegram-bot is transport and types, and owns no state."""

from bot.channels.telegram.connect import NoAnswer, TokenUnknown, open_bot, who_am_i
from bot.channels.telegram.receive import Menu, Receiver
from bot.channels.telegram.send import TelegramSender

__all__ = ["Menu", "NoAnswer", "Receiver", "TelegramSender", "TokenUnknown", "open_bot", "who_am_i"]
