"""Wording: a reply and its data into a page, in French or English. All sentences stand in templates/.

A template file is Jinja2 text in mini-HTML. Below a line `---` stand labels, one a line: `key: label | other words`.
A key that is a choice's value makes a button that answers the question, `!command:argument` one that calls a command.
`#` names the field in a recap, `?` is the help for the question, `~` shows how its line in a letter is filled in; any
other key is read by who asks for it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined, TemplateNotFound

from bot import dates
from bot.blanking import blank
from bot.messages import Button, Call, Page, Pick, Reply

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
SEPARATOR = "\n---\n"
SUBJECT = "@"
"""The label that says what a letter is about, where it begins a thread."""
EXAMPLE = "~"
"""The label that shows how a field is filled in, for lines that stand together in a letter."""
NO_CHOICES = ("#", "?", SUBJECT, EXAMPLE)
"""Labels that are no choice of their question: the field's name, the help, the subject, the example."""
LONGEST_TOPIC = 60
"""Characters."""
BLANK_LINES = re.compile(r"\n{3,}")
"""What a part left out by a condition leaves behind."""


@dataclass(frozen=True, slots=True)
class Label:
    """One line below a template's separator."""

    key: str
    text: str
    also: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that may be typed for it."""
        return (self.text, *self.also)


class Wording:
    """The templates of both languages, with the facts that any of them may say."""

    def __init__(self, facts: Mapping[str, object], zone: tzinfo, folder: Path = TEMPLATES) -> None:
        self._rooms = {
            language: _environment(folder / language, language, facts, zone) for language in LANGUAGES
        }

    def text(self, template: str, language: str, data: Mapping[str, object]) -> str:
        """The wording in mini-HTML; a name that the data lacks is an error."""
        text: str = self._rooms[language].get_template(template).render(data)
        return BLANK_LINES.sub("\n\n", text.strip())

    def source(self, text: str, language: str, data: Mapping[str, object]) -> str:
        """The same for wording that stands elsewhere, such as an entry's answer."""
        return str(_compiled(self._rooms[language], text).render(data)).strip()

    def labels(
        self, template: str, language: str, data: Mapping[str, object] | None = None
    ) -> tuple[Label, ...]:
        """The lines below the template's separator, in order."""
        return _labels(self._rooms[language], template, data or {})

    def labels_before(self, template: str, language: str) -> tuple[Label, ...]:
        """The same as they stand before anything is answered, where nothing else is known."""
        return _unanswered(self._rooms[language], template)

    def label(self, template: str, key: str, language: str) -> Label | None:
        """One of them, by key, as it stands before anything is answered."""
        return _find(self._rooms[language], template, key)

    def words(self, template: str, key: str) -> tuple[str, ...]:
        """What may be typed for a label, in either language."""
        found = (self.label(template, key, language) for language in LANGUAGES)
        return tuple(word for label in found if label for word in label.words)

    def page(self, replies: Sequence[Reply], language: str) -> Page:
        """One message out of the replies of one turn, with all their buttons: those of its question come first."""
        texts = [self.text(reply.template, language, reply.data) for reply in replies]
        own_first = sorted(replies, key=lambda reply: not reply.question)
        buttons = [button for reply in own_first for button in (*reply.buttons, *self._own(reply, language))]
        subjects = (self._subject(reply, language) for reply in replies)
        return Page(
            "\n\n".join(text for text in texts if text),
            tuple(buttons),
            subject=next(filter(None, subjects), ""),
            language=language,
            files=tuple(file for reply in replies for file in reply.files),
        )

    def _subject(self, reply: Reply, language: str) -> str:
        labels = self.labels(reply.template, language, reply.data)
        return next((label.text for label in labels if label.key == SUBJECT), "")

    def _own(self, reply: Reply, language: str) -> list[Button]:
        buttons = (_button(label, reply) for label in self.labels(reply.template, language, reply.data))
        return [button for button in buttons if button]


