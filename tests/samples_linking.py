"""Data for the templates of linking, registration and moves, which no other template shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.roster.addresses import Shown
from handlers.roster.moving import Moved
from storage.people import Person, Place
from storage.registrations import Registration
from storage.schools import NamedSchool
from storage.states import Role

SCHOOL = NamedSchool("École des Tilleuls fictifs", 1)
PERSON = Person(12, "Camille Essai", places=(Place(Role.TEACHER, 1, SCHOOL.name), Place(Role.OPERATOR)))
ASKED = Registration(
    12, "Noé Nouveau", 1, SCHOOL.name, Role.SECRETARY, "noe@tilleuls.invalid", "fr", "telegram", "301",
    None, None, None, None,
)  # fmt: skip
LINKED = datetime(2026, 11, 3, 14, 30, tzinfo=UTC)
ADDRESSES = [
    Shown("telegram", "101", None, of_roster=False, here=True),
    Shown("telegram", "102", "blocked", of_roster=False, here=False, since=LINKED, several=True),
    Shown("terminal", "camille", None, of_roster=False, here=False, since=LINKED),
    Shown("mail", "camille@tilleuls.invalid", "no-mailbox", of_roster=True, here=False),
    Shown("mail", "camille@ailleurs.invalid", "returned", of_roster=False, here=False),
]
MOVED = Moved(PERSON, "École du Ruisseau fictif", SCHOOL, passed_on=True, told=True, tickets=(3, 12))

LINKING: Mapping[str, Mapping[str, Any]] = {
    **{
        f"link/{name}": {"person": PERSON, "can_link": True, "writer": "301", "mail": "declic@exemple.invalid"}
        for name in ("known", "linked", "who", "alert-dead", "alert-tries", "telegram-off")
    },
    "link/code-sent": {"by_letter": False},
    "link/not-come": {"address": "camille@tilleuls.invalid"},
    "link/added": {"channel": "telegram", "address": "301", "mark": "0a1b2c3d"},
    **{f"not-me/{name}": {"address": ADDRESSES[1], "mark": "0a1b2c3d"} for name in ("sure", "done", "matter")},
    "link/letter": {"code": "123 456"},
    "link/wrong": {"left": 4},
    "welcome/not-linked": {"can_link": True},
    **{f"invite/{name}": {"person": PERSON} for name in ("sent", "not-sent", "somebody-else")},
    "invite/letter": {"link": f"https://t.me/declic_bot?start={'abcdefgh' * 4}", "days": 14},
    **{f"addresses/{name}": {"address": ADDRESSES[-1]} for name in ("one", "gone", "of-roster", "take-away")},
    "addresses/all": {"addresses": ADDRESSES, "gone": True},
    "addresses/ask": {"address": ADDRESSES[-1], "next": "sure-0a1b2c3d", "last": True},
    **{
        f"{name}": {"asked": ASKED, "tied": True, "invited": True, "by": "Dominique Direction", "own": False}
        for name in ("register/alert", "register/accepted", "register/refused", "admit/done", "admit/decided",
                     "admit/no-school", "turn-away/done")
    },
    "register/sent": {"to_team": False},
    "turn-away/ask-reason": {"asked": "Noé Nouveau"},
    "moving/to-copibec": {"old": "École du Ruisseau fictif", "school": SCHOOL.name},
    "moving/told": {"old": "École du Ruisseau fictif", "school": SCHOOL.name, "passed_on": True},
    "cli/moved": {"moved": MOVED, "copibec": "soutien@copibec.exemple.invalid"},
    "cli/which-school": {"school": "Tilleuls", "found": [], "near": [SCHOOL]},
    "cli/from-which": {"person": PERSON, "places": PERSON.places[:1]},
    "cli/closed": {"person": PERSON, "already": False},
    "cli/close-ask": {"person": PERSON},
    "cli/operator-ask": {"person": PERSON},
    "cli/link-ask": {"person": PERSON, "before": PERSON, "last": True},
    "cli/unlink-ask": {"person": PERSON},
    "cli/whom": {"person": "Camile", "found": [], "near": [PERSON]},
    "cli/nobody": {"who": "Camile", "demo": False, "near": [PERSON]},
    "cli/role": {"person": PERSON, "role": "teacher", "place": SCHOOL.name, "added": True, "done": True},
    "cli/role-where": {"role": "teacher", "where": "school", "roles": ["teacher"]},
    "cli/unlinked": {"person": PERSON, "last": True},
    "cli/not-theirs": {"person": PERSON},
    "cli/invite-ask": {"link": False},
    "cli/invited": {"hours": "7:00-8:00, 15:30-20:00"},
}  # fmt: skip
