"""Every reminder, and everything that is answered to one, is said in a transcript in either language."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.markup import to_plain
from bot.render import LANGUAGES, TEMPLATES
from tests.test_transcripts import FOLDER
from tests.transcript import STARTS

ROOMS = ("reminders", "done", "tomorrow", "why", "stop", "morning")
BESIDE = ("corrections/stopped", "corrections/stop-which", "corrections/reminded", "staff-room/text")
NAMES = {"command", "said", "wish", "now", "stood"}
"""They hold labels and words, and are put in no page as they are."""
FROM_OTHERS = {"reminders/note", "reminders/unreached"}
"""What somebody has written, or names: nothing of it is in the template alone."""
TAG = re.compile(r"\{[%{].*?[%}]\}|\n", re.DOTALL)
LEAST = 12
"""Letters by which a piece of wording is known again."""


@cache
def templates() -> tuple[str, ...]:
    found = (
        path.relative_to(TEMPLATES / "fr") for room in ROOMS for path in (TEMPLATES / "fr" / room).iterdir()
    )
    names = (str(path.with_suffix("")) for path in found if path.stem not in NAMES)
    return tuple(sorted({*names, *BESIDE} - FROM_OTHERS))


@cache
def pieces(language: str, template: str) -> frozenset[str]:
    """The pieces of its wording that stand between what is put in."""
    text = (TEMPLATES / language / f"{template}.txt").read_text().partition("\n---\n")[0]
    found = (to_plain(piece).strip(" .:,;\N{NO-BREAK SPACE}") for piece in TAG.split(text))
    return frozenset(piece for piece in found if len(piece) >= LEAST)


@cache
def transcripts(language: str) -> str:
    """What people read in them."""
    lines = (line for file in (FOLDER / language).iterdir() for line in file.read_text().split("\n"))
    return "\n".join(line for line in lines if not line.startswith(STARTS))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", templates())
def test_it_is_said(template: str, language: str) -> None:
    others = frozenset().union(*(pieces(language, one) for one in templates() if one != template))
    own = pieces(language, template) - others
    assert own
    assert any(piece in transcripts(language) for piece in own), f"in no transcript: {sorted(own)}"
