"""Small talk: met kindly and briefly, whoever writes and whatever else is under way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from faq.subject import Kind, load_topics
from handlers.questions.small_talk import KINDS
from tests.editions import follow, found
from tests.stage import Stage

ASKS = "mot de passe?"
SCRIPT = {
    **{f"a word of {kind}": found("small_talk", kind) for kind in KINDS},
    "ok": found("small_talk", "understood"),
    "a word of something new": found("small_talk", "nobody-wrote-this"),
    ASKS: found("answer", "password-forgotten"),
}
NEXT = "Essayez encore ceci, une seule fois"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


def test_every_kind_that_the_matcher_knows_is_met() -> None:
    known = {topic.id for topic in load_topics() if topic.kind is Kind.SMALL_TALK}
    assert set(KINDS) == known


@pytest.mark.parametrize(
    ("kind", "camille_reads", "morgan_reads"),
    [
        ("greeting", "Bonjour Camille Essai! Je suis Déclic", "Hello Morgan Sample! I am Déclic"),
        ("thanks", "Avec plaisir!", "You’re welcome!"),
        ("goodbye", "Au revoir!", "Goodbye!"),
        ("understood", "Très bien!", "Very good!"),
        ("worked", "Tant mieux", "Glad to hear it!"),
        ("did-not-help", "Je veux bien vous aider", "I would like to help"),
        ("who-are-you", "Je suis Déclic, un assistant automatique", "I am Déclic, an automatic assistant"),
        ("abilities", "À tout moment", "At any time"),
        ("distress", "Ce que vous écrivez compte", "What you are writing matters"),
        ("insult", "Je vois que mes réponses", "I can see that I have not"),
        ("something new", "Je ne sais pas répondre à cela.", "I don’t know the answer to that."),
    ],
)
async def test_each_kind_has_its_word(stage: Stage, kind: str, camille_reads: str, morgan_reads: str) -> None:
    assert (await stage.person("camille").says(f"a word of {kind}")).startswith(camille_reads)
    assert (await stage.person("morgan").says(f"a word of {kind}")).startswith(morgan_reads)


async def test_who_has_been_here_is_greeted_shortly(stage: Stage) -> None:
    camille, stranger = stage.person("camille"), stage.person("stranger")
    assert "Je suis Déclic" in await camille.says("a word of greeting")
    assert "Je suis Déclic" not in await camille.says("a word of greeting")
    await stranger.says(ASKS)
    await stranger.says("a word of thanks")
    assert (await stranger.says("a word of greeting")).startswith("Bonjour! Posez-moi votre question")


async def test_who_is_in_distress_is_one_press_from_a_human(stage: Stage) -> None:
    camille = stage.person("camille")
    assert "988" in await camille.says("a word of distress")
    assert "Que voulez-vous dire à l’équipe?" in await camille.presses("Parler à quelqu’un")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("abilities", "wants-human")])
async def test_in_a_talk_the_question_comes_back_below(stage: Stage, kind: str) -> None:
    camille = stage.person("camille")
    asked = await camille.says("déclarer")
    page = await camille.says(f"a word of {kind}")
    assert page.count("Qu’avez-vous copié?") == 1
    assert page.split("\n")[-8:] == asked.split("\n")[-8:] or "Parler à quelqu’un" in page
    assert (await camille.says("un livre")).startswith("Étape 2")


async def test_who_wants_a_human_in_a_talk_finds_one_and_comes_back(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await camille.says("un livre")
    page = await camille.says("a word of wants-human")
    assert "est gardé" in page
    assert "Que voulez-vous dire à l’équipe?" in page
    assert "Étape 2" in await camille.says("reprendre")


async def test_what_answers_the_question_is_no_small_talk(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("aucune utilisation")
    assert "Très bien!" not in await camille.says("ok")
    assert "Étape" in await camille.says("déclarer")
    assert (await camille.says("ok")).startswith("Très bien!")


async def test_small_talk_that_may_be_a_title_is_asked_about(stage: Stage) -> None:
    follow(stage, {"qui êtes-vous?": found("small_talk", "who-are-you"), "ok": found("small_talk", "thanks")})
    camille = stage.person("camille")
    for text in ("déclarer", "livre", "passer"):
        await camille.says(text)
    assert "est-ce votre réponse, ou une question?" in await camille.says("qui êtes-vous?")
    page = await camille.says("une question")
    assert page.startswith("Je suis Déclic")
    assert page.count("Quel est le titre?") == 1
    assert "« ok » ne semble pas répondre" in (await camille.says("ok")).replace("\u00a0", " ")
    assert "Qui est l’auteur" in await camille.says("« ok »")


async def test_it_does_not_work_goes_on_from_the_last_answer(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says(ASKS)
    stage.tick(timedelta(hours=23))
    assert NEXT in await camille.says("a word of did-not-help")
    assert "quelqu’un de l’équipe peut prendre la suite" in await camille.says("a word of did-not-help")
    stage.tick(timedelta(hours=2))
    assert "qu’est-ce qui ne fonctionne pas?" in await camille.says("a word of did-not-help")


@pytest.mark.parametrize(("minutes", "said"), [(5, NEXT), (15, "💡")])
async def test_in_a_talk_it_does_not_work_means_what_was_asked_just_now(
    stage: Stage, minutes: int, said: str
) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    assert "Mot de passe oublié" in await camille.says(ASKS)
    stage.tick(timedelta(minutes=minutes))
    page = await camille.says("a word of did-not-help")
    assert said in page
    assert page.count("Qu’avez-vous copié?") == 1


@pytest.mark.parametrize("answers", [(), ("livre",), ("livre", "passer")])
async def test_distress_is_no_answer_to_any_question(stage: Stage, answers: tuple[str, ...]) -> None:
    camille = stage.person("camille")
    asked = await camille.says("déclarer")
    for text in answers:
        asked = await camille.says(text)
    question = asked.split("\n")[1]
    page = await camille.says("a word of distress")
    assert page.startswith("Ce que vous écrivez compte")
    assert question in page


@pytest.mark.parametrize(("then", "sent"), [("oui", True), ("non", False)])
async def test_distress_told_to_the_team_is_sent_if_the_person_says_so(
    stage: Stage, then: str, sent: bool
) -> None:
    camille = stage.person("camille")
    await camille.says("parler a quelquun")
    page = await camille.says("a word of distress")
    assert "988" in page
    assert "Voulez-vous que je transmette" in page
    assert ("C’est transmis" in await camille.says(then)) is sent


@pytest.mark.parametrize("text", ["merci ça marche toujours pas", "thanks, but it doesn't work"])
async def test_thanks_at_the_front_swallow_nothing(stage: Stage, text: str) -> None:
    follow(stage, {text: found("small_talk", "thanks"), ASKS: found("answer", "password-forgotten")})
    camille = stage.person("camille")
    await camille.says(ASKS)
    assert NEXT in await camille.says(text)


@pytest.mark.parametrize("text", ["bye", "Au revoir!", "bonne journée", "goodbye", "bonne soirée"])
async def test_leave_is_taken_with_a_goodbye(stage: Stage, text: str) -> None:
    camille = stage.person("camille")
    assert (await camille.says(text)).startswith("Au revoir!")
    await camille.says("déclarer")
    assert (await camille.says(text)).startswith("Au revoir!")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("je veux déclarer des photocopies", "Qu’avez-vous copié?"),
        ("jveux declarer un roman", "Quel est l’ISBN?"),
        ("i need to declare", "Qu’avez-vous copié?"),
        ("can you help me declare", "Qu’avez-vous copié?"),
        ("i want to declare a book", "Quel est l’ISBN?"),
        ("je veux parler a quelquun", "Que voulez-vous dire à l’équipe?"),
        ("can i talk to someone", "Que voulez-vous dire à l’équipe?"),
        ("speak to a human", "Que voulez-vous dire à l’équipe?"),
    ],
)
async def test_wishes_in_the_usual_words_begin_what_they_name(stage: Stage, text: str, asked: str) -> None:
    assert asked in await stage.person("camille").says(text)
