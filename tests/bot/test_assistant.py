"""What breaks while a message is heard stops neither its sender nor anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.assistant import Assistant
from bot.channels.doors import Fate
from bot.knowledge import Knowledge
from bot.render import Wording
from bot.turn import Said, Turn, say
from faq.edition import Edition
from faq.lesson import Lesson
from faq.library import Library
from faq.matcher import Match, Matcher
from storage.tables import inbox
from storage.talks import TalkMoved
from tests.poisoning import WORD, house_with
from tests.stage import Player, Stage, furnished, library

SORRY = "Désolé, je n’ai pas réussi à traiter votre message."


def misses_its_template(_turn: Turn, _argument: str) -> Said:
    return say("welcome/no-such-template")


def finds_its_talk_moved(_turn: Turn, _argument: str) -> Said:
    raise TalkMoved


@pytest.mark.parametrize("answer", [misses_its_template, finds_its_talk_moved])
async def test_what_is_our_fault_is_tried_three_times_and_parked(
    answer: Callable[[Turn, str], Said], database_url: str
) -> None:
    async with Stage(database_url, house=house_with(answer)) as stage, asyncio.timeout(60):
        camille, operator = stage.person("camille"), stage.person("operator")
        with capture_logs() as events:
            assert SORRY in await camille.says(WORD)
        assert [one["event"] for one in events].count("turn-failed") == 3
        assert "après trois essais" in operator.reads()
        assert "Qu’avez-vous copié?" in await camille.says("déclarer")


async def test_a_message_is_parked_even_when_nobody_can_be_told(database_url: str, tmp_path: Path) -> None:
    wordless = replace(furnished(), wording=Wording({}, furnished().settings.zone, tmp_path))
    async with Stage(database_url, house=wordless) as stage, asyncio.timeout(60):
        with capture_logs() as events:
            assert await stage.person("camille").says("merci") == ""
        assert events[-1]["event"] == "message-parked-untold"
        assert stage.outcome
        assert stage.outcome.fate is Fate.PARKED
        assert await stage.redeliver_last() == ""
    async with Stage(database_url) as mended:
        camille = mended.person("camille")
        assert (await mended.assistant.hear(replace(camille.heard("merci"), key="next"))).fate is Fate.HEARD


class MatcherOutOfOrder(Matcher):
    def __init__(self) -> None:
        pass

    def match(self, question: str, language: str | None = None) -> Match:
        raise RuntimeError(question)


class LibraryOutOfOrder(Library):
    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        return replace(library().edition(lessons), matcher=MatcherOutOfOrder())


async def test_what_cannot_be_matched_is_still_answered(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        knowledge = Knowledge(LibraryOutOfOrder(), stage.database, stage.clock)
        stage.assistant = Assistant(stage.database, stage.house, stage.clock, knowledge, stage.post)
        camille = stage.person("camille")
        with capture_logs() as events:
            assert "Qu’avez-vous copié?" in await camille.says("déclarer")
            assert "ISBN" in await camille.says("livre")
        assert {one["event"] for one in events} == {"match-failed"}
        await camille.says("annuler")
        page = await camille.says("c'est quoi la date limite?")
        assert page
        assert SORRY not in page


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("Le renard\0bleu", "Le renard bleu", id="NUL"),
        pytest.param("Le renard \ud83e bleu", "Le renard � bleu", id="half a character"),
        pytest.param("\udc00Le renard bleu", "�Le renard bleu", id="the other half"),
        pytest.param("Le renard \ud83e\udd8a bleu", "Le renard 🦊 bleu", id="both halves, apart"),
        pytest.param("Le renard 🦊 bleu", "Le renard 🦊 bleu", id="a whole one"),
    ],
)
async def test_what_no_database_takes_is_left_out_of_a_text(
    written: str, kept: str, database_url: str
) -> None:
    async with Stage(database_url) as stage:
        camille = stage.person("camille")
        for text in ("déclarer", "livre", "passer"):
            await camille.says(text)
        assert "Qui est l’auteur" in await camille.says(written)
        assert f"Réponse actuelle\N{NO-BREAK SPACE}: {kept}. " in await camille.says("modifier titre")


async def tries(stage: Stage) -> list[int]:
    return await stage.database.read(lambda tx: list(tx.execute(select(inbox.c.attempts)).scalars()))


async def test_somebody_new_whom_two_processes_meet_at_once_costs_neither_a_try(postgres_url: str) -> None:
    async with Stage(postgres_url) as stage, Stage(postgres_url, beside=stage) as beside:
        here, there = stage.person("stranger"), beside.person("stranger")
        for process, known in ((stage, "camille"), (beside, "lou")):
            await process.person(known).says("bonjour")  # both are connected before they begin
        with capture_logs() as events:
            await asyncio.gather(*(hears(player, str(chat)) for chat in range(5) for player in (here, there)))
        assert events == []
        assert set(await tries(stage)) == {1}


async def hears(player: Player, sender: str) -> None:
    heard = replace(player.heard("bonjour"), sender=sender)
    assert (await player.stage.assistant.hear(heard)).fate is Fate.HEARD
