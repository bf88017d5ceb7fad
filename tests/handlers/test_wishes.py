"""What people want done, in any words: for whom each wish makes sense, when, and what it leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from faq.edition import Reading
from faq.entry import Language
from faq.matcher import Candidate, Match, Outcome
from faq.subject import Kind, load_topics
from handlers.wishes.table import INSTEAD, WISHES
from tests.editions import follow
from tests.faq.answers import entries
from tests.stage import Stage

UNKNOWN = Match("unknown", ())
"""What is known of it where no wish is meant."""


def wished(*wishes: str, outcome: Outcome = "wish", besides: Match = UNKNOWN) -> Reading:
    """A message that wants the first of these, or else the next."""
    named = tuple(Candidate(wish, 0.9 - 0.2 * place) for place, wish in enumerate(wishes))
    return Reading(Match(outcome, named, named, besides), language=Language.FR)


ASKED = Match("answer", (Candidate("password-forgotten", 0.9),))
SCRIPT = {
    **{f"je veux {wish}": wished(wish) for wish in WISHES},
    "ceci ou cela": wished("stop", "reminders", outcome="ask_back"),
    "pause ou annule": wished("campaign-pause", "campaign-cancel", outcome="ask_back"),
    "qui manque ou quoi": wished("missing", "stop", outcome="ask_back"),
    "les absents sinon stop": wished("missing", "stop"),
    "campagne ou mot de passe": wished("campaign-pause", besides=ASKED),
}


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


def test_every_wish_that_the_matcher_knows_leads_somewhere() -> None:
    assert set(WISHES) == {topic.id for topic in load_topics() if topic.kind is Kind.WISH}
    assert set(INSTEAD) <= set(WISHES)
    assert set(INSTEAD.values()) <= set(entries())


@pytest.mark.parametrize(
    ("who", "wish", "page"),
    [
        ("camille", "stop", "C’est fait\u00a0: vous ne recevrez plus de rappels."),
        ("camille", "remind-again", "C’est fait\u00a0: vous recevrez de nouveau les rappels."),
        ("camille", "later", "Très bien!"),
        ("camille", "nothing", "Aucune utilisation du 1er juillet 2026"),
        ("camille", "reminders", "Mes rappels"),
        ("camille", "away", "Merci de me l’avoir dit."),
        ("camille", "done", "Je ne sais pas répondre à cela."),
        ("camille", "why", "Je ne sais pas répondre à cela."),
        ("camille", "missing", "Vouliez-vous dire…"),
        ("camille", "nudge", "Vouliez-vous dire…"),
        ("camille", "staff-room", "Je ne sais pas répondre à cela."),
        ("camille", "campaign-pause", "Je ne sais pas répondre à cela."),
        ("direction", "missing", "Rien encore, École des Tilleuls fictifs"),
        ("direction", "nudge", "📣 Aperçu\u00a0: rien n’est encore parti"),
        ("direction", "report", "📊 Participation, École des Tilleuls fictifs"),
        ("direction", "report-files", "📎 Participation, École des Tilleuls fictifs"),
        ("direction", "campaigns", "Campagnes de rappels"),
        ("direction", "campaign-cancel", "Je ne sais pas répondre à cela."),
        ("stranger", "stop", "Je n’envoie pas de rappels à cette adresse"),
        ("stranger", "away", "Je ne sais pas répondre à cela."),
        ("stranger", "nothing", "Je ne sais pas répondre à cela."),
    ],
)
async def test_a_wish_is_done_for_whom_it_makes_sense(stage: Stage, who: str, wish: str, page: str) -> None:
    assert (await stage.person(who).says(f"je veux {wish}")).startswith(page)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("les absents sinon stop", "C’est fait\u00a0: vous ne recevrez plus de rappels."),
        ("campagne ou mot de passe", "Voici comment choisir un nouveau mot de passe"),
    ],
)
async def test_a_wish_that_cannot_be_meant_gives_way_to_the_next(stage: Stage, text: str, page: str) -> None:
    assert page in await stage.person("camille").says(text)


async def test_of_two_that_are_near_each_other_either_is_offered(stage: Stage) -> None:
    camille = stage.person("camille")
    asked = await camille.says("ceci ou cela")
    assert asked.startswith("Vouliez-vous dire…")
    assert "[1. Ne plus recevoir de rappels]" in asked
    assert "[2. Mes rappels]" in asked
    assert (await camille.says("1")).startswith("C’est fait\u00a0: vous ne recevrez plus de rappels.")


async def test_only_what_can_be_meant_is_offered(stage: Stage) -> None:
    assert "Qui n’a rien fait?" not in await stage.person("camille").says("qui manque ou quoi")
    assert "[1. Qui n’a rien fait?]" in await stage.person("direction").says("qui manque ou quoi")


async def test_what_may_become_of_a_campaign_is_offered_by_name(stage: Stage) -> None:
    direction = stage.person("direction")
    await direction.says("je veux nudge")
    await direction.says("envoyer")
    asked = await direction.says("pause ou annule")
    assert "[1. Mettre la campagne en pause]" in asked
    assert "[2. Annuler la campagne]" in asked
    assert (await direction.says("2")).startswith("Annuler la campagne n° 1?")
    assert (await direction.says("je veux campaign-pause")).startswith("⏸ C’est en pause")
    assert "[1. Oui, la reprendre]" in await direction.says("je veux campaign-resume")


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("je veux stop", "Que voulez-vous arrêter?"),
        ("je veux away", "Merci de me l’avoir dit."),
        ("je veux later", "C’est gardé tel quel"),
    ],
)
async def test_it_is_heard_where_it_cannot_be_the_answer(stage: Stage, said: str, page: str) -> None:
    camille = stage.person("camille")
    assert "C’est bien cela?" in await camille.says("rien à déclarer")
    assert (await camille.says(said)).startswith(page)


@pytest.mark.parametrize(("channel", "says"), [("telegram", "2"), ("mail", "Prévenir l’équipe")])
async def test_the_team_is_told_of_who_left_and_of_no_illness(stage: Stage, channel: str, says: str) -> None:
    camille = stage.person("camille", channel)
    await camille.says("je veux away")
    assert (await camille.says(says)).startswith("C’est transmis à l’équipe.")
    alert = stage.person("operator").reads()
    assert "dit ne plus travailler à l’école" in alert
    assert "je veux away" not in alert


@pytest.mark.parametrize(
    "before", [(), ("déclarer",), ("déclarer", "un roman"), ("déclarer", "une autre œuvre")]
)
@pytest.mark.parametrize(
    "text", ["arrêtez les rappels", "annuler les rappels", "plus de rappels", "cancel reminders"]
)
async def test_to_stop_the_reminders_means_the_same_everywhere(
    stage: Stage, before: tuple[str, ...], text: str
) -> None:
    camille = stage.person("camille")
    for said in before:
        await camille.says(said)
    assert (await camille.says(text)).startswith("C’est fait\u00a0: vous ne recevrez plus de rappels.")


@pytest.mark.parametrize(
    ("who", "text", "page"),
    [
        ("camille", "rappels", "Mes rappels"),
        ("camille", "rappel", "Mes rappels"),
        ("morgan", "reminders", "My reminders"),
        ("camille", "only on fridays", "Mes rappels"),
        ("direction", "arrête ce bilan", "Mes rappels"),
        ("direction", "envoyez moi un résumé chaque lundi", "Mes rappels"),
        ("direction", "merci, arrêtez juste le résumé du lundi", "Mes rappels"),
        ("direction", "stop sending me this every monday", "Mes rappels"),
        ("direction", "weekly digest", "Mes rappels"),
        ("stranger", "rappels", "Cela s’adresse au personnel scolaire"),
        ("camille", "néant", "Aucune utilisation du 1er juillet 2026"),
        ("morgan", "nothing copied", "No use from July 1, 2026"),
    ],
)
async def test_what_is_about_some_of_them_shows_what_can_be_switched(
    stage: Stage, who: str, text: str, page: str
) -> None:
    assert (await stage.person(who).says(text)).startswith(page)


async def test_what_is_to_stop_at_a_question_may_be_the_reminders(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("rien à déclarer")
    assert (await camille.says("arrête")).startswith("Que voulez-vous arrêter?")
    assert (await camille.says("rappels")).startswith("C’est fait\u00a0: vous ne recevrez plus de rappels.")
