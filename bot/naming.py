"""What a text names: a command, or a button of the page just shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.messages import Call, Page, Press, read_press
from bot.question import Answer, Question
from bot.reading.choices import says_no
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold, one_slip
from bot.render import LANGUAGES, Wording
from bot.turn import Ability, Turn
from storage.talks import KeptTalk

LONGEST_NUMBER = 3
"""Digits of a button's number."""
BESIDE: Final = frozenset({"helped", "not-helped", "help"})
"""Abilities whose buttons stand beside what a page offers: a "yes" does not mean them."""
TO_THE_TEAM: Final = "forward"
PLACES: Final = (
    "premiere?|first",
    "deuxieme|seconde?|second",
    "troisieme|third",
    "quatrieme|fourth",
    "cinquieme|fifth",
)
PLACE: Final = re.compile(
    r"(?:#|no\.? ?|numero |number |option |choix |la |le |l'|the )*"
    rf"(?:(\d{{1,2}})(?:re|er|ere|e|eme|st|nd|rd|th)?|{'|'.join(f'({words})' for words in PLACES)})"
    r"(?: one| choix| option)?"
    r"(?:,? (?:svp|stp|s'il (?:vous|te) plait|please|pls|merci|thanks|thank you))*"
)
"""The place of a button in words: « la 2 », « le premier », "the second one"; folded text."""


FIRST_THOUGHT: Final = re.compile(r"^(?:(?:en fait|finalement|ben|bon|actually|in fact|well)[, ]+)+")
"""What may go before the words of a button; folded text."""
ON_SECOND_THOUGHT: Final = re.compile(r",? (?:finalement|plutot|instead|after all)$")
"""What may follow a command that takes the place of something else; folded text."""
HESITATES: Final = re.compile(
    r"^(?:(?:bof|bah|ben|bon|non|no|ok|okay|euh|um|finalement|actually)\b[ ,.!]*)+(?=\S)"
)
"""What may come before a word that leaves off; folded text."""
LEAVING: Final = ("later", "cancel")
OTHERWISE: Final = {"yes": "oui", "oui": "yes", "no": "non", "non": "no"}
"""The same word in the other language."""


def index_words(wording: Wording, abilities: Sequence[Ability]) -> dict[str, str]:
    """Which command each word means, slash words with their slash; the first ability that claims a word has it.

    What a menu calls an ability that may be typed names it as well, wherever the menu is.
    """
    words: dict[str, str] = {}
    for ability in abilities:
        for key, before in (("slash", "/"), ("words", "")):
            for word in wording.words(f"{ability.name}/command", key):
                words.setdefault(before + fold(word), ability.name)
    typed = (one for one in abilities if one.listed or wording.words(f"{one.name}/command", "words"))
    for ability in typed:
        for language in LANGUAGES:
            words.setdefault(fold(wording.text(f"{ability.name}/command", language, {})), ability.name)
    return words


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
    folded = fold(text)
    named = (
        exact.get(folded) or exact.get(FIRST_THOUGHT.sub("", folded)) or exact.get(OTHERWISE.get(folded, ""))
    )
    refusal = exact.get("non", exact.get("no")) if kept and says_no(text) else None
    found = named or refusal or (None if folded else signs.get(text[:1]))
    if found or kept:
        return read_press(found) if found else None
    chosen = choose(text, calls)
    return read_press(chosen) if chosen else _offer_taken(turn, shown, text) or place_meant(shown, text)


def _offer_taken(turn: Turn, shown: Sequence[Mapping[str, Any]], text: str) -> Press | None:
    """The one thing that the last answer offered, for a "yes" to it; or else what hands the question to the team."""
    calls = [call for button in shown if isinstance(call := read_press(button["press"]), Call)]
    offered = [call for call in calls if call.command not in BESIDE]
    an_answer = len(offered) < len(calls) or any(call.command == TO_THE_TEAM for call in offered)
    if not an_answer or len(offered) != 1:
        return None
    words = turn.house.wording.words("questions/unknown", "yes")
    return offered[0] if fold(text) in map(fold, words) else None


