"""Messages that arrive at once: each turn sees the whole of the one before, in one process and in several."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.channels.doors import Fate
from bot.messages import Heard
from tests.reader import asked, standing
from tests.stage import Player, Stage, as_read

Meanwhile = Callable[[Stage, str], AbstractAsyncContextManager[Player]]
"""Where else the same person is heard, on a channel."""


@asynccontextmanager
async def same_process(stage: Stage, channel: str) -> AsyncIterator[Player]:
    yield stage.person("camille", channel)


@asynccontextmanager
async def another_process(stage: Stage, channel: str) -> AsyncIterator[Player]:
    async with Stage(stage.url, beside=stage) as beside:
        yield beside.person("camille", channel)


BESIDE = pytest.mark.parametrize("beside", [same_process, another_process])
CHANNEL = pytest.mark.parametrize("channel", ["telegram", "terminal"])


async def at_the_author(camille: Player) -> None:
    for text in ("déclarer", "livre", "passer"):
        await camille.says(text)
    assert asked(await camille.says("Le renard bleu")) == "author"


async def answer_to(camille: Player, field: str) -> str:
    return standing(await camille.says(f"modifier {field}"))


async def together(*said: tuple[Player, Heard]) -> list[Fate]:
    """What becomes of messages that are taken in at once; then their answers leave."""
    outcomes = await asyncio.gather(*(player.stage.assistant.hear(heard) for player, heard in said))
    for player, _ in said:
        player.stage.tick()
        await player.stage.post.drain()
    return [outcome.fate for outcome in outcomes]


@BESIDE
@CHANNEL
async def test_two_answers_at_once_answer_two_questions(
    beside: Meanwhile, channel: str, database_url: str
) -> None:
    async with Stage(database_url) as stage, beside(stage, channel) as other:
        camille = stage.person("camille")
        await at_the_author(camille)
        one, two = camille.heard("Odile Fictive"), other.heard("Éditions du Pupitre")
        assert await together((camille, one), (other, two)) == [Fate.HEARD, Fate.HEARD]
        pages = [as_read([letter]) for player in (camille, other) for letter in player.mailbox.unread()]
        assert sorted(map(asked, pages)) == ["publisher", "year"]
        answers = {await answer_to(camille, "auteur"), await answer_to(camille, "éditeur")}
        assert answers == {one.text, two.text}


@BESIDE
async def test_the_same_message_at_once_is_heard_once(beside: Meanwhile, database_url: str) -> None:
    async with Stage(database_url) as stage, beside(stage, "telegram") as other:
        camille = stage.person("camille")
        await at_the_author(camille)
        heard = camille.heard("Odile Fictive")
        fates = await together((camille, heard), (other, heard), (camille, heard), (other, heard))
        assert sorted(fates) == [Fate.HEARD, Fate.REPEATED, Fate.REPEATED, Fate.REPEATED]
        assert [asked(as_read([letter])) for letter in camille.mailbox.unread()] == ["publisher"]


@BESIDE
async def test_an_impatient_send_sends_once(beside: Meanwhile, database_url: str) -> None:
    async with Stage(database_url) as stage, beside(stage, "terminal") as other:
        camille = stage.person("camille")
        song = ("déclarer", "paroles", "Chanson du ruisseau", *["passer"] * 3)
        for text in (*song, "tout", "écran", "25", "hier"):
            await camille.says(text)
        assert asked(await camille.says("passer")) == "recap"
        sends = [(player, player.heard("envoyer")) for player in (camille, other, camille, other)]
        assert set(await together(*sends)) == {Fate.HEARD}
        pages = as_read([*camille.mailbox.unread(), *other.mailbox.letters])
        assert pages.count("Déclaration envoyée, n°") == 1
        assert (await camille.says("mes déclarations")).count("envoyée") == 1


@BESIDE
async def test_somebody_new_who_writes_twice_at_once_is_one_person(
    beside: Meanwhile, database_url: str
) -> None:
    async with Stage(database_url) as stage, beside(stage, "telegram") as other:
        here, there = stage.person("stranger"), other.stage.person("stranger")
        said = [(here, here.heard("bonjour")), (there, there.heard("english"))]
        assert await together(*said) == [Fate.HEARD, Fate.HEARD]
        assert "I don't know" in (await here.says("blabla")).replace("’", "'")


async def test_many_people_at_once_each_get_their_own_answers(database_url: str) -> None:
    async with Stage(database_url) as stage:
        people = [stage.person(name) for name in ("camille", "lou", "direction")]
        for text in ("déclarer", "livre", "passer"):
            await together(*((player, player.heard(text)) for player in people))
        titles = {player.name: f"Le livre de {player.name}" for player in people}
        await together(*((player, player.heard(titles[player.name])) for player in people))
        assert {player.name: await answer_to(player, "titre") for player in people} == titles
