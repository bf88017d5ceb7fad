"""What operators taught: each thing once, until it is withdrawn."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from storage import lessons, people
from storage.database import Transaction
from storage.lessons import NewLesson
from storage.tables import lesson
from tests.storage.box import Box


async def new_lesson(box: Box) -> NewLesson:
    """Taught by somebody who is there."""
    operator = await box.do(lambda tx: people.add(tx, box.now))
    return NewLesson("fr", "où ranger les craies?", "declare-how", None, operator)


async def test_what_is_taught_already_is_not_taught_twice(box: Box) -> None:
    one = await new_lesson(box)
    others = (
        replace(one, entry="copy-limits"),
        replace(one, entry=None, answer="Dans l’armoire."),
        replace(one, entry=None, answer="Au local 12."),
        replace(one, text="où sont les craies?"),
        replace(one, language="en"),
    )

    def teach(tx: Transaction) -> list[int]:
        return [lessons.teach(tx, new, box.now) for new in (one, *others)]

    numbers = await box.do(teach)
    assert len(set(numbers)) == 6
    assert await box.do(teach) == numbers


async def test_a_lesson_withdrawn_counts_no_more_and_can_be_taught_again(box: Box) -> None:
    one = await new_lesson(box)
    stamps = [await box.do(lessons.stamp)]
    number = await box.do(lambda tx: lessons.teach(tx, one, box.now))
    stamps.append(await box.do(lessons.stamp))
    assert await box.do(lambda tx: lessons.withdraw(tx, number, box.now))
    stamps.append(await box.do(lessons.stamp))
    assert not await box.do(lambda tx: lessons.withdraw(tx, number, box.now))
    assert await box.do(lessons.in_force) == ()
    again = await box.do(lambda tx: lessons.teach(tx, one, box.now))
    stamps.append(await box.do(lessons.stamp))
    assert [kept.id for kept in await box.do(lessons.in_force)] == [again] != [number]
    assert len(set(stamps)) == 4


async def test_a_lesson_with_a_lower_number_that_is_committed_later_changes_the_stamp(box: Box) -> None:
    one = await new_lesson(box)
    await box.do(lambda tx: lessons.teach(tx, one, box.now))
    await box.do(lambda tx: tx.execute(update(lesson).values(id=1000)))
    before = await box.do(lessons.stamp)
    late = replace(one, text="où sont les craies?")
    assert await box.do(lambda tx: lessons.teach(tx, late, box.now)) != 1000
    await box.do(lambda tx: tx.execute(update(lesson).where(lesson.c.id != 1000).values(id=2)))
    assert await box.do(lessons.stamp) != before
