"""Where a letter may ask something: what was written this time, its questions alone, its subject, the whole mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.heads import said_and_asked
from bot.letter_lines import beside_lines
from bot.messages import Heard

MUCH_MORE: Final = 1.5
"""Times as long as what was written this time: something is forwarded below."""
LONGEST: Final = 3_000
"""Characters of a whole mail, with what it forwards."""


def texts_of(heard: Heard) -> Iterator[str]:
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
