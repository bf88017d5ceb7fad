"""Which declaration somebody means to edit: the one whose receipt they answer, or another than the one under way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot import dialogue
from bot.addressed import answered
from bot.messages import Call, Kind, number_in, read_press
from bot.reading.words import plain
from bot.sentence import certain_answers
from bot.talk import Waiting
from bot.turn import Said, Turn, refusal, say
from handlers.declarations import showing
from handlers.declarations.revising import REVISE
from storage.states import TalkState
from storage.talks import KeptTalk

EDIT: Final = r"(?:modifi\w*|corrig\w*|chang\w*|edit|change|fix|correct)"
OTHER: Final = re.compile(
    rf"(?:(?:non|no|plutot|rather|et|and|finalement|en fait|actually)[, ]+)*({EDIT} )?(?:plutot )?"
    r"(?:(la|the) )?(declaration |fiche |sheet )?(?:numero |number |n° ?|no\.? ?|# ?)?(\d+)"
    r"(?: plutot| instead| please| svp)?[ .!]*"
)
"""« modifier la 2 », « plutôt la déclaration 2 », « la 2 »; plain text."""


def another(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """While one declaration is edited another is named: goes there, or asks where a choice may be meant."""
    if kept is None or kept.conversation != REVISE.name or turn.heard.kind is not Kind.TEXT:
        return None
    named = OTHER.fullmatch(plain(turn.heard.text))
    number = number_in(named[4]) if named else None
    if (
        named is None
        or number is None
        or not any(named.group(1, 2, 3))
        or kept.seed.get("edit") == str(number)
    ):
        return None
    found = showing.own(turn, number)
    if named[1] or named[3]:
        return (
            dialogue.begin(turn, REVISE, {"edit": str(number)})
            if found
            else say("mine/unknown", number=number)
        )
    return say("revise/another", number=number) if found and _at_recap(turn, kept) else None


def _at_recap(turn: Turn, kept: KeptTalk) -> bool:
    waiting = dialogue.look(turn, kept)
    return isinstance(waiting, Waiting) and waiting.question.confirms


def amended(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to a receipt that tells what it should have said: that declaration is edited, with what is certain."""
    number = _receipt_of(turn) if kept is None and turn.heard.kind is Kind.TEXT else None
    if number is None or refusal(turn, REVISE) or not _corrects(turn):
        return None
    seed = {"edit": str(number)}
    waiting = dialogue.look(turn, KeptTalk("", turn.person.id, REVISE.name, TalkState.ASIDE, seed=seed))
    if not isinstance(waiting, Waiting):
        return None
    answers = certain_answers(turn, waiting.fields, asks=True)
    return replace(dialogue.begin(turn, REVISE, seed, answers), took_answer=bool(answers))


def _receipt_of(turn: Turn) -> int | None:
    """The number of the one declaration that the letter answered lets edit."""
    sent = answered(turn)
    presses = (read_press(button.press) for button in sent.page.buttons) if sent else ()
    numbers = {one.argument for one in presses if isinstance(one, Call) and one.command == REVISE.name}
    return number_in(numbers.pop()) if len(numbers) == 1 else None


def _corrects(turn: Turn) -> bool:
    """Whether the text says that something was otherwise."""
    text = plain(turn.heard.text)
    words = turn.house.wording.words("revise/corrects", "corrects")
    return any(re.search(rf"\b{re.escape(plain(word))}\b", text) for word in words)
