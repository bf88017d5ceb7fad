"""What a turn needs that takes too long for its transaction: done beside it, and the turn then taken anew with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

from storage.database import Database, Transaction

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MOST = 3
"""Preparations of one turn: one that asks for more would never end."""


class Preparation(Hashable, Protocol[T_co]):
    """Something to make, named by all that it depends on: the turn that is taken anew asks for an equal one."""

    def read(self, tx: Transaction) -> Callable[[], T_co]:
        """Reads what it is made of, in a transaction that changes nothing; what is left to do needs no database."""
        ...


class Unprepared(Exception):
    """The turn asked for something that is not there yet: prepare it, and take the turn anew. It changed nothing."""

    def __init__(self, wanted: Preparation[object]) -> None:
        super().__init__(wanted)
        self.wanted = wanted


async def prepare(database: Database, wanted: Preparation[T]) -> T:
    """Does it, while other turns go on."""
    make = await database.read(wanted.read)
    return await asyncio.to_thread(make)
