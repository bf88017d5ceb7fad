"""The pictures of reminders in docs/pictures, drawn anew by `python -m tests.drawn`: look at each of them then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.messages import Lane, Reply
from tests.fakes.chromium import draw
from tests.mailed import UNTAGGED, parsed, text_of, to_mail, wording, written
from tests.samples_reminders import REMINDING

FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
PHONE, DESKTOP = 390, 800
"""CSS pixels."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A reminder as it is read by e-mail."""

    file: str
    template: str
    width: int
    language: str = "fr"
    dark: bool = False


DRAWINGS: Final = (
    Drawing("reminder-phone", "reminders/nothing", PHONE),
    Drawing("reminder-desktop", "reminders/nothing", DESKTOP),
    Drawing("reminder-draft-dark", "reminders/draft", PHONE, dark=True),
    Drawing("reminder-in-charge-phone", "reminders/in-charge", PHONE),
    Drawing("reminder-english-phone", "reminders/nothing", PHONE, language="en"),
)


def page_of(drawing: Drawing) -> str:
    """The HTML of the mail."""
    data: Mapping[str, Any] = REMINDING[drawing.template]
    page = wording().page([Reply(drawing.template, data)], drawing.language)
    letter = replace(to_mail("", lane=Lane.CAMPAIGN), page=page)
    return text_of(parsed(written(letter, UNTAGGED)), "html")


def main() -> None:
    """Draws them all."""
    for drawing in DRAWINGS:
        draw(page_of(drawing), drawing.width, FOLDER / f"{drawing.file}.png", dark=drawing.dark)


if __name__ == "__main__":
    main()
