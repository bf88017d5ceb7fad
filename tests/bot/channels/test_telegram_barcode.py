"""The picture of a bar code, from a telephone to the next question, with the real assistant and the real post."""

from __future__ import annotations

import pytest

from tests.bot.channels.test_telegram_whole import Service, service, teacher
from tests.bringing import file_named
from tests.fakes.telegram import Person

__all__ = ["service", "teacher"]

PICTURE = file_named("code-barres.jpg").content
READ = "📷 J’ai lu\u00a0: ISBN 978-2-07-061275-8"


async def asked_for_the_number(service: Service, teacher: Person) -> None:
    await teacher.says("/declarer")
    await service.is_told(teacher)
    await teacher.presses("Un livre")
    assert "Quel est l’ISBN?" in (await service.is_told(teacher)).text


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_picture_answers_the_question_of_the_number(
    service: Service, teacher: Person, kind: str
) -> None:
    await asked_for_the_number(service, teacher)
    await teacher.sends(kind, PICTURE, name="IMG_0001.jpg")
    told = (await service.is_told(teacher)).text
    assert told.startswith(READ)
    assert "Quel est le titre?" in told


async def test_a_picture_that_could_not_be_fetched_is_asked_for_once_more(
    service: Service, teacher: Person
) -> None:
    await asked_for_the_number(service, teacher)
    service.telegram.fail(3, method="getFile")
    await teacher.sends("photo", PICTURE)
    told = (await service.is_told(teacher)).text
    assert told.startswith("Je n’ai pas pu recevoir")
    assert "Quel est l’ISBN?" in told
    await teacher.sends("photo", PICTURE)
    assert (await service.is_told(teacher)).text.startswith(READ)


async def test_the_answer_to_a_picture_can_be_pressed(service: Service, teacher: Person) -> None:
    await teacher.sends("photo", PICTURE)
    assert ["Déclarer une copie de ce livre"] in (await service.is_told(teacher)).buttons
    await teacher.presses("Déclarer une copie de ce livre")
    assert "Qu’avez-vous copié?" in (await service.is_told(teacher)).text


@pytest.mark.parametrize(("kind", "says"), [("document", "Je lis le texte"), ("sticker", "Je lis le texte")])
async def test_what_cannot_be_read_says_what_can(
    service: Service, teacher: Person, kind: str, says: str
) -> None:
    await teacher.sends(kind)
    assert (await service.is_told(teacher)).text.startswith(says)
