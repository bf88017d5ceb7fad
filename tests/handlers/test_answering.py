"""Answers, questions asked back and owning up, as people on both sides of the knowledge base see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from faq.edition import Reading
from faq.entry import Language
from storage import enquiries
from storage.enquiries import Enquiry
from storage.tables import enquiry, person
from tests.editions import follow, found, found_several
from tests.stage import Player, Stage

THREE = ("pi-parent-cannot-sign", "declare-how", "password-forgotten")
SCRIPT = {
    "password?": found("answer", "password-forgotten", "account-locked", scores=(0.9, 0.1)),
    "near": found("ask_back", "calendar-css", "calendar-staff", "calendar-school"),
    "far": found("ask_back", "calendar-css", "calendar-school", scores=(0.8, 0.2)),
    "gone": found("ask_back", "no-such-entry"),
    "three": found_several(*THREE),
    "thrice": found_several("declare-how", "declare-how"),
    "my password": found("answer", "password-forgotten", language=Language.EN),
    "ma question": found("unknown", language=Language.FR),
    "The Snowy Day": found("unknown", language=Language.EN),
}
HELPED, NOT_HELPED = "👍 Utile", "👎 Pas utile"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


async def asked(stage: Stage) -> list[Enquiry]:
    """Everything remembered, oldest first."""
    return await stage.database.read(
        lambda tx: [one for id_ in tx.scalars(select(enquiry.c.id)) if (one := enquiries.by_id(tx, id_))]
    )


async def unlearn_language(stage: Stage, name: str) -> None:
    """As for somebody of whom the roster does not say it."""
    unsaid = update(person).where(person.c.name == name).values(language=None)
    await stage.database.write(lambda tx: tx.execute(unsaid))


async def claims(player: Player, text: str) -> str:
    player.reads()
    await player.stage.hear(replace(player.heard(text), proven=False))
    return player.reads()


def labels(player: Player) -> list[str]:
    return [button.label for button in player.page.buttons]


@pytest.mark.parametrize(
    ("text", "entry", "nearest", "further"),
    [
        ("password?", "password-forgotten", ("password-forgotten", "account-locked"), False),
        ("near", None, ("calendar-staff", "calendar-css", "calendar-school"), False),
        ("three", THREE[0], THREE, True),
        ("thrice", "declare-how", ("declare-how",), False),
        ("gone", None, (), False),
        ("nobody knows", None, (), False),
    ],
)
async def test_what_was_asked_is_remembered_with_what_became_of_it(
    stage: Stage, text: str, entry: str | None, nearest: tuple[str, ...], further: bool
) -> None:
    await stage.person("camille").says(text)
    [kept] = await asked(stage)
    assert (kept.text, kept.channel, kept.address, kept.language) == (text, "telegram", "101", "fr")
    assert (kept.entry, kept.nearest, kept.next_said) == (entry, nearest, further)


async def test_what_is_answered_in_passing_is_remembered_too(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    assert "Mot de passe oublié" in await camille.says("password?")
    assert HELPED not in labels(camille)
    assert [kept.entry for kept in await asked(stage)] == ["password-forgotten"]


async def test_several_questions_are_answered_in_order_under_their_titles(stage: Stage) -> None:
    camille = stage.person("camille")
    page = await camille.says("three")
    places = [
        page.find(f"\n{title}\n") if place else page.find(f"{title}\n")
        for place, title in enumerate(
            (
                "Un parent ne peut pas signer le PI",
                "Comment déclarer une copie",
                "Mot de passe oublié (Copibec)",
            )
        )
    ]
    assert places == sorted(places)
    assert -1 not in places
    assert labels(camille) == ["M’aider étape par étape", "Parler à quelqu’un", HELPED, NOT_HELPED]
    assert "<b>Comment déclarer une copie</b>" in camille.page.html
    assert "quelqu’un de l’équipe peut prendre la suite" in await camille.presses(NOT_HELPED)


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("camille", "near", "Personnel enseignant\N{NO-BREAK SPACE}: mon année"),
        ("direction", "near", "Responsable d’école\N{NO-BREAK SPACE}: mon année"),
        ("stranger", "near", "Responsable CSS\N{NO-BREAK SPACE}: mon année"),
        ("direction", "far", "Responsable CSS\N{NO-BREAK SPACE}: mon année"),
    ],
)
async def test_near_alike_what_is_for_ones_own_role_comes_first(
    stage: Stage, name: str, text: str, first: str
) -> None:
    player = stage.person(name)
    assert (await player.says(text)).startswith("Vouliez-vous dire…")
    assert labels(player)[0] == first


async def test_a_choice_is_answered_and_another_one_too(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("near")
    staff, css = labels(camille)[:2]
    await camille.presses(css)
    assert [kept.entry for kept in await asked(stage)] == ["calendar-css"]
    assert labels(camille)[-2:] == [HELPED, NOT_HELPED]
    await camille.presses_earlier(staff)
    assert [kept.entry for kept in await asked(stage)] == ["calendar-staff"]


@pytest.mark.parametrize("words", ["autre chose", "rien de tout ça", "4"])
async def test_none_of_them_is_owned_up_to_as_that_same_question(stage: Stage, words: str) -> None:
    camille = stage.person("camille")
    await camille.says("near")
    assert (await camille.says(words)).startswith("Je ne sais pas répondre à cela.")
    assert [(kept.text, kept.entry) for kept in await asked(stage)] == [("near", None)]


async def test_a_choice_taken_back_has_not_helped(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("near")
    await camille.presses(labels(camille)[0])
    await camille.presses_earlier("Autre chose")
    assert [kept.helped for kept in await asked(stage)] == [False]


async def test_a_choice_that_is_no_longer_an_entry_is_owned_up_to(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("near")
    assert "Je ne sais pas répondre à cela." in await camille.presses_old("!entry:1.calendar-gone")


@pytest.mark.parametrize("press", ["!helped:1", "!not-helped:1"])
async def test_nobody_judges_for_somebody_else(stage: Stage, press: str) -> None:
    await stage.person("camille").says("password?")
    await stage.person("lou").presses_old(press)
    assert stage.outcome
    assert stage.outcome.stale
    assert [kept.helped for kept in await asked(stage)] == [None]


@pytest.mark.parametrize("number", ["2", "999999999999", "1" * 30, "x"])
async def test_a_judgement_of_what_is_forgotten_changes_nothing(stage: Stage, number: str) -> None:
    camille = stage.person("camille")
    await camille.says("password?")
    await camille.presses_old(f"!helped:{number}")
    assert stage.outcome
    assert stage.outcome.stale
    assert [kept.helped for kept in await asked(stage)] == [None]


async def test_nobody_who_only_claims_to_be_a_person_is_remembered(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("password?")
    assert "Mot de passe oublié" in await claims(camille, "password?")
    assert labels(camille) == []
    assert "écrivez à aide@exemple.invalid" in await claims(camille, "nobody knows")
    await claims(camille, "near")
    assert camille.page.buttons[0].press == "!entry:calendar-css"
    assert "vous avez trois tâches" in await claims(camille, "1")
    assert "qu’est-ce qui ne fonctionne pas?" in await claims(camille, "/pas_utile")
    await claims(camille, "english")
    assert [(kept.text, kept.helped) for kept in await asked(stage)] == [("password?", None)]


async def test_nobody_unproven_is_remembered_linked_or_not(stage: Stage) -> None:
    stranger = stage.person("stranger")
    assert "password" in await claims(stranger, "my password")
    assert labels(stranger) == []
    await claims(stranger, "nobody knows")
    assert await asked(stage) == []
    await stranger.says("nobody knows")
    await claims(stranger, "/pas_utile")
    assert [kept.helped for kept in await asked(stage)] == [None]
    await stranger.presses_old("!forward:1")
    assert "!forward:1" not in [button.press for button in stranger.page.buttons]


async def test_noise_is_not_what_was_asked_last(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("password?")
    assert "Transmettre ma question à l’équipe" not in await camille.says("asdf")
    await camille.says("nobody knows")
    assert [kept.text for kept in await asked(stage)] == ["password?", "nobody knows"]
    assert "Essayez encore ceci" in await camille.says("/pas_utile")


async def test_the_language_of_the_question_is_kept_beside_that_of_its_answer(stage: Stage) -> None:
    await stage.person("camille").says("my password")
    [kept] = await asked(stage)
    assert (kept.asked_in, kept.language) == ("en", "fr")


async def test_who_has_no_language_is_answered_in_that_of_the_message(stage: Stage) -> None:
    stranger = stage.person("stranger")
    assert "Here is how to choose a new password" in await stranger.says("my password")
    assert "Thank you for telling me!" in await stranger.presses("👍 Helpful")
    assert (await stranger.says("nobody knows")).startswith("I don’t know")
    assert (await stranger.says("ma question")).startswith("Je ne sais pas")
    assert (await stranger.says("nobody knows")).startswith("Je ne sais pas")


async def test_who_has_a_language_keeps_it(stage: Stage) -> None:
    assert "Voici comment" in await stage.person("camille").says("my password")


async def test_an_english_title_does_not_turn_a_declaration_english(stage: Stage) -> None:
    await unlearn_language(stage, "Camille Essai")
    camille = stage.person("camille")
    for text in ("déclarer", "livre", "passer"):
        await camille.says(text)
    assert "Qui est l’auteur" in await camille.says("The Snowy Day")


@pytest.mark.parametrize(
    "reading", [found("small_talk", "thanks"), found("answer", "no-such-entry"), found("unknown")]
)
async def test_whatever_the_matcher_says_there_is_an_answer(stage: Stage, reading: Reading) -> None:
    follow(stage, {"that": reading})
    assert await stage.person("camille").says("that")
