"""Data for the templates of the roster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from handlers.roster.faults import Noted, Reason
from handlers.roster.lines import Line
from handlers.roster.moves import Mover
from handlers.roster.telling import Part
from storage.staff import Counted, School, Stay
from storage.states import Role, Sector

NAMES = ("École des Tilleuls fictifs", "École du Ruisseau fictif", "Collège des Érables fictifs")
WHO = ("Camille Essai", "Dominique Direction", "Marie-Ève Sansfaçon-Exemple")
MOVERS = [
    Mover(name, school, number, ("name", "opened"))
    for number, (name, school) in enumerate(zip(WHO, NAMES, strict=True), start=1204)
]
FAULTS = [
    Noted(1312, (Reason("mail", "noe.lac@tilleuls,invalid"), Reason("role", "concierge")), "Noé Lac"),
    Noted(1313, (Reason("school-missing"),)),
    Noted(1314, (Reason("same-name", "c.essai@tilleuls.invalid"),), WHO[0]),
]
LINE = Line(1312, school=NAMES[0], name="Noé Lac", mail="noe.lac@tilleuls,invalid", role="concierge")
FULL = School(NAMES[0], Sector.PUBLIC, "Centre de services fictif", True, 40, "514 555-0101", 1)
BARE = School(NAMES[2], Sector.PRIVATE, participating=False)
STAFF = [
    Stay(1, WHO[0], Role.TEACHER, None),
    Stay(2, None, Role.SECRETARY, datetime(2026, 8, 31, 15, 0, tzinfo=UTC)),
]
ROLES = ["teacher", "specialist", "professional", "secretary"]
EXPECTED: Mapping[str, Any] = {"most": 500, "roles": ROLES, "own_school": NAMES[0]}
STRANGE = ["Couriel", "Fonctions"]
PARTS: Mapping[str, Any] = {
    "centres": Part(1, ("Centre de services fictif",)), "schools": Part(12, NAMES), "altered": Part(1, NAMES[:1]),
    "new": Part(140, MOVERS), "changed": Part(3, MOVERS),
    "leaving": Part(12, MOVERS), "refused": Part(43, FAULTS), "remarks": Part(2, FAULTS), "unchanged": 4810,
    "heads": Part(1, MOVERS[:1]), "attached": True, "many": True, "of": 40, "again": True, "known_roles": ROLES,
}  # fmt: skip
PLANS = ("plan", "nothing-new", "parts", "heads", "refused-lines", "many-leave", "applied")

ROSTER: Mapping[str, Mapping[str, Any]] = {
    **{f"roster/{name}": PARTS for name in PLANS},
    **{f"cli/roster/{name}": PARTS for name in ("plan", "many", "applied")},
    "roster/line": {"one": FAULTS[0]},
    "roster/waits": {"number": 1204, "mark": "0123456789ab"},
    "roster/line-told": {"number": 1312, "line": LINE, "refused": FAULTS[0], "first": 2, "last": 1400},
    "roster/refused": {"refused": FAULTS, "remarks": FAULTS, "known_roles": ROLES},
    "roster/how": EXPECTED,
    "roster/example": EXPECTED,
    "roster/no-headings": {"empty": False, **EXPECTED},
    "contacts/not-understood": {"refused": FAULTS, "more": 3},
    "roster/too-long": {"lines": 5000, "most": 500},
    "roster/headings-missing": {"missing": ["mail", "role", "school"], "strange": STRANGE},
    "cli/roster/plan": {**PARTS, "file": "personnel.csv"},
    "cli/roster/nothing": {"file": "personnel.csv"},
    "cli/roster/unreadable": {"file": "personnel.csv", "reason": "headings"},
    "cli/roster/headings-missing": {"file": "personnel.csv", "missing": ["mail"], "strange": STRANGE},
    "cli/roster/not-applied": {"terminal": False},
    "cli/roster/ask": {"leaving_asked": True, "count": 2},
    "cli/roster/schools": {"schools": [Counted(FULL, 38), Counted(BARE, 0)]},
    "cli/roster/school": {"school": FULL, "staff": STAFF},
    "cli/roster/which-school": {"name": "tilleuls", "found": [SimpleNamespace(name=NAMES[0], centre=None)]},
}
"""By template."""
