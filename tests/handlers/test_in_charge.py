"""In charge: nobody acts on their own request, and held words go to nobody but whom they were for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.handlers.test_discussing import MATTER, ask, stage
from tests.stage import Stage

__all__ = ["stage"]

GONE = "Je ne retrouve plus cela"


@pytest.mark.parametrize("press", ["!take:1", "!see:1", "!discuss:1", "!pass:1", "!pass:1-school"])
@pytest.mark.parametrize("who", ["direction", "operator"])
async def test_nobody_is_in_charge_of_their_own_request(stage: Stage, who: str, press: str) -> None:
    own = await ask(stage, who, "Ma directrice est-elle au courant?")
    await stage.person("sophie").presses_old("!pass:1-school")
    assert "🔔" not in own.reads()
    assert GONE in await own.presses_old(press)
    await stage.do_chores()
    stage.tick(timedelta(days=4))
    await stage.do_chores()
    assert "Sans réponse" not in own.reads()


async def test_words_that_were_held_go_only_to_whom_they_were_for(stage: Stage) -> None:
    lou = await ask(stage, "lou", "Mon école a changé de nom cette année.")
    await ask(stage)
    operator, sophie = stage.person("operator"), stage.person("sophie")
    await operator.presses_old("!take:2")
    lou.reads()
    await sophie.replies("Pour Camille seulement.")
    held = next(one.press for one in sophie.page.buttons if "send-anyway" in one.press)
    assert GONE in await sophie.presses_old(held.replace(":2-", ":1-"))
    assert lou.reads() == ""
    assert "C’est parti" in await sophie.presses_old(held)


async def test_last_words_wait_where_somebody_else_sees_to_it(stage: Stage) -> None:
    camille, operator = await ask(stage), stage.person("operator")
    await stage.person("sophie").presses_old("!take:1")
    camille.reads()
    await operator.presses_old("!close:1")
    assert "Vos mots ne sont pas partis" in await operator.says("Tout est en ordre maintenant.")
    assert camille.reads() == ""
    await operator.presses_old("!close:1")
    assert "n’est pas fermée" in await operator.says("sans rien dire")
    await operator.presses("La fermer quand même")
    assert "est fermée" in await operator.says("sans raison")


async def test_last_words_reach_everybody_who_asked(stage: Stage) -> None:
    question = "Comment photocopier un globe terrestre sur la lune?"
    askers = [stage.person(one) for one in ("camille", "lou")]
    for one in askers:
        await one.says(question)
        await one.presses("Transmettre ma question à l’équipe")
    operator = stage.person("operator")
    await operator.presses_old("!close:1")
    assert "est fermée" in await operator.says("En trois dimensions, sans doute.")
    assert ["trois dimensions" in one.reads() for one in askers] == [True, True]


@pytest.mark.parametrize("text", ["du nouveau?", "des nouvelles?", "any news?"])
async def test_who_has_no_request_has_no_news(stage: Stage, text: str) -> None:
    assert "Demande n°" not in await stage.person("camille").says(text)
    await ask(stage)
    assert "en attente d’une réponse" in await stage.person("camille").says(text)


@pytest.mark.parametrize("text", ["demandes", "billets", "tickets", "requests", "demandes à traiter"])
async def test_those_in_charge_find_their_desk(stage: Stage, text: str) -> None:
    operator, direction = stage.person("operator"), stage.person("direction")
    assert "Aucune demande" in await operator.says(text)
    await ask(stage)
    assert "Demandes à traiter" in await operator.says(text)
    assert "Aucune demande n’attend" in await direction.says(text)
    await operator.presses_old("!pass:1-school")
    assert MATTER in await direction.says(text)


async def test_teachers_find_their_own_requests_by_those_words(stage: Stage) -> None:
    await ask(stage)
    assert "en attente d’une réponse" in await stage.person("camille").says("demandes")
    assert "aucune demande" in await stage.person("lou").says("demandes")
