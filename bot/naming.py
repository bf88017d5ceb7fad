"""What a text names: a command, or a button of the page just shown."""

from __future__ import annotations

from bot.messages import Page, Press, read_press
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold, one_slip
from bot.turn import Turn
from storage.talks import KeptTalk

LONGEST_NUMBER = 3
"""Digits of a button's number."""


def button_meant(turn: Turn, kept: KeptTalk | None) -> Press | None:
    """The button just shown that a number or a text names; answers to a question are read by the question."""
    text = turn.heard.text.strip()
    if is_quoted(text):
        return None
    shown = [*(kept.offered if kept else turn.person.offered)]
    short = text.isdecimal() and len(text) <= LONGEST_NUMBER
    if short and 1 <= int(text) <= len(shown) and shown[int(text) - 1].get("numbered", True):
        return read_press(shown[int(text) - 1]["press"])
    calls = [(b["press"], (b["label"], *b.get("also", ()))) for b in shown if b["press"].startswith("!")]
    exact = {fold(word): value for value, words in calls for word in words}
    signs = {words[0][:1]: value for value, words in calls if not fold(words[0][:1])}
    found = exact.get(fold(text)) or (None if fold(text) else signs.get(text[:1])) or (choose(text, calls) if kept is None else None)
    return read_press(found) if found else None


def button_on(page: Page, text: str) -> Press | None:
    """The button of this very page that a reply to it names, by its number or its label."""
    words = text.strip()
    numbers = {str(number): button for number, button in enumerate(page.buttons, 1) if page.numbered}
    labels = {fold(label): button for button in page.buttons for label in (button.label, *button.also)}
    meant = numbers.get(words) or labels.get(fold(words))
    return read_press(meant.press) if meant else None


def is_choice(kept: KeptTalk, text: str) -> bool:
    """Whether the text names a choice just shown: then it does not begin something else."""
    picks = (button for button in kept.offered if not button["press"].startswith("!"))
    return any(fold(text) == fold(word) for b in picks for word in (b["label"], *b.get("also", ())))


def command_named(turn: Turn, text: str) -> str | None:
    """The command that the text names: a slash word only with its slash, or it would mean more than people do."""
    slash = turn.house.words.get(f"/{fold(text)}") if text.startswith("/") else None
    return slash or turn.house.words.get(fold(text))


def command_nearly(turn: Turn, text: str) -> str | None:
    """The one command that the text names but for a slip of one letter."""
    typed = fold(text).replace(" ", "")
    near = {name for word, name in turn.house.words.items() if one_slip(typed, word.replace(" ", ""))}
    return near.pop() if len(near) == 1 else None
