"""Who is no longer in a list of the schools that it names, and so leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.roster.checking import Checked, Present, Wish
from handlers.roster.lines import folded
from handlers.roster.moves import Mover
from handlers.roster.scope import CONTACTS_OF, Scope
from storage.staff import Member, Post, School
from storage.states import Role

SchoolKey = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Leaving:
    """The roles that end, and who leaves a school by that."""

    closed: tuple[tuple[Member, Post], ...]
    """Also of those who stay there in another role."""
    gone: tuple[Mover, ...]
    of: int
    """How many there are in those schools whom the list could leave out."""
    heads: tuple[Mover, ...] = ()
    """Those whose school has nobody in charge of it afterwards."""


def leaving_of(checked: Checked, present: Present, scope: Scope) -> Leaving:
    """Whoever stands on a refused line does not leave: the line may only hold a slip of the finger."""
    ends = _roles_that_end(checked.wishes, scope)
    ids = {wish.mail: member.id for wish in checked.wishes if (member := present.member(wish.mail))}
    stays = {(ids[wish.mail], wish.post) for wish in checked.wishes if wish.mail in ids}
    stays_in = {(who, post.school, post.centre) for who, post in stays}
    governed = _governed(present, ends)
    spared = _spared(checked, present)
    closed = tuple(
        (member, post)
        for member, post in governed
        if (member.id, post) not in stays and not spared & {member.id, folded(member.name or "")}
    )
    led = {(member.id, post.school) for member, post in closed if post.role in CONTACTS_OF}
    gone = {
        (member.id, post.school): _mover(member, post, led=(member.id, post.school) in led)
        for member, post in closed
        if (member.id, post.school, post.centre) not in stays_in
    }
    of = len({(member.id, post.school) for member, post in governed})
    return Leaving(closed, tuple(gone.values()), of, _heads(closed, checked.wishes, present))


def _heads(
    closed: Iterable[tuple[Member, Post]], wishes: Iterable[Wish], present: Present
) -> tuple[Mover, ...]:
    """The directions that end where the list names no other and none stays."""
    ending = set(closed)
    stay = {post for member in present.there for post in member.posts if (member, post) not in ending}
    held = stay | {wish.post for wish in wishes}
    return tuple(
        _mover(member, post, led=True)
        for member, post in closed
        if post.role in CONTACTS_OF and post not in held
    )


def _mover(member: Member, post: Post, *, led: bool) -> Mover:
    return Mover(member.name or "", post.school or "", what=("closed",) if led else ())


def _roles_that_end(wishes: tuple[Wish, ...], scope: Scope) -> Mapping[SchoolKey, frozenset[Role]]:
    """By school that the list has somebody in; a list of nothing but directions tells nothing of the others."""
    known: dict[SchoolKey, School] = {
        wish.site.known.key: wish.site.known for wish in wishes if wish.site and wish.site.known
    }
    are_contacts = {wish.post.role for wish in wishes if wish.site} <= CONTACTS_OF
    ends = {key: scope.closes(school) for key, school in known.items()}
    return {key: roles & CONTACTS_OF for key, roles in ends.items()} if are_contacts else ends


def _governed(present: Present, ends: Mapping[SchoolKey, frozenset[Role]]) -> tuple[tuple[Member, Post], ...]:
    """Each role of somebody there that the list could end."""
    return tuple(
        (member, post)
        for member in present.there
        for post in sorted(member.posts, key=repr)
        if post.role in ends.get((post.school or "", post.centre), ())
    )


def _spared(checked: Checked, present: Present) -> frozenset[int | str]:
    """Those whom a refused line names, by number or by folded name."""
    told = {word for noted in checked.refused for word in (noted.name, noted.mail) if word}
    ids: set[int | str] = {member.id for member in map(present.member, told) if member}
    return frozenset(ids | {*map(folded, told)})
