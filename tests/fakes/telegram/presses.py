"""Buttons that were pressed and wait for answerCallbackQuery."""

from dataclasses import dataclass
from itertools import count

from tests.fakes.telegram.errors import bad_request


@dataclass(slots=True)
class Press:
    """`notice`: what popped up on the person's screen when the bot answered, None for nothing."""

    id: str
    person: int
    data: str
    answered: bool = False
    notice: str | None = None
    alert: bool = False


class Presses:
    """Every press, by its identifier, in order."""

    def __init__(self) -> None:
        self.made: dict[str, Press] = {}
        self._numbers = count(1)

    def add(self, person: int, data: str) -> Press:
        press = Press(f"90{next(self._numbers):06}", person, data)
        self.made[press.id] = press
        return press

    def answer(self, identifier: str, notice: str | None, alert: bool) -> None:
        """Stops the button's spinner; a press can be answered once."""
        press = self.made.get(identifier)
        if press is None or press.answered:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answered, press.notice, press.alert = True, notice or None, alert

    def unanswered(self) -> list[Press]:
        """Presses whose spinner still turns."""
        return [press for press in self.made.values() if not press.answered]
