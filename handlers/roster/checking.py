"""Each line of a list alone: whom it puts where, or every reason why it does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.mailing import is_address
from handlers.roster.faults import Noted, Reason
from handlers.roster.lines import Line, Words, bare, folded
from handlers.roster.scope import Scope
from handlers.roster.sites import LONGEST_NAME, Site, Sites, key_of, sites_of
from storage.staff import Member, Post, School
from storage.states import SCHOOL_ROLES, Role

ADDRESS_WITHIN = re.compile(r"(?:.*<)?\s*(?:mailto:)?\s*([^<>]*?)[\s;,.>]*", re.IGNORECASE)
"""Programs and people leave much around an address."""


@dataclass(frozen=True, slots=True)
class Present:
    """The roster as it stands, as far as a list speaks of it."""

    centres: tuple[str, ...] = ()
    schools: tuple[School, ...] = ()
    at: Mapping[str, Member] | None = None
    """The people at the list's addresses."""
    there: tuple[Member, ...] = ()
    """Everybody in the schools that the list names."""
    by_name: Mapping[str, Sequence[Member]] | None = None
    """The same people, by what their names are compared by."""
    forgotten: frozenset[str] = frozenset()
    """Addresses of the list that asked to be forgotten."""
    without_mail: frozenset[int] = frozenset()
    """Namesakes of the list whose e-mail address nobody knows."""

    def member(self, mail: str) -> Member | None:
        return (self.at or {}).get(mail)

    def namesakes(self, line: Line) -> Sequence[Member]:
        """Those of the list's schools whose name a line gives, where nobody is known at its address."""
        return () if self.member(line.mail) else (self.by_name or {}).get(name_key(line.name), ())


@dataclass(frozen=True, slots=True)
class Wish:
    """What a good line asks for."""

    number: int
    mail: str
    name: str
    language: str | None
    post: Post
    site: Site | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines of a list, sorted."""

    wishes: tuple[Wish, ...]
    sites: tuple[Site, ...]
    """The schools of good lines."""
    refused: tuple[Noted, ...]
    remarks: tuple[Noted, ...]


def check(lines: Sequence[Line], present: Present, scope: Scope, words: Words) -> Checked:
    """Every line is looked at for everything that may be wrong with it."""
    lines = [_completed(line, scope, words) for line in lines]
    sites = sites_of(lines, present.centres, present.schools, scope, words)
    twofold = _with_two_names(lines)
    reasons = {
        line.number: (*_reasons(line, present, scope, words, sites), *_two_names(line, twofold))
        for line in lines
    }
    good = [line for line in lines if not reasons[line.number]]
    wishes = tuple(_wish(line, present, words, sites) for line in good if line.names_somebody)
    refused = tuple(
        Noted(one.number, reasons[one.number], one.name, one.mail) for one in lines if reasons[one.number]
    )
    used = {key_of(line): sites.by_key[key_of(line)] for line in good if line.school}
    remarks = (*_repeated(wishes), *_remarked(good, used), *_namesakes(good, wishes, present, scope))
    return Checked(wishes, tuple(used.values()), refused, remarks)


def name_key(name: str) -> str:
    """What names are compared by, whichever comes first."""
    return " ".join(sorted(folded(name).split()))


def by_name(people: Iterable[Member]) -> Mapping[str, Sequence[Member]]:
    """These people by what their names are compared by."""
    found: dict[str, list[Member]] = defaultdict(list)
    for one in people:
        if one.name:
            found[name_key(one.name)].append(one)
    return found


def mail_of(line: Line) -> str:
    """The address of a line, in small letters and without what stands around it; it may be none."""
    within = ADDRESS_WITHIN.fullmatch(line.mail)
    return (within[1] if within else line.mail).lower()


def _completed(line: Line, scope: Scope, words: Words) -> Line:
    """With the sender's own school or service centre where the list has no room for them."""
    whole = replace(line, name=words.person(line.name), mail=mail_of(line))
    if not line.school and scope.own_school and words.role(line.role) in SCHOOL_ROLES:
        school, centre = scope.own_school
        return replace(whole, school=school, centre=centre or "")
    if words.role(line.role) is Role.CSS_ADMIN and not line.centre:
        return replace(whole, centre=scope.own_centre or "")
    return whole


def _reasons(line: Line, present: Present, scope: Scope, words: Words, sites: Sites) -> Iterator[Reason]:
    site = sites.by_key.get(key_of(line)) if line.school else None
    yield from sites.faults.get(line.number, ())
    yield from site.reasons if site else ()
    if line.names_somebody:
        yield from _of_person(line, present, words)
        yield from _of_role(line, present, scope, words, site)
    elif not line.school:
        yield Reason("school-missing")


