"""Sheet: one TOML file read key by key, every fault noted with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")

SECTION: Final = re.compile(r"\[([\w-]+)\]")
KEY: Final = re.compile(r"([\w-]+)\s*=")
QUOTES: Final = re.compile(r"'''|\"\"\"")
AT_LINE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

KINDS: Final = {str: "a text", list: "a list of texts", bool: "true or false", dict: "a section"}


class Fault(NamedTuple):
    """One thing to correct in one file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Line(NamedTuple):
    """One line of a text that stands in a sheet."""

    number: int
    text: str


class Sheet:
    """Asked for what should be in the file, gives it, or an empty stand-in and a fault."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.places: dict[tuple[str, str], int] = {}
        self.table: dict[str, object] = {}
        self._read(content)

    def fault(self, what: str, line: int) -> None:
        """Notes something to correct."""
        self.faults.append(Fault(self.file, line, what))

    def line(self, key: str, section: str = "") -> int:
        """Where the key or section of that name stands, or else what it should stand in."""
        candidates = ((section, key), (key, ""), (section, ""))
        return next((self.places[place] for place in candidates if place in self.places), 1)

    def only(self, keys: Iterable[str], section: str = "") -> None:
        """Faults every other key of the section, which is most often a slip of the pen."""
        known = tuple(keys)
        for key in self._section(section):
            if key not in known:
                self.fault(f"{key}: is not known here; known: {', '.join(known)}", self.line(key, section))

    def text(self, key: str, section: str = "", *, optional: bool = False) -> str:
        """A text that is not empty, without blank lines around it; empty if it is optional and left out."""
        text = self._value(str, key, section, optional=optional)
        if text is not None and not text.strip():
            self.fault(f"{key}: is empty", self.line(key, section))
        return (text or "").strip()

    def lines(self, key: str, section: str = "", *, optional: bool = False) -> tuple[Line, ...]:
        """The lines of a text that say something."""
        if not self.text(key, section, optional=optional):
            return ()
        raw = str(self._section(section)[key])
        first = self.first_line(key, section)
        return tuple(Line(at, line.strip()) for at, line in enumerate(raw.split("\n"), first) if line.strip())

    def first_line(self, key: str, section: str = "") -> int:
        """Where the text of a key begins: the line below for one between triple quotes."""
        raw = str(self._section(section).get(key, ""))
        return self.line(key, section) + ("\n" in raw)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        names = self._value(list, key) or []
        if not all(isinstance(name, str) and name.strip() for name in names):
            self.fault(f"{key}: every item is a text between quotes", self.line(key))
            return ()
        return tuple(names)

    def flag(self, key: str) -> bool:
        """True or false; false when left out."""
        return bool(self._value(bool, key, optional=True))

    def _section(self, section: str) -> dict[str, object]:
        found = self.table.get(section, {}) if section else self.table
        return found if isinstance(found, dict) else {}

    def _value(self, kind: type[T], key: str, section: str = "", *, optional: bool = False) -> T | None:
        value = self._section(section).get(key)
        if isinstance(value, kind):
            return value
        if value is not None:
            self.fault(f"{key}: must be {KINDS[kind]}", self.line(key, section))
        elif not optional:
            self.fault(f"{key}: is missing{f' under [{section}]' if section else ''}", self.line("", section))
        return None

    def _read(self, content: bytes) -> None:
        try:
            source = content.decode()
            self.places = dict(_places(source))
            self.table = tomllib.loads(source)
        except UnicodeDecodeError as error:
            self.fault("is not UTF-8 text", content[: error.start].count(b"\n") + 1)
        except tomllib.TOMLDecodeError as error:
            found = AT_LINE.search(str(error))
            last = content.count(b"\n") + 1
            line = int(found["line"] or last) if found else last
            self.fault(f"does not read as TOML: {AT_LINE.sub('', str(error))}", line)


def _places(source: str) -> Iterator[tuple[tuple[str, str], int]]:
    """(section, key) → line; tomllib does not say. A key of "" is the section's heading."""
    section = inside = ""
    for number, line in enumerate(source.split("\n"), 1):
        if inside:
            inside = "" if inside in line else inside
        elif heading := SECTION.match(line):
            section = heading[1]
            yield (section, ""), number
        elif key := KEY.match(line):
            yield (section, key[1]), number
            inside = _left_open(line)


def _left_open(line: str) -> str:
    quotes = QUOTES.findall(line)
    return quotes[0] if len(quotes) == 1 else ""
