"""What a message tells before anything was asked: the conversation that it begins, by answers or by a wish."""

from __future__ import annotations

import re

from bot import dialogue
from bot.filling import Lines
from bot.form_lines import may_have_lines, unasked_lines
from bot.reading.sentences import is_doubtful
from bot.reading.words import fold
from bot.sentence import FEWEST, certain_answers, tells_more
from bot.turn import Conversation, Turn

LONGEST_WISH = 25
"""Words: who writes more has something else to say."""
GREETED = re.compile(
    r"^(?:(?:bonjour|allo|salut|bonsoir|oui|ok|hello|hi|hey|yes|please|et|and)\b[\s,.!]*"
    r"|(?:(?:je (?:voudrais|veux)|j'aimerais) savoir|savez-vous|pouvez-vous me dire|dites-moi|je me demande) si "
    r"|(?:i(?: would|'d)? (?:like|want|need) to know|i was wondering|i wonder|do you know) (?:if|whether) )+"
)
"""What may stand before a wish; folded text."""
PART_END = re.compile(r"[,;.?!:]+ ?|\b(?:savoir|know|et|and|donc|so|alors) ")
"""Where a question may begin that says first what it is about: « un cahier de 180 pages, combien puis-je copier? »."""


def told_unasked(turn: Turn) -> tuple[Conversation | None, Lines]:
    """The conversation that the message begins by answering most of what it asks; None where it tells nothing."""
    wish = wished(turn)
    conversations = (one for one in turn.house.abilities.values() if isinstance(one, Conversation))
    told = [(one, lines) for one in conversations if (lines := _told(turn, one, wishes=one is wish)).answers]
    return max(told, key=lambda found: len(found[1].answers), default=(None, Lines()))


def wished(turn: Turn) -> Conversation | None:
    """The conversation that the message wishes for in a sentence of its own: « Je veux déclarer mes copies de mai »."""
    text = fold(turn.heard.text)
    if len(text.split()) > LONGEST_WISH or not text or is_doubtful(turn.heard.text):
        return None
    conversations = (one for one in turn.house.abilities.values() if isinstance(one, Conversation))
    return next((one for one in conversations if _wishes(turn, one, text)), None)


def begins(turn: Turn, ability: Conversation, *, anywhere: bool = False) -> bool:
    """Whether the message opens like somebody who has this to tell, or (`anywhere`) a part of it does."""
    said = GREETED.sub("", fold(turn.heard.text))
    parts = [f"{_spaced(part)} " for part in (PART_END.split(said) if anywhere else (said,))]
    words = turn.house.wording.words(f"{ability.name}/command", "begins")
    return any(part.startswith(f"{_spaced(fold(word))} ") for part in parts for word in words)


def _wishes(turn: Turn, ability: Conversation, text: str) -> bool:
    words = turn.house.wording.words(f"{ability.name}/command", "wishes")
    said = GREETED.sub("", text)
    return any(f"{said} ".startswith(f"{fold(word)} ") for word in words)


def _told(turn: Turn, ability: Conversation, *, wishes: bool) -> Lines:
    """What the message answers of what this conversation would ask."""
    counts = ability.asks or any(map(str.isdigit, turn.heard.text))
    opens = counts and begins(turn, ability, anywhere=ability.asks)
    starts = wishes or opens or (counts and _offered(turn, ability))
    if not starts and not may_have_lines(turn):
        return Lines()
    waiting = dialogue.ahead(turn, ability)
    if waiting is None:
        return Lines()
    lines = unasked_lines(turn, waiting.fields)
    certain = certain_answers(turn, waiting.fields, asks=ability.asks) if starts and not lines.answers else {}
    if len(certain) < (1 if wishes else FEWEST):
        return lines
    return Lines(
        certain, partly=turn.heard.envelope is not None and tells_more(turn, waiting.fields, certain)
    )


def _offered(turn: Turn, ability: Conversation) -> bool:
    """Whether the last page offered what people begin by asking: then what it asks may be told without more words."""
    return ability.asks and any(
        button["press"].startswith(f"!{ability.name}:") for button in turn.person.offered
    )


def _spaced(text: str) -> str:
    return text.replace("-", " ")
