"""What a letter brings that is another one each time, such as a code: shown by a name, and typed by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PATTERNS = {
    "{code}": re.compile(r"(?<=Votre code\N{NO-BREAK SPACE}: )\d{3} \d{3}|(?<=Your code: )\d{3} \d{3}"),
    "{token}": re.compile(r"(?<=\?start=)[A-Za-z]{32}"),
}


@dataclass(slots=True)
class Unrepeatable:
    """The last of each that was read, by its name."""

    last: dict[str, str] = field(default_factory=dict)

    def hidden(self, page: str) -> str:
        """The page with names for them."""
        for name, pattern in PATTERNS.items():
            found = pattern.search(page)
            if found:
                self.last[name] = found[0]
            page = pattern.sub(name, page)
        return page

    def told(self, action: tuple[str, ...]) -> tuple[str, ...]:
        """What is done, with themselves for their names."""
        return tuple(self._told(line) for line in action)

    def _told(self, line: str) -> str:
        for name, secret in self.last.items():
            line = line.replace(name, secret)
        return line
