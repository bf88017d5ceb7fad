"""`declic person role`: one role of somebody added or closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cli.consent import Consent
from bot.cli.person.whom import Unclear, roster_of, the_person, the_school
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.reading import fold
from bot.settings import Settings
from storage import centres, roster
from storage.centres import Centre
from storage.database import Transaction
from storage.moving import close_role
from storage.people import Person, Place
from storage.states import SCHOOL_ROLES, Role

WHERE: Mapping[str, str] = {Role.CSS_ADMIN: "centre", Role.OPERATOR: "nowhere"}
"""Where the roles are given that are not given in a school."""


async def change(
    settings: Settings, person: str, role: str, place: str, consent: Consent, *, added: bool
) -> Told:
    """Adds or closes it, and says so; asks before it adds one that may do everything."""
    wording = operators_wording()

    def look(tx: Transaction) -> tuple[Person, tuple[Place, str]]:
        return the_person(tx, wording, person), _where(tx, wording, role, place)

    def work(tx: Transaction) -> bool:
        if added:
            roster.add_role(tx, found.id, where)
            return True
        return close_role(tx, found.id, where, SystemClock().now())

    async with roster_of(settings) as database:
        try:
            found, (where, named) = await database.read(look)
        except Unclear as unclear:
            return unclear.told
        facts = {"person": found, "role": role, "place": named, "added": added}
        is_new_operator = added and where.role is Role.OPERATOR and Role.OPERATOR not in found.roles
        if is_new_operator and (refused := consent.refused(wording, "cli/operator-ask", facts)):
            return refused
        done = await database.write(work)
        return wording.told("cli/role", {**facts, "done": done}, ok=done)


def _where(tx: Transaction, wording: OperatorsWording, role: str, place: str) -> tuple[Place, str]:
    """The role at its place, and what the place is called; raises Unclear."""
    if role in SCHOOL_ROLES and place:
        school = the_school(tx, wording, place)
        return Place(Role(role), school_id=school.id), school.name
    if role == Role.CSS_ADMIN and place and (centre := _centre(tx, place)):
        return Place(Role.CSS_ADMIN, centre_id=centre.id), centre.name
    if role == Role.OPERATOR and not place.strip():
        return Place(Role.OPERATOR), ""
    wanted = WHERE.get(role, "school" if role in SCHOOL_ROLES else None)
    facts = {"role": role, "where": wanted, "roles": [*SCHOOL_ROLES, Role.CSS_ADMIN, Role.OPERATOR]}
    raise Unclear(wording.told("cli/role-where", facts, ok=False))


def _centre(tx: Transaction, words: str) -> Centre | None:
    """The one service centre of this number, this name, or whose name alone holds these words."""
    every, wanted = centres.named(tx), fold(words)
    found = [one for one in every if words == str(one.id) or fold(one.name) == wanted] or [
        one for one in every if wanted and wanted in fold(one.name)
    ]
    return found[0] if len(found) == 1 else None
