"""Editions of the knowledge base that read what they are told to, so that no test depends on the matcher's taste."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from faq.edition import Edition, Reading
from faq.entry import Language
from faq.matcher import Candidate, Match, Outcome
from tests.stage import Stage, library

UNREAD = Reading(Match("unknown", ()))


@dataclass(frozen=True, slots=True)
class Scripted(Edition):
    """The real entries, and a script of what each text is read as; anything else is unknown."""

    script: Mapping[str, Reading] = field(default_factory=dict)

    def read(self, text: str) -> Reading:
        return self.script.get(text, UNREAD)


class Given(Knowledge):
    """One edition, for ever."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    async def newest(self) -> Edition:
        return self.edition


def found(
    outcome: Outcome, *ids: str, language: Language | None = None, scores: tuple[float, ...] = ()
) -> Reading:
    """A message about these, best first; near each other unless their scores are given."""
    given = scores or tuple(0.6 - 0.05 * place for place in range(len(ids)))
    return Reading(Match(outcome, tuple(map(Candidate, ids, given))), language=language)


def found_several(*ids: str) -> Reading:
    """A message with several questions, each answered by one of these."""
    return Reading(found("answer", *ids).match, tuple(found("answer", one).match for one in ids))


def follow(stage: Stage, script: Mapping[str, Reading]) -> None:
    """From now on the stage's messages are read by the script."""
    stage.assistant = Assistant(stage.database, stage.house, stage.clock, given(script), stage.post)


def given(script: Mapping[str, Reading]) -> Given:
    """The real entries, read by the script."""
    real = _real()
    kept = {one.name: getattr(real, one.name) for one in fields(Edition)}
    return Given(Scripted(**kept, script=script))


@cache
def _real() -> Edition:
    return library().edition()