def _button(label: Label, reply: Reply) -> Button | None:
    if label.key.startswith("!"):
        command, _, argument = label.key[1:].partition(":")
        return Button(label.text, str(Call(command, argument, reply.talk, reply.question)), label.also)
    if reply.question and label.key not in NO_CHOICES:
        return Button(label.text, str(Pick(reply.talk, reply.question, label.key, reply.asked)), label.also)
    return None


def _labels(environment: Environment, template: str, data: Mapping[str, object]) -> tuple[Label, ...]:
    lines = environment.get_template(f"{template}#").render(data).splitlines()
    return tuple(_label(html.unescape(line)) for line in lines if line.strip())


def _label(line: str) -> Label:
    """Plain text: whoever shows it on a page escapes it there."""
    key, _, rest = line.partition(": ")
    text, *also = (part.strip() for part in rest.split("|"))
    return Label(key.strip(), text, tuple(word.strip() for part in also for word in part.split(",")))


def escaping(loader: BaseLoader) -> Environment:
    """Templates in which a missing name is a fault, and what is put in is escaped unless it is `Markup`."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # there are more than it would keep, and all of them take 9 MB
    )


def _environment(folder: Path, language: str, facts: Mapping[str, object], zone: tzinfo) -> Environment:
    environment = escaping(FunctionLoader(lambda name: _load(folder, name)))
    environment.globals.update(facts, language=language)
    environment.filters.update(_filters(language, zone))
    environment.filters["said"] = lambda value, template: _said(environment, value, template)
    environment.filters["label"] = lambda key, template: _text_of(environment, template, key) or key
    environment.globals["field"] = lambda template: _field(environment, template)
    return environment


def _filters(language: str, zone: tzinfo) -> dict[str, Callable[..., str]]:
    return {
        "day": lambda day: dates.long_day(day, language),
        "short_day": lambda day: dates.short_day(day, language),
        "number": lambda value: dates.number(value, language),
        "percent": lambda value: dates.percent(value, language),
        "local": lambda moment: moment.astimezone(zone).date(),
        "clock": lambda moment: dates.clock(moment.astimezone(zone), language),
        "topic": topic,
    }


def topic(text: str) -> str:
    """What a text begins with, for the subject of a letter: on one line, and with nothing to be kept private."""
    line = " ".join(blank(text).replace("|", " ").split())
    cut = line[:LONGEST_TOPIC].rpartition(" ")[0] or line[: LONGEST_TOPIC - 1]
    return line if len(line) <= LONGEST_TOPIC else f"{cut.rstrip(' ,.;:')}…"


def _load(folder: Path, name: str) -> str:
    wants_labels = name.endswith("#")
    path = folder / f"{name.removesuffix('#')}.txt"
    try:
        text, _, labels = path.read_text(encoding="utf-8").partition(SEPARATOR)
    except FileNotFoundError as missing:
        raise TemplateNotFound(name, f"no template {path}") from missing
    return labels if wants_labels else text


@lru_cache(maxsize=1024)
def _compiled(environment: Environment, text: str) -> Any:
    return environment.from_string(text)


def _said(environment: Environment, value: object, template: str) -> str:
    """A value as the person reads it: a choice by its label, a date in words."""
    if isinstance(value, bool):
        return _text_of(environment, template, "yes" if value else "no") or str(value)
    if isinstance(value, Enum):
        return _text_of(environment, template, str(value.value)) or str(value.value)
    if isinstance(value, date):
        return str(environment.filters["day"](value))
    if isinstance(value, str | int):
        return str(value)
    return _text_of(environment, template, str(value)) or str(value)


def _field(environment: Environment, template: str) -> str:
    return _text_of(environment, template, "#") or template


def _text_of(environment: Environment, template: str, key: str) -> str | None:
    label = _find(environment, template, key)
    return label.text if label else None


def _find(environment: Environment, template: str, key: str) -> Label | None:
    return next((label for label in _unanswered(environment, template) if label.key == key), None)


@lru_cache(maxsize=4096)  # a message looks labels up by the hundred, and they are always the same
def _unanswered(environment: Environment, template: str) -> tuple[Label, ...]:
    """As they stand before anything is answered."""
    return _labels(environment, template, {"values": {}})
