"""What a message asks: each text of it that may be a question, read in the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import structlog

from bot.heads import said_and_asked
from bot.letter_lines import beside_lines
from bot.messages import Heard, Kind
from faq.edition import Edition, Reading
from faq.matcher import confident

log = structlog.get_logger()

MUCH_MORE: Final = 1.5
"""Times as long as what was written this time: something is forwarded below."""
LONGEST: Final = 3_000
"""Characters of a whole mail, with what it forwards."""


def reading_of(heard: Heard, edition: Edition) -> Reading | None:
    """What the knowledge base makes of a text; were it out of order, everything else would still work."""
    if heard.kind not in (Kind.TEXT, Kind.FOREIGN) or not heard.text:
        return None
    try:
        readings = map(edition.read, _texts_of(heard))
        first = next(readings)
        return first if _is_sure(first) else next(filter(_answers, readings), first)
    except Exception:
        log.exception("match-failed", channel=heard.channel, mark=heard.mark)
        return None


def _is_sure(reading: Reading) -> bool:
    return (
        confident(reading.match) or reading.match.outcome in ("small_talk", "wish") or bool(reading.several)
    )


def _answers(reading: Reading) -> bool:
    return confident(reading.match) or bool(reading.several)


def _texts_of(heard: Heard) -> Iterator[str]:
    """The texts to be tried in turn; only a letter that begins a thread is looked for in its subject and its quotes."""
    envelope = heard.envelope
    own = heard.text if envelope is None else beside_lines(heard.text)
    yield own
    if envelope is None:
        return
    said, asked = said_and_asked(own)
    if said and asked:
        yield asked
    if heard.about:
        return
    subject = envelope.thread.subject
    if subject and subject != own:
        yield f"{subject}, {own}"  # one sentence: a subject is no question apart
    whole = envelope.whole[:LONGEST].strip()
    if len(whole) > len(own) * MUCH_MORE:
        yield f"{subject}\n{whole}"
