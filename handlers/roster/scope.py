"""How far somebody's hand reaches in the roster: everything, a service centre, or a school."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from handlers.support import IN_CHARGE
from storage import addresses, staff
from storage.database import Transaction
from storage.people import Person
from storage.staff import Member, Post, School
from storage.states import SCHOOL_ROLES, Role

OF_STAFF: Final = tuple(role for role in SCHOOL_ROLES if role not in IN_CHARGE)
CONTACTS_OF: Final = frozenset({Role.SCHOOL_ADMIN})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sender may change."""

    everything: bool = False
    centres: frozenset[str] = frozenset()
    """Service centres with all their schools."""
    schools: frozenset[tuple[str, str | None]] = frozenset()
    """Schools alone, by key."""
    own_id: int | None = None
    """Who sends; what language they are written to in is not a list's to change."""
    sender: Member | None = None
    """Whose hand it is, where the roster has no e-mail address of theirs: a line of their own is told by name."""

    def rules(self, centre: str | None) -> bool:
        """Whether all of a service centre, and so each of its schools, is theirs."""
        return self.everything or centre in self.centres

    def holds(self, school: School) -> bool:
        """Whether they may say who works there."""
        return self.rules(school.centre) or school.key in self.schools

    def may_give(self, post: Post) -> bool:
        """Whether they may give this role to somebody who does not have it, in a place of theirs."""
        if post.role is Role.OPERATOR:
            return self.everything
        return self.rules(post.centre) or post.role not in IN_CHARGE

    def may_name(self, member: Member) -> bool:
        """Whether somebody's name and language are theirs to correct: not those of people elsewhere too."""
        return self.everything or all(
            post.role is not Role.OPERATOR
            and (self.rules(post.centre) or (post.school, post.centre) in self.schools)
            for post in member.posts
        )

    def closes(self, school: School) -> frozenset[Role]:
        """The roles that end there when a list leaves their holders out."""
        ruled = self.rules(school.centre)
        return frozenset(role for role in SCHOOL_ROLES if ruled or role not in IN_CHARGE)

    @property
    def gives(self) -> tuple[Role, ...]:
        """The roles that they may give."""
        return (*SCHOOL_ROLES, Role.CSS_ADMIN) if self.everything or self.centres else OF_STAFF

    @property
    def own_centre(self) -> str | None:
        """The one service centre that goes without saying."""
        return next(iter(self.centres)) if len(self.centres) == 1 and not self.everything else None

    @property
    def own_school(self) -> tuple[str, str | None] | None:
        """The one school that goes without saying."""
        alone = len(self.schools) == 1 and not (self.everything or self.centres)
        return next(iter(self.schools)) if alone else None


EVERYTHING: Final = Scope(everything=True)


def scope_of(tx: Transaction, person: Person) -> Scope:
    """What this person's roles let them change."""
    if Role.OPERATOR in person.roles:
        return replace(EVERYTHING, own_id=person.id)
    posts = staff.posts_of(tx, person.id)
    has_mail = any(one.channel == staff.MAIL for one in addresses.of_person(tx, person.id))
    return Scope(
        centres=frozenset(post.centre for post in posts if post.role is Role.CSS_ADMIN and post.centre),
        schools=frozenset(
            (post.school, post.centre) for post in posts if post.role is Role.SCHOOL_ADMIN and post.school
        ),
        own_id=person.id,
        sender=None if has_mail else Member(person.id, "", person.name, person.language, posts=posts),
    )
