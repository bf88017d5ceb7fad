"""Plans against the roster as it stands in the database, and puts them into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.roster.checking import Present, by_name, mail_of, name_key
from handlers.roster.lines import Line, Words, folded
from handlers.roster.plan import Plan, plan_for
from handlers.roster.scope import Scope
from handlers.support import IN_CHARGE
from storage import forgotten, staff, staff_changes
from storage.database import Transaction
from storage.staff import Member


def planned(tx: Transaction, lines: Sequence[Line], scope: Scope, words: Words) -> Plan:
    """What these lines would change now."""
    return plan_for(lines, present_for(tx, lines, scope, words), scope, words)


def applied(tx: Transaction, plan: Plan, now: datetime) -> None:
    """Does what the plan says, in this transaction, in which it was worked out too."""
    staff_changes.apply(tx, plan.changes, now)


def present_for(tx: Transaction, lines: Sequence[Line], scope: Scope, words: Words) -> Present:
    """As much of the roster as these lines speak of."""
    schools = staff.schools(tx)
    own = scope.own_school[0] if scope.own_school else ""
    names = {folded(line.school or own) for line in lines}
    mails = {mail_of(line) for line in lines if line.mail}
    there = staff.in_schools(
        tx, [school.id for school in schools if school.id and folded(school.name) in names]
    )
    named = by_name(there)
    namesakes = {one.id for line in lines for one in named.get(name_key(words.person(line.name)), ())}
    found = forgotten.forgotten_among(tx, [(staff.MAIL, mail) for mail in mails])
    return Present(
        centres=staff.centres(tx),
        schools=schools,
        at={**_of_sender(lines, scope, words), **{one.mail: one for one in staff.at_mails(tx, mails)}},
        there=there,
        by_name=named,
        forgotten=frozenset(mail for _, mail in found),
        without_mail=staff.without_mail(tx, namesakes),
    )


def _of_sender(lines: Sequence[Line], scope: Scope, words: Words) -> Mapping[str, Member]:
    """The sender at the address of their own line, where the roster has none of theirs."""
    me = scope.sender
    if me is None or not me.name:
        return {}
    roles, name = {post.role for post in me.posts} & IN_CHARGE, name_key(me.name)
    own = (line for line in lines if words.role(line.role) in roles)
    return {mail_of(line): me for line in own if name_key(words.person(line.name)) == name}
