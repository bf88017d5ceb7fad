"""Data for every template: what a message may be made of, and the cases in which its wording differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.filling import Line
from bot.reading import Pages, Range
from bot.render import LANGUAGES, TEMPLATES
from bot.settings import SettingFault
from handlers.declarations.kinds import Kind, Medium, Origin
from handlers.declarations.limits import Share
from handlers.declarations.periods import Period
from storage.declarations import Declaration, Filing, Use, Work
from tests.samples_agreement import AGREEMENT, WORKED_OUT
from tests.samples_calendar import CALENDAR
from tests.samples_campaigns import CAMPAIGNING, cases_of_campaigns
from tests.samples_faq import FAQ
from tests.samples_files import FILES
from tests.samples_headcount import CASES as OF_HEADCOUNT
from tests.samples_headcount import HEADCOUNT
from tests.samples_hold import HOLD
from tests.samples_linking import LINKING
from tests.samples_mail import MAIL
from tests.samples_operating import OPERATING
from tests.samples_privacy import PRIVACY
from tests.samples_rehearsal import REHEARSED, cases_of_rehearsals
from tests.samples_reminders import REMINDING, cases_of_reminders
from tests.samples_reports import OF_REPORTS, REPORTED, cases_of_reports
from tests.samples_roster import ROSTER
from tests.samples_sent import OF_SENT, SENT, cases_of_sent
from tests.samples_signing import SIGNING
from tests.samples_tickets import TICKETS
from tests.samples_web import LISTENS, cases_of_web

TITLE = "Le grand livre illustré des animaux de la forêt boréale et de la toundra"
DAY = date(2026, 11, 30)
WORK = Work("book", TITLE, None, "9782070612758", "Gabrielle Exemple", "Les Éditions fictives", 2019, 240)
USE = Use("12-30, 45", "paper", 28, DAY, "4e année", "Avec le groupe 401.")
FILED = Filing(
    1, 1, "2026-1", "k", 20, 8.3, True, True, "collector", datetime(2026, 12, 20, 15, 0, tzinfo=UTC)
)
DECLARED = Declaration(12, WORK, USE, FILED)
BARE = Declaration(
    13,
    Work("lyrics", TITLE),
    Use("whole", "screen", 1, DAY),
    Filing(1, None, "2026-1", "k", None, None, None, False, "collector", FILED.sent_at),
)
LINES = (
    Line("declare/ask-kind", "kind", Kind.BOOK),
    Line("declare/ask-title", "title", TITLE),
    Line("declare/ask-author", "author", "Gabrielle Exemple"),
    Line("declare/ask-publisher", "publisher", "Les Éditions fictives"),
    Line("declare/ask-year", "year", 2019),
    Line("declare/ask-total", "total", 240),
    Line("declare/ask-copied", "copied", Pages((Range(12, 30), Range(45, 45)))),
    Line("declare/ask-medium", "medium", Medium.PAPER),
    Line("declare/ask-pupils", "pupils", 28),
    Line("declare/ask-date", "used", DAY),
    Line("declare/ask-level", "level", "4e année"),
)
FINDINGS = [
    SimpleNamespace(
        what=what, ok=ok, warns=ok, data={"count": 6, "of": 9, "reachable": 1, "error": "…"} | more
    )
    for ok in (True, False)
    for what, more in (
        ("entries", {"encoder": False}),
        ("guides", {}),
        ("database", {"revision": "0001", "newest": "0001"}),
        ("operators", {}),
        ("telegram", {"name": "declic_bot"}),
        ("channels", {}),
        ("mailbox", {"name": "declic@imap.test:993/INBOX", "trouble": "sign-in", "reason": "NO to LOGIN"}),
        (
            "smtp",
            {"name": "declic@smtp.test:587", "trouble": "certificate", "reason": "self-signed certificate"},
        ),
        ("mail-tags", {"on": ok}),
        ("mail-trusted", {"name": "mx.test" if ok else ""}),
        ("web", LISTENS),
    )
]
ENTRY = SimpleNamespace(
    id="pi-two-years-side-by-side",
    answer=lambda _language: SimpleNamespace(title="Voir deux PI en même temps"),
)
PUZZLES = [
    SimpleNamespace(enquiry=SimpleNamespace(id=12, text=TITLE), people=people, nearest=near)
    for people, near in ((3, ENTRY), (2, None), (1, ENTRY), (1, None), (1, ENTRY))
]

EVERYTHING: Mapping[str, Any] = {
    "address": "123456789", "already": 27,
    "answer": "Voici.", "asked": "0a1b2c3d", "before": None, "by_letter": True, "channel": "telegram",
    "channels": ["terminal"], "count": 2, "counts": [2, 28], "day": DAY, "days": [DAY, date(2026, 3, 12)],
    "declared": DECLARED, "demo": True, "digits": "9782070612759", "draft": {"talk": "abcdefghij", "named": TITLE},
    "faults": [
            (SettingFault("ZONE", "zone", "Mars", least=0, most=91), "…", "…", None),
            (SettingFault("SMTP", "x", "…", "ligne 3", 1), "…", "…", None),
            (SettingFault("SHARE_BY", "unknown"), None, None, "DECLIC_SHARES_BY"),
        ],
    "enquiry": 12, "findings": FINDINGS, "first": 30, "heading": "Comment déclarer",
    "found": [SimpleNamespace(id=1, name="Camille", school=None)],
    "helps": ["déclarer vos copies", "signer"], "left": "rien n’a été envoyé", "seen": True, "ticket": "3",
    "high": 5000, "highest": 300, "human": True, "mark": "0a1b2c3d4e", "kind": Kind.BOOK, "last": 240, "late": True,
    "least": 2, "length": 12, "lines": LINES, "low": 1, "matter": "Mon compte est bloqué.", "more": 3,
    "most": 300, "name": "Camille Essai", "named": TITLE, "next_deadline": DAY, "nothing": False, "number": 12,
    "origin": Origin.SITE, "page": 99999, "period": Period(2026, 1), "person": "Camille Essai, enseignante",
    "reason": "AddressDead: blocked", "school": "École des Tilleuls fictifs", "sent": [DECLARED, BARE],
    "settings": SimpleNamespace(organisation="Nous", contact="ici", destination=SimpleNamespace(value="forward")),
    "sending": False, "share": Share(20, 240, 36), "since": date(2024, 10, 14), "step": 3, "steps": 12,
    "talk": "abcdefghij",
    "text": TITLE, "title": TITLE, "values": {"kind": Kind.BOOK, "title": TITLE, "medium": Medium.PAPER,
               "total": 240, "used": DAY},
    "choices": True, "command": "lesson", "done": True, "lesson": 12, "nearest": [ENTRY, ENTRY, ENTRY], "pages": 100000,
    "only": True,
    **WORKED_OUT,
    **SENT,
    **REPORTED,
    "web": LISTENS, "blanks": (), "wanted": True,
    "others": 3, "puzzles": PUZZLES, "unhelpful": ENTRY, "words": "0a1b2c3d",
    "unproven": False, "who": "Zoé", "whole": False, "work": WORK, "year": 3019, "years": [2019, 2020],
}  # fmt: skip
"""By the name that templates use; test_templates says when one is missing."""

OWN: Mapping[str, Mapping[str, Any]] = {
    "nothing/ask-sure": {"sent": 2},
    "nothing/noted": {"until": DAY},
    "small-talk/understood": {"waits": True},
    "corrections/way-out": {"brief": False, "skips": True, "back": True, "human": True},
    "declare/left": {"total": 240, "copied": Pages((Range(12, 30),))},
    "declare/left-unknown": {"named": TITLE},
    "teach/answered": {"words": TITLE, "given": ENTRY, "argument": "100000-100001"},
    "cli/linked": {"person": SimpleNamespace(name="Camille", id=1), "last": False},
    **AGREEMENT,
    **OF_SENT,
    **OF_REPORTS,
    **CALENDAR,
    **CAMPAIGNING,
    **FAQ,
    **FILES,
    **LINKING,
    **MAIL,
    **OPERATING,
    **HOLD,
    **TICKETS,
    **PRIVACY,
    **REMINDING,
    **REHEARSED,
    **HEADCOUNT,
    **ROSTER,
    **SIGNING,
}
"""Where a name means something else in one template."""

CASES: tuple[Mapping[str, Any], ...] = (
    {},
    *cases_of_sent(DECLARED),
    *cases_of_reports(),
    *cases_of_web(),
    *({"values": {"kind": kind, "title": TITLE, "medium": Medium.SCREEN}, "kind": kind} for kind in Kind),
    *({"kind": kind, "whole": True} for kind in Kind),
    *({"origin": origin} for origin in Origin),
    {"late": False, "share": Share(60, 240, 36), "count": 1, "left": None, "seen": False, "ticket": None},
    {"share": Share(20, None, None), "declared": BARE, "work": BARE.work},
    {"share": Share(2, 8, 1), "late": False, "more": 0, "draft": False},
    {"sent": [], "nothing": True, "name": None, "school": None, "human": False, "helps": []},
    {
        "done": False,
        "more": False,
        "nearest": [],
        "page": 0,
        "pages": 1,
        "puzzles": PUZZLES[:1],
        "others": 1,
        "unhelpful": None,
    },
    {"only": False, "wanted": False},
    {"pages": 2, "page": 0, "puzzles": PUZZLES[1:3], "others": 0},
    {"enquiry": None, "heading": None, "human": False, "unproven": True, "sending": True},
    {"sent": [], "demo": False, "found": [], "before": SimpleNamespace(name=None, id=2)},
)


INCLUDED = re.compile(r"{%-? include ([^%]+)%}")
QUOTED = re.compile(r'"([\w/-]+)#?"')
WORD = re.compile(r"\w+")


def templates() -> Iterator[str]:
    """The names of all templates."""
    folder = Path(TEMPLATES) / "fr"
    return (path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.txt")))


def cases_of(template: str) -> Iterator[Mapping[str, Any]]:
    """All data that the template is to be tried with; what differs only in what it never names is tried once."""
    own, words = OWN.get(template, {}), _words_of(template)
    tried: list[Mapping[str, Any]] = []
    for case in CASES:
        told = {name: value for name, value in case.items() if name in words and name not in own}
        if told not in tried:
            tried.append(told)
            yield {**EVERYTHING, **case, **own}
    more = (dict(own, **case) for case in OF_HEADCOUNT.get(template, ()))
    for case in (
        *cases_of_reminders(template, own),
        *cases_of_rehearsals(template, own),
        *cases_of_campaigns(template, own),
        *more,
    ):
        yield {**EVERYTHING, **case}


@cache
def _words_of(template: str) -> frozenset[str]:
    """Every word in a template of either language, and in those that it includes."""
    sources = [(TEMPLATES / language / f"{template}.txt").read_text() for language in LANGUAGES]
    included = [found for source in sources for found in INCLUDED.findall(source)]
    if any("~" in one for one in included):  # which one it is shows only when it is read
        return frozenset(name for case in CASES for name in case)
    names = {
        name
        for one in included
        for name in QUOTED.findall(one)
        if (TEMPLATES / "fr" / f"{name}.txt").exists()
    }
    return frozenset(WORD.findall(" ".join(sources))).union(*map(_words_of, names))
