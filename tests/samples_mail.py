"""Data for the templates of `declic mail`, which no other template shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.mail.read import Mail, Verdict
from bot.channels.mail.read.body import Attachment

SHOWN = Mail(
    Verdict.AUTOMATIC,
    reason="out-of-office",
    shown_by="Absente du bureau",
    sender="camille@exemple.test",
    subject="Absente du bureau",
    text="Je reviens lundi.",
    cut="Envoyé de mon iPhone",
    attachments=(Attachment("plan.pdf", "application/pdf", 12_000), Attachment("", "image/png", 12)),
)

MAIL: Mapping[str, Mapping[str, Any]] = {"cli/mail/shown": {"file": "courriels/12.eml", "mail": SHOWN}}
