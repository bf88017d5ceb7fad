"""Asks the team for a correction of a declaration whose period is closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot import markup
from bot.messages import number_in
from bot.render import DEFAULT_LANGUAGE
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from handlers import support
from handlers.declarations import showing
from handlers.declarations.declare import WHO
from storage.talks import KeptTalk


async def correct(talk: Talk, _turn: Turn) -> str:
    """What is wrong, and how it should read."""
    return await talk.ask(support.MATTER)


def hand_in(turn: Turn, kept: KeptTalk, words: str) -> Said:
    """A ticket that names the declaration and quotes what it says now."""
    found = showing.own(turn, number_in(kept.seed.get("number", "")))
    if found is None:
        return say("mine/unknown", number=kept.seed.get("number", ""))
    told = turn.house.wording.text("correct/matter", DEFAULT_LANGUAGE, {"declared": found, "words": words})
    matter = markup.to_plain(told)[: support.LONGEST_MATTER]
    return support.opened(turn, support.open_for(turn, kept, "human", matter))


def start_from(_turn: Turn, argument: str) -> Mapping[str, str]:
    """The number of the declaration."""
    return {"number": argument} if number_in(argument) else {}


CORRECT = Conversation("correct", correct, hand_in, WHO, start_from, listed=False)
