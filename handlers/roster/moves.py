"""What becomes of each person of a list: new, changed or as before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.roster.checking import Present, Wish
from handlers.roster.scope import Scope
from storage.staff import Member, Post
from storage.staff_changes import Newcomer


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who comes, changes or leaves."""

    name: str
    school: str = ""
    number: int = 0
    """The first line that says so; 0: none does."""
    what: tuple[str, ...] = ()
    """In what way they change: words of `roster/changes`."""


@dataclass(frozen=True, slots=True)
class Move:
    """One person, and what the list changes about them."""

    mail: str
    number: int
    name: str
    school: str
    member: Member | None
    """As the roster knows them now."""
    corrected: Member | None
    """With another name or language."""
    opened: tuple[Post, ...]
    keeps_name: bool
    """Whether the list gives another name, which is not its sender's to change."""

    @property
    def is_new(self) -> bool:
        """Whether they come, or come back."""
        return self.member is None or not self.member.posts

    @property
    def newcomer(self) -> Newcomer | None:
        """Somebody to be put in, with the name and the language of the list."""
        if self.member or not self.corrected:
            return None
        return Newcomer(self.mail, self.corrected.name or "", self.corrected.language)

    @property
    def what(self) -> tuple[str, ...]:
        """What changes about somebody who was there before."""
        if self.member is None:
            return ()
        after = self.corrected or self.member
        changed = {
            "name": after.name != self.member.name,
            "language": after.language != self.member.language,
            "opened": bool(self.opened),
            "vouched": not self.member.linked,
        }
        return tuple(word for word, holds in changed.items() if holds)


def moves_of(wishes: Iterable[Wish], present: Present, scope: Scope) -> tuple[Move, ...]:
    """One for each person, in the order of the list."""
    by_mail: dict[str, list[Wish]] = defaultdict(list)
    for wish in wishes:
        by_mail[wish.mail].append(wish)
    return tuple(_move(mail, its, present.member(mail), scope) for mail, its in by_mail.items())


def _move(mail: str, wishes: Sequence[Wish], member: Member | None, scope: Scope) -> Move:
    before = member or Member(0, mail)
    name = next((wish.name for wish in wishes if wish.name), before.name)
    language = next((wish.language for wish in wishes if wish.language), before.language)
    if member and member.id == scope.own_id and member.language:
        language = member.language
    after = replace(before, name=name, language=language)
    is_theirs = scope.may_name(before) or before.name is None
    return Move(
        mail,
        wishes[0].number,
        name or mail,
        wishes[0].post.school or wishes[0].post.centre or "",
        member,
        corrected=after if is_theirs and after != before else None,
        opened=tuple(dict.fromkeys(wish.post for wish in wishes if wish.post not in before.posts)),
        keeps_name=not is_theirs and after != before,
    )
