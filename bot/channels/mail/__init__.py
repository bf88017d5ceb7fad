"""E-mail: what a message is, who it is from, and what its writer wrote in it."""

from __future__ import annotations

from bot.channels.mail.parse import LARGEST, Mail, Verdict, read_mail

__all__ = ["LARGEST", "Mail", "Verdict", "read_mail"]
