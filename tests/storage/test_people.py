from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from storage import people
from storage.database import Transaction
from storage.tables import person
from tests.storage.box import Box


async def test_who_is_met_by_two_processes_at_once_is_one_person(box: Box) -> None:
    """Both have looked, and found nobody; the second comes to write what the first has written."""
    first = await box.do(lambda tx: people.meet(tx, "chat", "ana", box.now))
    second = await box.do(lambda tx: people.meet(tx, "chat", "ana", box.now))
    assert (first.is_new, second) == (True, replace(first, is_new=False))
    assert await box.do(lambda tx: tx.execute(select(func.count()).select_from(person)).scalar()) == 1


async def test_a_turn_goes_on_after_it_has_met_somebody_met_already(box: Box) -> None:
    await box.do(lambda tx: people.meet(tx, "chat", "ana", box.now))

    def turn(tx: Transaction) -> None:
        for value, language in (("ana", "en"), ("bo", "fr")):
            people.set_language(tx, people.meet(tx, "chat", value, box.now).id, language)

    await box.do(turn)
    assert await box.do(
        lambda tx: tx.execute(select(person.c.language).order_by(person.c.id)).scalars().all()
    ) == ["en", "fr"]
