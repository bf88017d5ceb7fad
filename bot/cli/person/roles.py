"""`declic person role`: one role of somebody added or closed."""

from __future__ import annotations

from bot.cli.person.whom import Unclear, roster_of, the_person, the_school
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import centres, roster
from storage.database import Transaction
from storage.moving import close_role
from storage.people import Place
from storage.states import SCHOOL_ROLES, Role


async def change(settings: Settings, person: str, role: str, place: str, *, added: bool) -> Told:
    """Adds or closes it, and says so."""
    wording = operators_wording()

    def work(tx: Transaction) -> Told:
        found, (where, named) = the_person(tx, wording, person), _where(tx, wording, role, place)
        done = True
        if added:
            roster.add_role(tx, found.id, where)
        else:
            done = close_role(tx, found.id, where, SystemClock().now())
        facts = {"person": found, "role": role, "place": named or "…", "added": added, "done": done}
        return wording.told("cli/role", facts, ok=done)

    async with roster_of(settings) as database:
        try:
            return await database.write(work)
        except Unclear as unclear:
            return unclear.told


def _where(tx: Transaction, wording: OperatorsWording, role: str, place: str) -> tuple[Place, str]:
    """The role at its place, and what the place is called; raises Unclear."""
    if role in SCHOOL_ROLES and place:
        school = the_school(tx, wording, place)
        return Place(Role(role), school_id=school.id), school.name
    centre = next((one for one in centres.named(tx) if place in (str(one.id), one.name)), None)
    if role == Role.CSS_ADMIN and centre:
        return Place(Role.CSS_ADMIN, centre_id=centre.id), centre.name
    if role == Role.OPERATOR:
        return Place(Role.OPERATOR), ""
    wanted = "school" if role in SCHOOL_ROLES else "centre" if role == Role.CSS_ADMIN else None
    facts = {"role": role, "where": wanted, "roles": [*SCHOOL_ROLES, Role.CSS_ADMIN, Role.OPERATOR]}
    raise Unclear(wording.told("cli/role-where", facts, ok=False))
