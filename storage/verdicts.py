"""What is said of the letters of a campaign in the transaction that claims them, and what is then done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import String, bindparam, update

from bot.messages import Letter
from storage.columns import Instant
from storage.database import Transaction
from storage.people import Address
from storage.sealing import Sealed, SealedJson, SealedLine
from storage.tables import letter

TOKEN_BYTES = 12
"""96 bits of chance: nobody guesses the secret of a letter."""


@dataclass(frozen=True, slots=True)
class Skip:
    """It is not to leave any more, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not before then; its tries begin anew, so that it holds back no other letter to its address."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """It takes another way: it is claimed and judged there."""

    to: Address


Verdict = Letter | Skip | Later | Elsewhere
"""A letter: it leaves so, with this page."""
Judge = Callable[[Transaction, Sequence[Letter]], Sequence[Verdict]]
"""Called once a claimed batch for all letters of campaigns in it: a verdict for each, in their order.

It keeps the ledger as well: what it says is done in the same transaction. May raise Faulty.
"""


class Faulty(Exception):
    """A campaign at fault: see to it in a transaction of its own, where nobody else holds it, and judge all again."""

    def __init__(self, campaign_id: int, see_to: Callable[[Transaction], bool]) -> None:
        self.campaign_id = campaign_id
        self.see_to = see_to
        """False: somebody else has seen to it."""


def new_token() -> str:
    """The secret of a letter."""
    return token_hex(TOKEN_BYTES)


def move(tx: Transaction, moved: Sequence[tuple[Letter, Later | Elsewhere]], now: datetime) -> None:
    """Puts letters off, or onto another way."""
    if moved:
        tx.execute(_MOVE, [_moved(one, verdict, now) for one, verdict in moved])


def write_pages(tx: Transaction, leaving: Sequence[Letter]) -> None:
    """Keeps the pages that leave: answers to them and the numbers of their buttons find them there."""
    if leaving:
        tx.execute(_WRITE, [_page(one) for one in leaving])


def _moved(one: Letter, verdict: Later | Elsewhere, now: datetime) -> dict[str, object]:
    if isinstance(verdict, Later):
        return {"the_id": one.id, "at": verdict.until, "way": one.channel, "where": one.address}
    return {"the_id": one.id, "at": now, "way": verdict.to.channel, "where": verdict.to.value}


def _page(one: Letter) -> dict[str, object]:
    page = one.page
    return {
        "the_id": one.id,
        "text": page.html,
        "choices": [[button.label, button.press, button.also] for button in page.buttons],
        "about": page.subject or None,
        "spoken": page.language,
        "secret": one.token,
    }


_BY_ID = update(letter).where(letter.c.id == bindparam("the_id"))
_MOVE = _BY_ID.values(
    due=bindparam("at", type_=Instant),
    channel=bindparam("way", type_=String),
    address=bindparam("where", type_=String),
    attempts=0,
    put_off_at=None,
)
_WRITE = _BY_ID.values(
    html=bindparam("text", type_=Sealed),
    buttons=bindparam("choices", type_=SealedJson),
    subject=bindparam("about", type_=SealedLine(300)),
    language=bindparam("spoken", type_=String),
    token=bindparam("secret", type_=SealedLine(32)),
)
