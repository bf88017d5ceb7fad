"""A list of who has an account with whoever collects the declarations, or has none: line by line, then as a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.mailing import is_address
from handlers.roster.checking import mail_of
from handlers.roster.lines import HEADINGS_WITHIN, Column, Row, Words, bare, spaced
from handlers.roster.lines import Line as RosterLine
from storage import accounts, staff
from storage.database import Transaction
from storage.staff import Member
from storage.states import DECLARING_ROLES

NO_ADDRESS, NO_ANSWER, STRANGER, NOT_EXPECTED, TWO_ANSWERS = (
    "no-address",
    "no-answer",
    "stranger",
    "not-expected",
    "two-answers",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an address as written, and whether it says yes, no, nothing (None) or something unclear (a text)."""

    number: int
    mail: str
    says: bool | str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A line that tells of somebody on the roster."""

    number: int
    person_id: int
    name: str | None
    has_account: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is left out, and why."""

    number: int
    mail: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would change for a school year."""

    year: int
    having: tuple[Told, ...]
    """Of whom it becomes known that they have an account."""
    lacking: tuple[Told, ...]
    unchanged: int
    refused: tuple[Refused, ...]
    strangers: tuple[Refused, ...]
    """Who is not on the roster."""

    @property
    def changes(self) -> bool:
        return bool(self.having or self.lacking)

    @property
    def known(self) -> Mapping[int, bool]:
        """By person, what would be noted."""
        return {one.person_id: one.has_account for one in (*self.having, *self.lacking)}


def lines_of(rows: Sequence[Row], words: Words, account: frozenset[str]) -> tuple[Line, ...]:
    """The lines that hold anything in their address; `account`: what the column about it may be called, folded.

    Empty where no column holds addresses.
    """
    at, mails, answers = _columns(rows, words, account)
    if mails is None:
        return ()
    below = enumerate(rows[at:], start=at + 1)
    return tuple(
        Line(number, spaced(row[mails]), _said(row, answers, words))
        for number, row in below
        if row[mails].strip()
    )


def _columns(
    rows: Sequence[Row], words: Words, account: frozenset[str]
) -> tuple[int, int | None, int | None]:
    """Where the lines begin, and which columns hold the address and the answer; a bare list has no headings."""
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        headings = [bare(cell) for cell in row]
        mails = next((n for n, one in enumerate(headings) if words.headings.get(one) is Column.MAIL), None)
        if mails is not None:
            return at + 1, mails, next((n for n, one in enumerate(headings) if one in account), None)
    counted = [sum("@" in cell for cell in column) for column in zip(*rows, strict=True)]
    return 0, counted.index(max(counted)) if any(counted) else None, None


def _said(row: Row, at: int | None, words: Words) -> bool | str | None:
    written = row[at].strip() if at is not None else ""
    return words.yes_or_no.get(bare(written), written) if written else None


def planned(tx: Transaction, lines: Sequence[Line], year: int, *, listed_have: bool) -> Plan:
    """What the lines would change; `listed_have`: whether those without an answer of their own have an account."""
    mails = {line.number: mail_of(RosterLine(line.number, mail=line.mail)) for line in lines}
    at = {one.mail: one for one in staff.at_mails(tx, set(mails.values()))}
    checked = [_checked(line, at.get(mails[line.number]), listed_have, mails) for line in lines]
    told = list(_without_quarrels([one for one in checked if isinstance(one, Told)]))
    refused = [one for one in (*checked, *told) if isinstance(one, Refused)]
    good = {one.person_id: one for one in told if isinstance(one, Told)}
    before = accounts.known(tx, good.keys(), year)
    new = [one for one in good.values() if before.get(one.person_id) is not one.has_account]
    strange = (STRANGER, NOT_EXPECTED)
    return Plan(
        year,
        tuple(one for one in new if one.has_account),
        tuple(one for one in new if not one.has_account),
        len(good) - len(new),
        tuple(sorted((one for one in refused if one.reason not in strange), key=_number)),
        tuple(one for one in refused if one.reason in strange),
    )


def _number(one: Refused) -> int:
    return one.number


def _checked(line: Line, found: Member | None, listed_have: bool, mails: Mapping[int, str]) -> Told | Refused:
    reasons = (
        (NO_ADDRESS, not is_address(mails[line.number])),
        (NO_ANSWER, isinstance(line.says, str)),
        (STRANGER, found is None or not found.posts),
        (NOT_EXPECTED, found is not None and not any(post.role in DECLARING_ROLES for post in found.posts)),
    )
    reason = next((reason for reason, holds in reasons if holds), None)
    if reason or found is None:
        return Refused(line.number, line.mail, reason or STRANGER)
    has = line.says if isinstance(line.says, bool) else listed_have
    return Told(line.number, found.id, found.name, has)


def _without_quarrels(told: Sequence[Told]) -> Iterator[Told | Refused]:
    """Of two lines about one person that say the same the first counts; where they do not, none does."""
    said: dict[int, set[bool]] = {}
    for one in told:
        said.setdefault(one.person_id, set()).add(one.has_account)
    seen: set[int] = set()
    for one in told:
        if len(said[one.person_id]) > 1:
            yield Refused(one.number, one.name or "", TWO_ANSWERS)
        elif one.person_id not in seen:
            seen.add(one.person_id)
            yield one


HEADINGS: Final = "cli/accounts/headings"
"""What the column about the account may be called."""
