"""« Effacer »: who somebody is and what they said goes, once they have said yes to exactly that."""

from __future__ import annotations

from bot.alerts import alert_operators
from bot.messages import Reply
from bot.question import Question
from bot.reading import one_of_values
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from storage import erasing, roles
from storage.states import Role
from storage.talks import KeptTalk

SURE = Question("sure", "erase/ask-sure", one_of_values("yes"), confirms=True)


async def erase(talk: Talk, turn: Turn) -> bool:
    """Whether to do it: never to the last operator, or nobody would be left to take up what people ask."""
    if roles.holders(turn.tx, Role.OPERATOR) == (turn.person.id,):
        return False
    stays = erasing.counts(turn.tx, turn.person.id)
    await talk.ask(SURE, {**stays, "roster": bool(turn.person.places), **_responsible(turn)})
    return True


def carry_out(turn: Turn, _kept: KeptTalk, may: bool) -> Said:
    """Does it, and lets the team know that it was done, by number alone."""
    if not may:
        return say("erase/last-operator")
    if not turn.heard.proven:
        return say("welcome/prove-by-reply", wanted=False)
    erasing.erase(turn.tx, turn.person.id, turn.now)
    alert_operators(turn, Reply("erase/alert", {"number": turn.person.id}))
    return say("erase/done", roster=bool(turn.person.places), **_responsible(turn))


def _responsible(turn: Turn) -> dict[str, str]:
    """Who answers for what is kept."""
    settings = turn.house.settings
    return {"responsible": settings.privacy_contact or settings.contact}


ERASE = Conversation("erase", erase, carry_out, listed=False)
