"""Small talk: what is said to people who greet, thank, despair or swear, and ask nothing of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot import dialogue
from bot.messages import Reply
from bot.question import Answer
from bot.reading.choices import is_bare, says_no, takes_yes
from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.talk import Waiting
from bot.turn import Said, Turn, asked_lately, refusal, say
from faq.matcher import Match
from handlers import corrections, welcome
from handlers.questions import follow_up
from handlers.questions.holding import hold
from handlers.support import HUMAN, MATTER
from storage.talks import KeptTalk

JUST_NOW: Final = timedelta(minutes=10)
"""In the middle of a talk, "it does not work" means an answer only if that is no older; else the question asked."""


STILL_FAILS: Final = re.compile(
    r"\b(?:marche|fonctionne|va|aide|trouve|arrive|ouvre)(?: \w+){0,2} (?:pas|plus|rien)\b|n't\b"
    r"|\b(?:does|did|can|is) ?not\b|\b(?:erreur|error|bug|bloquee?|stuck)\b"
)
"""Says so, whatever politeness comes first; folded text."""


def hear_out(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Distress is no answer to the question that waits; a message to the team may still be sent as it is."""
    if kept is None or not _is_distress(turn.match):
        return None
    if kept.conversation == HUMAN.name:
        return hold(turn, kept, "human/send-anyway", _listening(sending=True))
    quoted = is_quoted(turn.heard.text)  # how a book of that title is declared
    return None if quoted else dialogue.go_on(turn, replace(kept, held=None), _listening(sending=False))


def comfort(turn: Turn) -> tuple[Reply, ...]:
    """What is said to distress, whoever else it was written to; nothing to anything else."""
    return (_listening(sending=False),) if _is_distress(turn.match) else ()


def bid_goodbye(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Whoever takes leave is not told that it was not understood, nor asked whether it was a title."""
    words = map(fold, turn.house.wording.words("small-talk/goodbye", "words"))
    leaves = fold(turn.heard.text) in words and not is_quoted(turn.heard.text)
    return say("small-talk/goodbye") if leaves else None


def nod(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A mere « oui » answers nothing where nothing was asked; it is no question either."""
    asked = kept is not None or (turn.match is not None and turn.match.outcome == "small_talk")
    return None if asked or not is_bare(turn.heard.text) else say("corrections/nothing-waits")


def meet(turn: Turn, kind: str) -> Said | None:
    """What to say to this kind of small talk; None for one that nobody has written an answer to."""
    met = KINDS.get(kind)
    return met(turn) if met else None


def is_worth_a_word(turn: Turn) -> bool:
    """Whether it is small talk that is met even in the middle of a talk, before the question is put again."""
    match = turn.match
    kind = match.candidates[0].id if match and match.outcome == "small_talk" else ""
    if kind in COURTESY and (says_no(turn.heard.text) or _yes_awaited(turn)):
        return False
    return kind in IN_A_TALK


def _yes_awaited(turn: Turn) -> bool:
    """Whether the question that waits is answered by a yes: beside it « Très bien! » would sound as if it had been."""
    kept = dialogue.current(turn)
    waiting = dialogue.look(turn, kept) if kept else None
    return isinstance(waiting, Waiting) and takes_yes(waiting.question)


def wants_human(match: Match | None) -> bool:
    """Whether somebody asks for a human, in whatever words."""
    return match is not None and match.outcome == "small_talk" and match.candidates[0].id == WANTS_HUMAN


def _hand_over(turn: Turn) -> Said:
    """Asks what to tell the team, or passes on what was told with the wish for a human."""
    refused = refusal(turn, HUMAN)
    if refused:
        return refused
    matter = turn.heard.words if len(turn.heard.text.split()) >= A_MATTER else ""
    answer = Answer(matter, turn.written, turn=turn.heard.name)
    return dialogue.begin(turn, HUMAN, {}, {MATTER.name: answer} if matter else {})


def _greet(turn: Turn) -> Said:
    """Who this is, for somebody new; the others know."""
    new = not turn.person.offered and turn.once(asked_lately) is None and dialogue.current(turn) is None
    return welcome.start(turn, "") if new else say("small-talk/greeting")


def _be_glad(turn: Turn) -> Said:
    return follow_up.glad(turn, turn.once(asked_lately), "small-talk/worked")


def _try_further(turn: Turn) -> Said:
    enquiry = turn.once(asked_lately)
    recent = enquiry is not None and turn.now - enquiry.asked_at <= JUST_NOW
    in_a_talk = dialogue.current(turn) is not None
    return corrections.help_(turn, "") if in_a_talk and not recent else follow_up.not_helped(turn, "")


def _be_thanked(turn: Turn) -> Said:
    """« Merci, mais ça ne marche pas » is no thanks."""
    return _try_further(turn) if STILL_FAILS.search(fold(turn.heard.text)) else say("welcome/thanks")


def _is_distress(match: Match | None) -> bool:
    return match is not None and match.outcome == "small_talk" and match.candidates[0].id == "distress"


def _listening(*, sending: bool) -> Reply:
    return Reply("small-talk/distress", {"sending": sending})


def _take_note(turn: Turn) -> Said:
    return say("small-talk/understood", waits=dialogue.current(turn) is not None)


def _say(template: str, _turn: Turn) -> Said:
    return say(template)


WANTS_HUMAN: Final = "wants-human"
A_MATTER: Final = 20
"""Words: with so many, it is told as well what the human is wanted for."""
KINDS: Final[Mapping[str, Callable[[Turn], Said]]] = {
    "greeting": _greet,
    "thanks": _be_thanked,
    "goodbye": partial(_say, "small-talk/goodbye"),
    "understood": _take_note,
    "worked": _be_glad,
    "did-not-help": _try_further,
    "who-are-you": partial(_say, "small-talk/who-are-you"),
    "abilities": lambda turn: corrections.help_(turn, ""),
    "distress": lambda _turn: Said((_listening(sending=False),)),
    "insult": partial(_say, "small-talk/insult"),
    WANTS_HUMAN: _hand_over,
    "vague": partial(_say, "not-helped/about-what"),
}
"""The sections of `faq/small_talk.toml`."""

COURTESY: Final = ("understood", "thanks")
IN_A_TALK: Final = frozenset(KINDS) - {"greeting", "goodbye", "worked", "vague"}
"""Those: « à demain » and « un problème » are rather answers that were not understood."""
