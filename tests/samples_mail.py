"""Data for the templates of `declic mail` and of mails, which no other template shares."""

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

DOWN = {"line": "declic@imap.exemple.test:993/INBOX", "minutes": 12, "reason": "ConnectionRefusedError"}

FORM = {
    "first": False,
    "wrong": [{"field": "Pages copiées", "text": "chapitre 3", "why": "Il manque les numéros."}],
    "blanks": [
        {"field": "Titre", "example": "p. ex. La cabane du lac", "optional": False},
        {"field": "Note", "example": "", "optional": True},
        {"field": "Période", "example": "", "optional": False},
    ],
}

MAIL: Mapping[str, Mapping[str, Any]] = {
    "cli/mail/shown": {"file": "courriels/12.eml", "mail": SHOWN},
    "mail/alert-parked": {"reason": "too-many"},
    "mail/alert-down": DOWN,
    "mail/alert-back": {**DOWN, "minutes": 1500},
    "mail/attachments-left": {"names": ["plan.pdf", "photo du livre.jpg"]},
    "form/not-read": {"wrong": FORM["wrong"]},
    "mail/form": FORM,
    "mail/footer": {"reminder": True, "by_human": False, "to_team": False},
    "mail/how-to-answer": {"numbered": True, "taps": True},
}
