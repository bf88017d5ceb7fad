"""What is wrong with a line of a list, or worth a word: said in `roster/reasons`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say of a line, and the words that it is about."""

    word: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A line with all that is to be said of it."""

    number: int
    reasons: tuple[Reason, ...]
    name: str = ""
    mail: str = ""

    @property
    def who(self) -> str:
        """What it can be told by."""
        return self.name or self.mail
