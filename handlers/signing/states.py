"""Who asks for help with signing, and what came of each thing to check."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Who asks: each can check other things."""

    PARENT = "parent"
    STAFF = "staff"
    SECRETARY = "secretary"
    DIRECTION = "direction"


class Result(StrEnum):
    """What came of one check."""

    SOLVED = "solved"
    TRIED = "tried"
    """All is as it should be, and it still does not work."""
    LACKING = "lacking"
    """Something is not there."""
    UNSURE = "unsure"
