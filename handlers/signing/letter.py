"""The letter to the support of Mozaïk: a blank form that the secretary fills in and sends from their own mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bot import markup
from bot.render import DEFAULT_LANGUAGE, SUBJECT
from bot.turn import Turn

SUPPORT = "support.mozaik@csdm.qc.ca"
"""As the source writes it: not on the domain of the parents' site."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to be copied."""

    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """A link that opens it in the reader's own mail program (RFC 6068)."""
        body = self.body.replace("\n", "\r\n")
        return f"mailto:{SUPPORT}?subject={quote(self.subject, safe='')}&body={quote(body, safe='')}"


def letter_to_support(turn: Turn, data: Mapping[str, object]) -> Letter:
    """With the school's name and the steps already checked, and nothing of any pupil or parent.

    In French whoever sends it: it goes to a public body of Quebec.
    """
    wording = turn.house.wording
    subject = wording.label("signing/letter", SUBJECT, DEFAULT_LANGUAGE)
    body = markup.to_plain(wording.text("signing/letter", DEFAULT_LANGUAGE, data))
    return Letter(subject.text if subject else "", body)


def text_to_forward(turn: Turn, data: Mapping[str, object]) -> str:
    """What a parent passes on to the school, with nothing of anybody; in French, as the school reads it."""
    return markup.to_plain(turn.house.wording.text("signing/forward", DEFAULT_LANGUAGE, data))
