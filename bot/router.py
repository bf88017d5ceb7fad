"""What a message is for, and what goes above and below what is said to it."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.addressed import in_hand, talk_of
from bot.by_letter import unsigned, with_attachments
from bot.masking import with_notice
from bot.messages import Kind
from bot.photographed import with_unused
from bot.rules import ANSWERING, FOR_FILES, RULES
from bot.talk import Waiting
from bot.turn import Said, Turn
from handlers.corrections import meanwhile
from handlers.roster.answering_lists import put_again
from handlers.wishes.heeding import within_reach
from storage.talks import KeptTalk

ASIDE = (Kind.GROUP, Kind.FOREIGN)
"""Messages that no question of the sender's is put again after."""


def route(turn: Turn) -> Said:
    """What to say to this message; a letter that goes on with no talk is not asked another's question."""
    turn = within_reach(unsigned(in_hand(turn)))
    kept = talk_of(turn)
    rule, said = next((rule, said) for rule in RULES if (said := rule(turn, kept)) is not None)
    if said.silent:
        return said
    said = said if rule in FOR_FILES else with_unused(turn, said)
    said = put_again(turn, said) if rule in ANSWERING or said.language else said
    in_passing = turn.heard.envelope is not None and kept is None
    said = said if in_passing else _with_question(turn, said)
    return with_notice(turn, kept, with_attachments(turn, said))


def _with_question(turn: Turn, said: Said) -> Said:
    """Whatever else was said, the question that waits is put again: "2" means the second button on the page."""
    whole = said.talk or said.alone or turn.heard.kind in ASIDE
    kept = None if whole else dialogue.current(turn)
    if kept is None:
        return said
    if _confirms(turn, kept) and turn.house.wording.page(said.replies, turn.language).buttons:
        return meanwhile(turn, said)
    return replace(dialogue.go_on(turn, kept, *said.replies), stale=said.stale, language=said.language)


def _confirms(turn: Turn, kept: KeptTalk) -> bool:
    """Whether what waits is a confirmation: no number of another page may ever stand for it."""
    waiting = dialogue.look(turn, kept)
    return isinstance(waiting, Waiting) and waiting.question.confirms
