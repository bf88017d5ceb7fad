"""Anybody at all on a channel, for tests that need more of them than the cast has; and the codes they are mailed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import markup
from tests.stage import Player, Stage

CODE = re.compile(r"\d{3} \d{3}")


@dataclass(slots=True)
class Stranger(Player):
    """Somebody who writes from this address."""

    at: str = ""

    @property
    def address(self) -> str:
        return self.at


def stranger(stage: Stage, at: str, channel: str = "telegram") -> Stranger:
    """Somebody there."""
    return Stranger(stage, at, channel, at)


def code_in(stage: Stage, mail: str) -> str:
    """The digits in the last letter to an e-mail address."""
    letter = stage.mailboxes["mail", mail].letters[-1]
    found = CODE.search(markup.to_plain(letter.page.html))
    assert found
    return found[0].replace(" ", "")


def another(code: str) -> str:
    """Six digits that are not those."""
    return f"{(int(code) + 1) % 10**6:06}"
