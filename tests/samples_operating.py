"""Data for the templates of the operator's commands that tell how things stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from storage.addresses import Standing
from storage.parked import ParkedMail
from storage.people import Person, Place
from storage.states import Role

AT = "2026-11-22 14:05"
NOW = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)
STATE = {
    "holds": [{"reason": "went-back", "since": AT}],
    "mailboxes": [
        {"name": "declic@imap.exemple.invalid:993/INBOX", "polled_at": AT, "mail_at": AT},
        {"name": "aide@imap.exemple.invalid:993/INBOX", "polled_at": None, "mail_at": None},
    ],
    "outages": [
        {"line": "declic@imap.exemple.invalid:993", "since": AT, "reason": "refused", "told": told}
        for told in (True, False)
    ],
    "web": {"listen": "127.0.0.1:8080", "public": None, "standing": "nobody"},
    "letters": {"mail": {"waiting": 1200, "dead": 1, "unknown": 0}},
    "parked_mails": 2,
    "parked_messages": 0,
    "open_tickets": 3,
}
ADDRESSES = [
    (Standing("mail", "camille@ecole.test", NOW, NOW, "550 5.1.1 no such user", 0), AT),
    (Standing("mail", "roy@ecole.test", NOW, None, None, 2), None),
    (Standing("telegram", "101", None, None, None, 0), None),
]
MAILBOX = SimpleNamespace(
    what="mailbox",
    ok=False,
    data={"name": "declic@imap.test:993/INBOX", "trouble": "folder", "reason": "NO to SELECT"},
)

OPERATING: Mapping[str, Mapping[str, Any]] = {
    "cli/status": {"state": STATE},
    "cli/person": {
        "person": Person(12, "Camille Essai", places=(Place(Role.TEACHER, 1, "École fictive"),)),
        "addresses": ADDRESSES,
    },
    "cli/mail/parked": {
        "days": 14,
        "mails": [(ParkedMail(7, "declic@imap.exemple.invalid:993/INBOX", "unreadable", NOW, cut=True), AT)],
        "others": 30,
    },
    "cli/mail/check": {"finding": MAILBOX},
    "cli/settings-check": {
        "finding": SimpleNamespace(what="unknown", data={"name": "DECLIC_X", "near": None})
    },
    "cli/not-asked": {"question": "Fermer?", "option": "--yes"},
    "cli/why": {"reason": "db-host"},
    "cli/mail/no-such-mail": {"number": 12},
    "cli/mail/not-written": {"file": "courriel.eml", "reason": "ce fichier existe déjà"},
    "cli/no-such-address": {"channel": "mail"},
}
