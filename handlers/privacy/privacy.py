"""« Vie privée »: what is kept, why, how long and who sees it, in plain words."""

from __future__ import annotations

from bot.turn import Command, Said, Turn, say


def privacy(turn: Turn, _argument: str) -> Said:
    """Tells it, and offers the two rights that one message is enough for."""
    settings = turn.house.settings
    return say(
        "privacy/told",
        responsible=settings.privacy_contact or settings.contact,
        keep={name.replace("-", "_"): days for name, days in settings.keep.items()},
    )


PRIVACY = Command("privacy", privacy, listed=False)