def place_meant(shown: Sequence[Mapping[str, Any]], text: str) -> Press | None:
    """The button just shown whose place the words tell."""
    found = PLACE.fullmatch(fold(text.replace("#", "no ")))
    if found is None:
        return None
    digits, *words = found.groups()
    place = int(digits) if digits else next(n for n, word in enumerate(words, 1) if word)
    button = shown[place - 1] if 1 <= place <= len(shown) else None
    return read_press(button["press"]) if button and button.get("numbered", True) else None


def button_on(page: Page, text: str) -> Press | None:
    """The button of this very page that a reply to it names, by its number or its label."""
    words = text.strip()
    numbers = {str(number): button for number, button in enumerate(page.buttons, 1) if page.numbered}
    labels = {fold(label): button for button in page.buttons for label in (button.label, *button.also)}
    meant = numbers.get(words) or labels.get(fold(words))
    return read_press(meant.press) if meant else None


def is_choice(kept: KeptTalk, text: str) -> bool:
    """Whether the text names a choice just shown: then it does not begin something else."""
    return _is_one_of(text, (button for button in kept.offered if not button["press"].startswith("!")))


def is_offered(kept: KeptTalk, text: str) -> bool:
    """Whether the text names a button that the talk has just shown: « add a note » means that very one."""
    return _is_one_of(text, kept.offered)


def is_shown(turn: Turn, text: str) -> bool:
    """Whether the text names a button just shown outside any talk: « modifier » below a receipt means that very one."""
    return _is_one_of(text, turn.person.offered)


def _is_one_of(text: str, buttons: Iterable[Mapping[str, Any]]) -> bool:
    words = (word for button in buttons for word in (button["label"], *button.get("also", ())))
    return fold(text) in map(fold, words)


def command_named(turn: Turn, text: str) -> str | None:
    """The command that the text names: a slash word only with its slash, or it would mean more than people do."""
    if text.startswith("/"):
        slash = turn.house.words.get(f"/{fold(text)}")
        return slash or turn.house.words.get(fold(text))
    named = turn.house.words.get(fold(text)) or turn.house.words.get(ON_SECOND_THOUGHT.sub("", fold(text)))
    return named or _named_after_greeting(turn, text) or _named_in_doubt(turn, text)


def _named_after_greeting(turn: Turn, text: str) -> str | None:
    """« Hello, english please »: what somebody wants who says good day first."""
    greeting, _, wanted = text.strip().partition(" ")
    greets = wanted and turn.house.words.get(fold(greeting)) == "start"
    return turn.house.words.get(fold(wanted)) if greets else None


def _named_in_doubt(turn: Turn, text: str) -> str | None:
    """« Bof, laisse faire », « non attends »: whoever does not go on, whatever they say first."""
    named = turn.house.words.get(HESITATES.sub("", fold(text)))
    return named if named in LEAVING else None


def command_nearly(turn: Turn, text: str) -> str | None:
    """The one command that the text names but for a slip of one letter."""
    typed = fold(text).replace(" ", "")
    near = {name for word, name in turn.house.words.items() if one_slip(typed, word.replace(" ", ""))}
    return near.pop() if len(near) == 1 else None


def answer_for(turn: Turn, question: Question[object], text: str) -> Answer:
    """The answer that a text stands for, of a question that nobody put just now."""
    options: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for label in turn.house.wording.labels_before(question.template, language):
            if label.key in question.reader.choices:
                options[label.key] = (*options.get(label.key, ()), *label.words)
    value = _numbered(question, options, text) or choose(
        text, list(options.items()), exactly=question.reader.reads_anything
    )
    return Answer(text, turn.written, value, "", turn.heard.name)


def _numbered(question: Question[object], options: Mapping[str, object], text: str) -> str | None:
    """The choice that a bare number stands for."""
    place = int(text) if question.reader.numbered and text.isdecimal() and len(text) <= 2 else 0
    is_choice = question.reader.choices == tuple(options) and not question.reader.reads_anything
    return list(options)[place - 1] if is_choice and 1 <= place <= len(options) else None
