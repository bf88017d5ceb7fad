"""Whole conversations at the terminal, with the real assistant and the real post."""

from __future__ import annotations

import pytest

from storage.database import DatabaseDown
from tests.bot.channels.listener import Listener
from tests.bot.channels.terminals import Terminal


def answers(screen: str) -> dict[str, str]:
    """What was answered to each message."""
    turns = screen.split("\n> ")[1:]
    return {said: answer for said, _, answer in (turn.partition("\n\n") for turn in turns)}


BANNER = """\
Déclic
Vous êtes Maëlle Brindille, enseignante.
C’est une démonstration\u00a0: les personnes et les écoles sont fictives, et rien ne
quitte cet ordinateur.
Écrivez votre message, ou le numéro d’un choix. Pour partir\u00a0: /quitter.

"""
GOODBYE = "À bientôt! Vos réponses sont conservées.\n\n"


@pytest.mark.parametrize("lines", [(), ("/quitter",), ("/quit", "jamais lu"), (" /QUITTER ",), ("", " ")])
async def test_one_is_told_who_one_is_and_how_to_leave(terminal: Terminal, lines: tuple[str, ...]) -> None:
    listener = Listener()
    screen = await terminal.chat("teacher", *lines, listener=listener)
    assert screen.startswith(BANNER)
    assert screen.endswith(GOODBYE)
    assert listener.texts == []


async def test_the_terminal_speaks_english(terminal: Terminal) -> None:
    screen = await terminal.chat("teacher", "/quit", language="en")
    assert "You are Maëlle Brindille, enseignante." in screen
    assert screen.endswith("See you soon! Your answers are kept.\n\n")


async def test_a_choice_is_taken_by_its_number_and_kept_until_the_next_visit(terminal: Terminal) -> None:
    screen = await terminal.chat("teacher", "déclarer", "1", "/quitter")
    first, second = answers(screen)["déclarer"], answers(screen)["1"]
    assert "  1. Un livre\n" in first
    assert "ISBN" in second
    screen = await terminal.chat("teacher", "/reprendre")
    assert second in answers(screen)["/reprendre"]


async def test_an_alert_waits_for_the_operator_and_is_answered_by_its_number(terminal: Terminal) -> None:
    asked = await terminal.chat("teacher", "parler à quelqu’un", "Mon école a changé de nom.")
    assert "n°\u00a01" in answers(asked)["Mon école a changé de nom."]
    alerted = await terminal.chat("operator", "répondre 1 C’est corrigé.")
    assert "Mon école a changé de nom." in alerted.partition("\n> ")[0]
    assert (
        "Pour répondre\u00a0: répondre 1, puis votre texte ou les mots d’un choix.\n"
        in alerted.partition("\n> ")[0]
    )
    assert "n°\u00a01" in answers(alerted)["répondre 1 C’est corrigé."]
    assert "C’est corrigé." in await terminal.chat("teacher")
    assert "C’est corrigé." not in await terminal.chat("teacher")


async def test_a_choice_of_an_alert_is_taken_by_its_number_in_a_reply(terminal: Terminal) -> None:
    question = "Qui prête le micro-ondes de la cafétéria?"
    asked = await terminal.chat("teacher", question, "Transmettre ma question à l’équipe")
    assert "n°\u00a01" in answers(asked)["Transmettre ma question à l’équipe"]
    alerted = await terminal.chat("operator", "répondre 1 1")
    assert "répondre 1, puis votre texte ou les mots d’un choix.\n" in alerted
    assert "Dorénavant" in alerted
    assert f"Vous demandiez\u00a0: «\u00a0{question}\u00a0»" in await terminal.chat("teacher")


@pytest.mark.parametrize(
    ("typed", "about", "text"),
    [
        ("répondre 42 Bonjour", "t42", "Bonjour"),
        ("Repondre t42 : Bonjour", "t42", "Bonjour"),
        ("reply 42 Hello\\\nthere", "t42", "Hello\nthere"),
        ("répondre bientôt", "", "répondre bientôt"),
        ("répondre 42", "", "répondre 42"),
        ("Répondre à 42 questions", "", "Répondre à 42 questions"),
    ],
)
async def test_a_reply_names_what_it_is_about(terminal: Terminal, typed: str, about: str, text: str) -> None:
    listener = Listener()
    await terminal.chat("operator", typed, listener=listener)
    assert [(heard.about, heard.text) for heard in listener.heard] == [(about, text)]


async def test_the_same_words_twice_are_two_messages(terminal: Terminal) -> None:
    listener = Listener()
    await terminal.chat("teacher", "oui", "oui", listener=listener)
    await terminal.chat("teacher", "oui", listener=listener)
    assert len({heard.key for heard in listener.heard}) == 3


async def test_a_message_that_could_not_be_saved_is_not_passed_over_in_silence(terminal: Terminal) -> None:
    listener = Listener()
    listener.troubles = [DatabaseDown()]
    screen = await terminal.chat("teacher", "un", "deux", listener=listener)
    assert "n’a pas pu être enregistré" in answers(screen)["un"]
    assert listener.texts == ["deux"]
