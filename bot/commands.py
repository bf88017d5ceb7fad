"""Commands: a stop word, a correction or the name of an ability, typed with or without what it is about."""

from __future__ import annotations

from collections.abc import Mapping

from bot import dialogue
from bot.heads import signed_heads_of
from bot.naming import command_named, command_nearly, is_choice, is_shown
from bot.question import Answer
from bot.reading.texts import is_quoted
from bot.sentence import certain_answers
from bot.talk import NOTHING
from bot.turn import Ability, Conversation, Said, Turn
from bot.using import use
from storage.talks import KeptTalk

LONGEST_COMMAND = 6
"""Words: a longer message is not a command followed by a name."""


def command(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A stop word, a command or a correction, by its slash name or its words."""
    text = turn.heard.text.strip()
    if is_quoted(text):
        return None
    heads = signed_heads_of(text) if turn.heard.envelope else ()
    named = next(filter(None, (command_named(turn, one) for one in (text, *heads))), None)
    name = named or (None if kept else command_nearly(turn, text))
    if name:
        ability = turn.house.abilities[name]
        answers = isinstance(ability, Conversation) and kept is not None and is_choice(kept, text)
        said = (
            None
            if answers or (kept is None and is_shown(turn, text))
            else use(turn, ability, "", _told_with(turn, ability))
        )
        return said if said and (said.replies or said.silent) else None
    return _command_with_words(turn, text)


def _told_with(turn: Turn, ability: Ability) -> Mapping[str, Answer]:
    """What a wish tells already of what it begins: « déclarer un roman »."""
    waiting = dialogue.ahead(turn, ability) if isinstance(ability, Conversation) else None
    return certain_answers(turn, waiting.fields, shortest=1) if waiting else NOTHING


def _command_with_words(turn: Turn, text: str) -> Said | None:
    """A command and what it is about: "modifier le titre", "/start abc"."""
    words = text.split()
    for length in range(min(len(words), LONGEST_COMMAND) - 1, 0, -1):
        name = command_named(turn, " ".join(words[:length]))
        ability = turn.house.abilities[name] if name else None
        if ability and ability.takes_words and len(words) <= LONGEST_COMMAND:
            said = use(turn, ability, " ".join(words[length:]))
            if said.replies:
                return said
    return None
