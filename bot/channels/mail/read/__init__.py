"""Reading a mail: what it is, who it is from, and what its writer wrote in it. Pure: no network, no clock."""

from __future__ import annotations

from bot.channels.mail.read.parse import LARGEST, Mail, Verdict, read_mail

__all__ = ["LARGEST", "Mail", "Verdict", "read_mail"]
