"""Trouble on demand: what goes wrong at the next calls."""

import asyncio
from dataclasses import dataclass, field

from tests.fakes.telegram.errors import Refusal

DOWNLOAD = "download"
"""The name, among methods, of fetching a file's content."""
QUIET = ("getUpdates", DOWNLOAD)
"""Trouble for any call leaves these alone, or the poll that happens to come next would swallow it."""


@dataclass(slots=True)
class Snag:
    """Meets `times` calls of the method (None: any but those of QUIET), to the chat (None: any).

    `refusal` is the answer; None cuts the connection instead, `after` the call was carried out or before.
    """

    times: int
    refusal: Refusal | None
    method: str | None = None
    chat: int | None = None
    after: bool = False

    def meets(self, method: str, chat: object) -> bool:
        of_method = method == self.method if self.method else method not in QUIET
        return self.times > 0 and of_method and self.chat in (None, chat)


@dataclass(slots=True)
class Trouble:
    snags: list[Snag] = field(default_factory=list)
    held: dict[tuple[str, bool], asyncio.Event] = field(default_factory=dict)
    """What waits until its event is set: calls of a method, or (True) the answers to those carried out."""

    async def hold_up(self, method: str, *, after: bool) -> None:
        """Returns when calls of this method, or the answers to them, may go on."""
        if event := self.held.get((method, after)):
            await event.wait()

    def next(self, method: str, chat: object) -> Snag | None:
        """The oldest trouble that this call runs into; it is then one time less."""
        snag = next((snag for snag in self.snags if snag.meets(method, chat)), None)
        if snag:
            snag.times -= 1
        return snag
