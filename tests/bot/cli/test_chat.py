"""`declic chat` from a pipe: a message a line, a demonstration where nothing is configured."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import people
from tests.bot.cli.conftest import ORGANISATION, Organisation
from tests.bot.cli.declic import Declic

BANNER = """\
Déclic
Vous êtes Maëlle Brindille (démo).
C’est une démonstration : les personnes et les écoles sont fictives, et rien ne
quitte cet ordinateur.
Écrivez votre message, ou le numéro d’un choix. Pour partir : /quitter.

À bientôt! Vos réponses sont conservées.

"""

ROLES: Mapping[str, tuple[str, str, str]] = {
    "teacher": ("Maëlle Brindille", "Étape 1 de 12", "Step 1 of 12"),
    "school-admin": ("Honorine Virevolte", "Étape 1 de 12", "Step 1 of 12"),
    "css-admin": ("Edmée Horizon", "ne fait pas partie de votre rôle", "not part of your role"),
    "operator": ("Iris Aiguillage", "ne fait pas partie de votre rôle", "not part of your role"),
    "parent": ("", "je ne connais pas encore cette adresse", "I do not know this address yet"),
}
"""Who is meant, and what comes of "déclarer" in French and in English."""


@pytest.fixture(scope="module")
def first_chat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which somebody has opened the chat and closed it at once, and what stood on the screen."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, asyncio.run(Declic(folder).chat())


@pytest.fixture
def demo(first_chat: tuple[Path, str], tmp_path: Path) -> Declic:
    """With the demo in place."""
    shutil.copytree(first_chat[0], tmp_path, dirs_exist_ok=True)
    return Declic(tmp_path)


def test_input_that_ends_at_once_ends_the_chat(first_chat: tuple[Path, str]) -> None:
    folder, screen = first_chat
    assert screen == BANNER
    assert [path.name for path in folder.iterdir()] == ["demo.db"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_everybody_is_spoken_to_in_either_language(demo: Declic, language: str) -> None:
    lines = {"fr": ("bonjour", "déclarer"), "en": ("hello", "declare")}[language]
    chats = [demo.chat(*lines, who=who, language=language) for who in ROLES]
    for (name, *comes), screen in zip(ROLES.values(), await asyncio.gather(*chats), strict=True):
        named = {"fr": f"Vous êtes {name} (démo).", "en": f"You are {name} (démo)."}
        unnamed = {"fr": "Je ne connais pas votre nom.", "en": "I do not know your name."}
        assert (named if name else unnamed)[language] in screen
        assert comes[language == "en"] in " ".join(screen.split())


async def test_who_is_not_of_the_demo_is_told_who_is(declic: Declic) -> None:
    done = await declic("chat", "--as", "Zoé")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "Je ne connais personne sous « Zoé ».",
        "Donnez un rôle de la démonstration (teacher, parent, school-admin, css-admin, operator) ou un nom.",
    ]


async def test_the_demo_lives_in_postgresql_where_it_is_told_to(declic: Declic, postgres_url: str) -> None:
    in_postgresql = declic.having(database=postgres_url.replace("+asyncpg", ""))
    screen = await in_postgresql.chat("déclarer", "1", who="school-admin")
    assert "Vous êtes Honorine Virevolte (démo)." in screen
    assert "Quel est l’ISBN?" in screen
    assert list(declic.folder.iterdir()) == []


async def test_a_request_for_a_human_is_seen_answered_and_read(demo: Declic) -> None:
    asked = await demo.chat("parler à quelqu'un", "Mon école a changé de nom.\nQue faire?")
    number = " ".join(asked.split()).partition("Votre demande porte le n° ")[2].partition(";")[0]
    assert number.isdecimal()
    alert = await demo.chat(f"répondre {number} C'est corrigé.\nMerci!", who="operator")
    assert f"Demande n° {number}\nDe : Maëlle Brindille (démo)" in alert
    assert "Mon école a changé de nom." in alert
    assert f"Pour répondre : répondre {number}, puis votre texte." in alert
    answered = await demo.chat()
    assert f"Réponse de l’équipe (demande n° {number})\nC'est corrigé.\nMerci!" in answered


@pytest.mark.parametrize("given", [["organisation"], ["contact", "destination"]])
async def test_half_a_configuration_is_no_demonstration(declic: Declic, given: list[str]) -> None:
    done = await declic.having(**{name: ORGANISATION[name] for name in given})("chat")
    assert (done.code, done.out) == (1, "")
    missing = {name.upper() for name in ORGANISATION if name not in given}
    assert {line.split()[1] for line in done.err.splitlines()[1:]} == {f"DECLIC_{name}" for name in missing}
    assert list(declic.folder.iterdir()) == []


async def test_a_roster_is_never_filled_with_the_demo(declic: Declic) -> None:
    configured = declic.having(**ORGANISATION)
    done = await configured("chat", typed="bonjour\n")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "Je ne connais personne sous « teacher ».",
        "La liste des personnes est vide : « declic roster import » en met une.",
    ]
    assert sorted(path.name for path in declic.folder.iterdir()) == ["declic.db"]


async def test_one_of_the_roster_chats_as_themselves(organisation: Organisation) -> None:
    screen = await organisation.chat("bonjour", who="Morgan Sample")
    assert screen.startswith("Déclic\nYou are Morgan Sample.\nWrite your message")
    assert "Hello Morgan Sample!" in screen
    assert "Équipe fictive" in screen


async def test_two_of_one_name_are_told_apart_by_their_numbers(organisation: Organisation) -> None:
    now = datetime.now(UTC)
    twins = [await organisation.write(lambda tx: people.add(tx, now, "Claude Double")) for _ in range(2)]
    done = await organisation("chat", "--as", "Claude Double")
    assert done.code == 1
    assert done.err.splitlines()[1:] == [f"{number} Claude Double" for number in twins]
    assert "Vous êtes Claude Double." in await organisation.chat(who=str(twins[0]))
