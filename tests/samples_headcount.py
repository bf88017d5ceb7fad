"""Data for the templates of head counts, account lists, forwardable messages and digests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from handlers.declarations.periods import Period
from handlers.headcounts.matching import Refused, Row
from handlers.roster import account_list
from handlers.roster.account_list import Plan, Told
from storage.headcounts import Numbers, Site
from tests.samples_reports import EMPTY, FOR_ALL, HIDDEN_SCHOOL

TILLEULS = Site(1, 1, "École des Tilleuls fictifs")
RUISSEAU = Site(2, 2, "École du Ruisseau fictif")
ROWS = (
    Row(TILLEULS, Numbers(14), Numbers(12), confirmed=False, written="Tileuls"),
    Row(RUISSEAU, Numbers(11, 8, 2, 1), None, confirmed=False),
    Row(Site(3, 3, "École des Pins fictifs"), Numbers(9), Numbers(9), confirmed=True),
)
REFUSED = tuple(
    Refused(number, "Érables : beaucoup", reason)
    for number, reason in enumerate(
        (
            "unclear",
            "sum",
            "many",
            "no-number",
            "no-place",
            "no-school",
            "which",
            "replaced",
            "unknown",
        ),
        1,
    )
)
SCHOOLS = [
    {
        "number": 1,
        "name": TILLEULS.name,
        "now": Numbers(14),
        "by": "Zoé Roche",
        "at": datetime(2026, 9, 3, 15, tzinfo=UTC),
    },
    {"number": 2, "name": RUISSEAU.name, "now": Numbers(8), "by": None, "at": None},
    {"number": 3, "name": "École des Pins fictifs", "now": None, "by": None, "at": None},
]
READ = {"rows": ROWS, "refused": REFUSED[:2], "refused_more": 0}

FORWARDED = {
    "period": Period(2026, 1),
    "open_until": None,
    "mail": "declic@exemple.invalid",
    "telegram": "@declic_exemple_bot",
}
TOLD = tuple(Told(number, number, "Camille Essai", has_account=True) for number in range(2, 30))
PLAN = Plan(
    2026,
    TOLD[:2],
    (Told(5, 5, None, has_account=False),),
    4,
    tuple(
        account_list.Refused(number, "oups", reason)
        for number, reason in enumerate(("no-address", "no-answer", "two-answers"), 6)
    ),
    tuple(
        account_list.Refused(number, "inconnue@ailleurs.invalid", reason)
        for number, reason in enumerate(("stranger", "not-expected"), 10)
    ),
)
OF_LIST = {"file": "comptes.csv", "shown": 20}

HEADCOUNT: Mapping[str, Mapping[str, Any]] = {
    "headcount/ask-lines": {"schools": SCHOOLS, "more": 0, "year": 2026, "any": True},
    "headcount/ask-which": {"line": 2, "name": "Saint-J"},
    "headcount/recap": READ,
    "headcount/rows": READ,
    "headcount/refused": READ,
    "headcount/numbers": {"numbers": Numbers(11, 8, 2, 1)},
    "headcount/kept": {**READ, "left": ["École des Érables fictifs"], "more": 0},
    "headcount/not-understood": {"refused": REFUSED[:3], "more": 0},
    "morning/letter": {"report": FOR_ALL, "lowest": FOR_ALL.lowest, "period": Period(2026, 1)},
    "forwardable/text": FORWARDED,
    "forwardable/subject": {"period": Period(2026, 1)},
    "forwardable/message": {"texts": ["Bonjour", "Hello"]},
    "cli/accounts/plan": {"plan": PLAN, **OF_LIST},
    "cli/accounts/applied": {"plan": PLAN, **OF_LIST},
    "cli/accounts/ask": {"count": 3},
    "cli/accounts/nothing": OF_LIST,
    "cli/accounts/no-addresses": OF_LIST,
}


CASES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "headcount/ask-lines": ({"schools": SCHOOLS[:1], "more": 12}, {"any": False}),
    "headcount/recap": (
        {"refused": (), "rows": ROWS * 3},
        {"refused": REFUSED, "refused_more": 3, "rows": ROWS[:1]},
    ),
    "headcount/rows": ({"rows": ROWS * 3},),
    "headcount/refused": ({"refused": ()}, {"refused_more": 3}),
    "headcount/numbers": ({"numbers": Numbers(14)}, {"numbers": Numbers(14, 8)}),
    "headcount/kept": ({"left": [], "refused": ()}, {"more": 4}),
    "headcount/not-understood": ({"more": 4},),
    "forwardable/text": (
        {"open_until": date(2026, 12, 14), "telegram": None},
        {"mail": None},
        {"mail": None, "telegram": None},
    ),
    "cli/accounts/plan": (
        {"plan": Plan(2026, (), (), 3, (), ())},
        {"plan": Plan(2026, TOLD, TOLD, 3, (), ()), "shown": 2},
    ),
    "cli/accounts/ask": ({"count": 1},),
    "morning/letter": ({"report": HIDDEN_SCHOOL, "lowest": ()}, {"report": EMPTY, "lowest": ()}),
}
