"""A page as lines of text for a terminal: wrapped, its choices numbered or in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from bot import markup
from bot.messages import Button, Page

ACCENT = "magenta"
"""The one colour of the sixteen that reads well on dark and on light."""
STYLES = {"b": "bold", "i": "italic", "code": ACCENT, "a": "underline"}

NO_BREAK = "\N{NO-BREAK SPACE}"
HELD, JOINED = "\ue000", "\ue001"
"""Stand for a no-break space, and for the spaces in a button, while lines are made: rich breaks at any space."""

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
"""What somebody wrote must not steer the terminal of whoever reads it."""
MARKER = re.compile(r"(?:[•–-]|\d+[.)])[ \u00a0]+")
"""What begins an item of a list: its further lines stand under its words."""


def lines(page: Page, width: int, *further: str) -> list[Text]:
    """The page, and further mini-HTML texts between its own and the buttons, in lines of so many columns."""
    texts = [_in_lines(_styled(html), width) for html in (page.html, *further)]
    choices = (_numbered if page.numbered else _in_words)(page.buttons, width)
    return _spaced([*texts, choices])


def _spaced(blocks: Iterable[Sequence[Text]]) -> list[Text]:
    """The blocks that hold something, an empty line between them."""
    spaced: list[Text] = []
    for block in filter(None, blocks):
        spaced += [Text(), *block] if spaced else block
    return spaced


def _styled(html: str) -> Text:
    runs = markup.spelled_out(markup.read(html))
    return Text.assemble(*((_harmless(run.text), _style(run)) for run in runs))


def _harmless(text: str) -> str:
    return CONTROLS.sub(" ", text.replace(NO_BREAK, HELD))


def _style(run: markup.Run) -> str:
    return " ".join(style for name, style in STYLES.items() if run.has(name))


def _in_lines(text: Text, width: int) -> list[Text]:
    if not text.plain.strip():
        return []
    return [wrapped for line in text.split("\n", allow_blank=True) for wrapped in _hung(line, width)]


def _hung(line: Text, width: int) -> Iterator[Text]:
    """One line wrapped, under its first word when it is an item of a list."""
    marker = MARKER.match(line.plain.replace(HELD, NO_BREAK))
    return _wrapped(line, width, marker.end() if marker else 0)


def _wrapped(line: Text, width: int, hang: int) -> Iterator[Text]:
    lead, rest = line[:hang], line[hang:]
    for part in rest.wrap(_MEASURE, max(width - hang, 1)) or [rest]:
        whole = Text.assemble(lead, part)
        whole.rstrip()
        whole.plain = whole.plain.replace(HELD, NO_BREAK).replace(JOINED, " ")
        yield whole
        lead = Text(" " * hang)


_MEASURE = Console(width=80)


def _numbered(buttons: Sequence[Button], width: int) -> list[Text]:
    digits = len(str(len(buttons)))
    made: list[Text] = []
    for number, button in enumerate(buttons, 1):
        lead = f"  {number:>{digits}}. "
        line = Text.assemble((lead, f"bold {ACCENT}"), _harmless(button.label))
        made += _wrapped(line, width, len(lead))
    return made


def _in_words(buttons: Sequence[Button], width: int) -> list[Text]:
    words = [(f"[{_harmless(button.label)}]".replace(" ", JOINED), ACCENT) for button in buttons]
    return list(_wrapped(Text("  ").join(Text(*word) for word in words), width, 0)) if words else []
