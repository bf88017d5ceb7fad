"""Plans against the roster as it stands in the database, and puts them into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.roster.checking import Present, mail_of
from handlers.roster.lines import Line, Words, folded
from handlers.roster.plan import Plan, plan_for
from handlers.roster.scope import Scope
from storage import forgotten, staff, staff_changes
from storage.database import Transaction


def planned(tx: Transaction, lines: Sequence[Line], scope: Scope, words: Words) -> Plan:
    """What these lines would change now."""
    return plan_for(lines, present_for(tx, lines, scope), scope, words)


def applied(tx: Transaction, plan: Plan, now: datetime) -> None:
    """Does what the plan says, in this transaction, in which it was worked out too."""
    staff_changes.apply(tx, plan.changes, now)


def present_for(tx: Transaction, lines: Sequence[Line], scope: Scope) -> Present:
    """As much of the roster as these lines speak of."""
    schools = staff.schools(tx)
    own = scope.own_school[0] if scope.own_school else ""
    names = {folded(line.school or own) for line in lines}
    mails = {mail_of(line) for line in lines if line.mail}
    found = forgotten.forgotten_among(tx, [(staff.MAIL, mail) for mail in mails])
    return Present(
        centres=staff.centres(tx),
        schools=schools,
        at={member.mail: member for member in staff.at_mails(tx, mails)},
        there=staff.in_schools(
            tx, [school.id for school in schools if school.id and folded(school.name) in names]
        ),
        forgotten=frozenset(mail for _, mail in found),
    )