def _of_person(line: Line, present: Present, words: Words) -> Iterator[Reason]:
    member = present.member(line.mail)
    if not is_address(line.mail):
        yield Reason("mail", line.mail) if line.mail else Reason("mail-missing")
    if line.mail in present.forgotten:
        yield Reason("forgotten", line.mail)
    if not line.name and not (member and member.name):
        yield Reason("name-missing")
    if len(line.name) > LONGEST_NAME:
        yield Reason("too-long", line.name[:40])
    if line.language and bare(line.language) not in words.languages:
        yield Reason("language", line.language)


def _of_role(line: Line, present: Present, scope: Scope, words: Words, site: Site | None) -> Iterator[Reason]:
    role = words.role(line.role)
    if role is None:
        yield Reason("role", line.role) if line.role else Reason("role-missing")
        return
    if role in SCHOOL_ROLES and not line.school:
        yield Reason("school-missing")
        return
    if role not in SCHOOL_ROLES and line.school:
        yield Reason("no-school-for-role", line.role)
    if role is Role.CSS_ADMIN and not line.centre:
        yield Reason("centre-missing")
    post, member = _post(line, role, present, site), present.member(line.mail)
    if any(one.id in present.without_mail and _works_at(one, post) for one in present.namesakes(line)):
        yield Reason("same-name-no-mail-for-team" if scope.everything else "same-name-no-mail")
        return
    elsewhere = site is not None and any(reason.word == "outside" for reason in site.reasons)
    if not elsewhere and not scope.may_give(post) and not (member and post in member.posts):
        is_there = any(post in one.posts for one in present.namesakes(line))
        yield Reason("role-other-address", line.mail) if is_there else Reason("role-not-yours", line.role)


def _works_at(member: Member, post: Post) -> bool:
    return any((one.school, one.centre) == (post.school, post.centre) for one in member.posts)


def _post(line: Line, role: Role, present: Present, site: Site | None) -> Post:
    if site and role in SCHOOL_ROLES:
        return Post(role, site.wanted.name, site.wanted.centre)
    if role is Role.CSS_ADMIN:
        names = {folded(centre): centre for centre in present.centres}
        return Post(role, centre=names.get(folded(line.centre), line.centre))
    return Post(role)


def _wish(line: Line, present: Present, words: Words, sites: Sites) -> Wish:
    site = sites.by_key.get(key_of(line)) if line.school else None
    role = words.role(line.role)
    assert role  # noqa: S101 - a line without one is refused
    language = words.languages.get(bare(line.language))
    return Wish(line.number, line.mail, line.name, language, _post(line, role, present, site), site)


def _with_two_names(lines: Iterable[Line]) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.mail and line.name:
            names[line.mail].add(name_key(line.name))
    return {mail: found for mail, found in names.items() if len(found) > 1}


def _two_names(line: Line, twofold: Mapping[str, set[str]]) -> Iterator[Reason]:
    if line.mail in twofold:
        yield Reason("two-names", line.mail)


def _repeated(wishes: Iterable[Wish]) -> Iterator[Noted]:
    first: dict[tuple[str, Post], int] = {}
    for wish in wishes:
        if (before := first.setdefault((wish.mail, wish.post), wish.number)) != wish.number:
            yield Noted(wish.number, (Reason("repeated", str(before)),), wish.name, wish.mail)


def _remarked(good: Iterable[Line], used: Mapping[tuple[str, str], Site]) -> Iterator[Noted]:
    """What is not done for a whole school is said once, at its first line."""
    left = {key: site.remarks for key, site in used.items() if site.remarks}
    for line in good:
        if remarks := left.pop(key_of(line), ()):
            yield Noted(line.number, remarks, line.school)


def _namesakes(
    good: Iterable[Line], wishes: Iterable[Wish], present: Present, scope: Scope
) -> Iterator[Noted]:
    """New people named like somebody of the same school: perhaps one person with two addresses, never taken for one."""
    where = {wish.number: wish.post for wish in wishes}
    word = "same-name-for-team" if scope.everything else "same-name"
    told: set[tuple[str, object]] = set()
    for line in good:
        place = where.get(line.number)
        known = place and any(_works_at(one, place) for one in present.namesakes(line))
        if known and (line.mail, place) not in told:
            told.add((line.mail, place))
            yield Noted(line.number, (Reason(word, line.mail),), line.name, line.mail)
