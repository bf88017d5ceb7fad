"""Letters as people write them: an answer above the quoted letter, or inside it, with what comes along."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import markup
from bot.channels.mail import read
from bot.channels.mail.fetch.heard import text_of
from bot.channels.mail.read.quote import own_text
from bot.messages import Envelope, File, Letter, Page, Thread

QUOTED_WIDTH = 76
"""Characters at which a mail program folds what it quotes."""
ATTRIBUTION = "Le mar. 17 nov. 2026 à 09 h 30, Déclic <declic@exemple.invalid> a écrit :"
FOOTER = "-- \nDéclic est l’assistant automatique. Pour qu’une personne vous lise, répondez « humain »."


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter but for what is written in it."""

    subject: str | None = None
    """Given, it begins a thread; else it answers a letter."""
    back: int = 0
    """How many letters before the last one it answers."""
    attachments: tuple[str, ...] = ()
    proven: bool = True
    files: tuple[File, ...] = ()
    """What comes along and is looked at."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What is read of it: the text that it comes down to, and the rest."""

    text: str
    envelope: Envelope


def mail_of(text: str, inside: Sequence[str], answered: Letter | None, draft: Draft, message_id: str) -> Mail:
    """The mail, read as the channel reads it. `inside`: « label : answer » to write into the quoted letter.

    « label :: answer » goes on a line of its own below the label.
    """
    whole = "\n\n".join(filter(None, [text, "\n".join(_below(answered.page, inside)) if answered else ""]))
    own = own_text(whole).text
    subject = draft.subject or (f"Re: {answered.page.subject}" if answered else "")
    envelope = Envelope(Thread(subject, message_id), own, whole, draft.attachments)
    answers = (f"<m{answered.id}>",) if answered else ()
    mail = read.Mail(read.Verdict.HEARD, subject=subject, text=own, whole=whole, in_reply_to=answers)
    return Mail(text_of(mail), envelope)


def _below(page: Page, inside: Sequence[str]) -> Iterator[str]:
    yield ATTRIBUTION
    yield ""
    fills = dict(_fill(line) for line in inside)
    for line in _plain(page):
        yield from _quoted(line, fills)
    assert not fills, f"not in the letter: {fills}"


def _plain(page: Page) -> list[str]:
    buttons = [f"{number}. {button.label}" for number, button in enumerate(page.buttons, 1)]
    return [*markup.to_plain(page.html).split("\n"), "", *buttons, "", *FOOTER.split("\n")]


def _fill(line: str) -> tuple[str, str]:
    label, _, answer = line.partition(":")
    return label.strip(), answer


def _quoted(line: str, fills: dict[str, str]) -> Iterator[str]:
    folded = textwrap.wrap(line, QUOTED_WIDTH, break_long_words=False) or [""]
    label = next((one for one in fills if _is_labelled(line, one)), None)
    if label is None:
        yield from (f"> {one}".rstrip() for one in folded)
        return
    answer = fills.pop(label)
    before = line.rpartition(":")[0]
    if answer.startswith(":"):
        yield f"> {line}"
        yield answer[1:].strip()
    else:
        yield f"> {before}: {answer.strip()}"


def _is_labelled(line: str, label: str) -> bool:
    start = line.replace("\N{NO-BREAK SPACE}", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return start.startswith((f"{label} (", f"{label} :", f"{label}:"))
