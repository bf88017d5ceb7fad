"""Cleans a message on arrival: no pupil's number, and nothing that a database cannot take."""

from __future__ import annotations

from dataclasses import replace

from bot.blanking import BLANK, blank
from bot.messages import Envelope, Heard


def cleaned(heard: Heard) -> Heard:
    """The message as it may be stored, in every field of it."""
    files = tuple(replace(file, name=_clean(file.name)) for file in heard.files)
    envelope = heard.envelope and _of_envelope(heard.envelope)
    clean = replace(heard, text=_clean(heard.text), envelope=envelope, files=files)
    return replace(clean, masked=_blanks(clean) > _blanks(heard))


def _blanks(heard: Heard) -> int:
    """How many blanks stand in what was written this time; what a letter quotes was spoken of before."""
    written = (heard.envelope.written, heard.envelope.thread.subject) if heard.envelope else ()
    return sum(text.count(BLANK) for text in (heard.text, *written))


def _of_envelope(envelope: Envelope) -> Envelope:
    return Envelope(
        replace(envelope.thread, subject=_clean(envelope.thread.subject)),
        _clean(envelope.written),
        _clean(envelope.whole),
        tuple(map(_clean, envelope.attachments)),
    )


def _clean(text: str) -> str:
    return blank(_writable(text))


def _writable(text: str) -> str:
    """Without what no database takes: NUL, and halves of a character (a "?" for one would make the text a question)."""
    return text.replace("\0", " ").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
