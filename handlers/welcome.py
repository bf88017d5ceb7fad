"""The first words, the language, and who runs the assistant."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.messages import Reply
from bot.turn import Command, Said, Turn
from handlers.corrections import UNMEANT, menu, welcome_back
from handlers.questions import follow_up
from handlers.roster import invitations
from storage import people


def start(turn: Turn, argument: str) -> Said:
    """Says who this is and what it can do; somebody in the middle of a talk is put back into it.

    Words follow "/start" in a link; after "bonjour" they are what the person is really writing about.
    """
    if argument and not turn.heard.text.startswith("/"):
        return UNMEANT
    invited = invitations.take_up(turn, argument)
    if invited:
        return invited
    kept = dialogue.current(turn)
    if kept:
        return dialogue.go_on(turn, kept, welcome_back(turn, kept))
    return menu(turn, "welcome/hello", whole=False)


def thanks(turn: Turn, _argument: str) -> Said:
    """Nobody who says thank you is told that it was not understood."""
    kept = dialogue.current(turn)
    lead = Reply("welcome/thanks")
    return dialogue.go_on(turn, kept, lead) if kept else Said((lead,))


def french(turn: Turn, _argument: str) -> Said:
    """From now on in French."""
    return _speak(turn, "fr")


def english(turn: Turn, _argument: str) -> Said:
    """From now on in English."""
    return _speak(turn, "en")


def _speak(turn: Turn, language: str) -> Said:
    turn = replace(turn, person=replace(turn.person, language=language))
    if turn.unproven:
        return replace(menu(turn), language=language)
    people.set_language(turn.tx, turn.person.id, language)
    kept = dialogue.current(turn)
    lead = Reply("welcome/language")
    if kept:
        return replace(dialogue.go_on(turn, kept, lead), language=language)
    lies_there = follow_up.list_lies_there(turn)
    once_more = () if lies_there else follow_up.last_answer(turn) or menu(turn, whole=False).replies
    return Said((lead, *once_more), language=language)


START = Command("start", start, takes_words=True, listed=False)
THANKS = Command("thanks", thanks, listed=False)
FRENCH = Command("french", french, listed=False)
ENGLISH = Command("english", english, listed=False)
