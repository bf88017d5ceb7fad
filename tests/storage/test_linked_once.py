"""Codes and invitations when two come at once: what is counted is not passed, and what is spent is spent once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial

from storage import codes, invitations, people
from storage.codes import PER_WHILE, TRIES
from storage.database import Database, Transaction
from storage.people import Address

NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
MAIL = "camille@tilleuls.invalid"
AT_ONCE = 8


def _asks(tx: Transaction, writer: str) -> bool:
    """Somebody at this address asks for a code to be mailed, as far as that is allowed."""
    at = Address("telegram", writer)
    codes.hold(tx, MAIL)
    allowed = codes.may_ask(tx, at, MAIL, NOW)
    if allowed:
        codes.make(tx, at, MAIL, None, NOW)
    return allowed


def _tries(tx: Transaction, writer: str) -> bool:
    """Somebody at this address gives a wrong code, as far as they may still try."""
    at = Address("telegram", writer)
    code = codes.last(tx, at, NOW)
    codes.hold(tx, MAIL)
    if code is None or not codes.tries_left(tx, at, MAIL, NOW):
        return False
    codes.fits(tx, code, "000000", NOW)
    return True


async def test_of_many_who_ask_at_once_no_more_get_a_code_than_one_after_the_other(
    database: Database,
) -> None:
    asked = (database.write(partial(_asks, writer=str(n))) for n in range(AT_ONCE))
    assert sum(await asyncio.gather(*asked)) == PER_WHILE


async def test_of_many_who_guess_at_once_no_more_have_a_try(database: Database) -> None:
    def make(tx: Transaction) -> None:
        for writer in range(AT_ONCE):
            codes.make(tx, Address("telegram", str(writer)), MAIL, None, NOW)

    await database.write(make)
    tried = (database.write(partial(_tries, writer=str(n))) for n in range(AT_ONCE))
    assert sum(await asyncio.gather(*tried)) == TRIES


async def test_of_two_with_one_invitation_one_has_spent_it(database: Database) -> None:
    def make(tx: Transaction) -> int:
        return invitations.make(tx, people.add(tx, NOW, "Camille Essai"), NOW)[0]

    number = await database.write(make)
    spent = (database.write(lambda tx: invitations.spend(tx, number, NOW)) for _ in range(2))
    assert sorted(await asyncio.gather(*spent)) == [False, True]
