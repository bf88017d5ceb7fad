"""Writing mail: a letter into a message, and the message to the mail server."""

from __future__ import annotations

from bot.channels.mail.write.send import MailSender

__all__ = ["MailSender"]
