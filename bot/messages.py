"""What the rooms pass to each other: a message heard, a reply to say, a button to press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from hashlib import sha256

PRESS_BYTES = 64
"""What Telegram takes as a button's data; every press keeps to it, so that it works on every channel."""
MARK = 10
"""Digits of what stands for a message in the log."""
LONGEST_NUMBER = 15
"""Digits; more than any of ours, and less than a database can hold."""


class Kind(StrEnum):
    """What sort of message came in."""

    TEXT = "text"
    PRESS = "press"
    EDITED = "edited"
    UNREADABLE = "unreadable"
    GROUP = "group"
    FOREIGN = "foreign"
    """It answers a letter that was written to somebody else."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice taken for one question of one talk."""

    talk: str
    question: str
    value: str
    asked: str = ""
    """The fingerprint of what was shown, where the choice confirms it."""

    def __str__(self) -> str:
        return ":".join(filter(None, (self.talk, self.question, self.value, self.asked)))


@dataclass(frozen=True, slots=True)
class Call:
    """A command called by a button, with its argument: `declare`, `like-12`."""

    command: str
    argument: str = ""
    talk: str = ""
    """The talk that it was shown in; it means nothing to any other."""
    question: str = ""
    """The question that it was shown with, if any."""

    def __str__(self) -> str:
        shown_with = "".join(f":{part}" for part in (self.talk, self.question) if part)
        return f"!{self.command}:{self.argument}{shown_with}"


def number_in(argument: str) -> int | None:
    """The number that a button or a command names, such as a declaration's; None for anything else."""
    return int(argument) if argument.isdecimal() and len(argument) <= LONGEST_NUMBER else None


Press = Pick | Call


def read_press(text: str) -> Press | None:
    """The press that a button's data stands for, or None for data that is not ours."""
    if text.startswith("!"):
        command, argument, talk, question, *_ = (*text[1:].split(":"), "", "", "")
        return Call(command, argument, talk, question) if command else None
    parts = text.split(":")
    return Pick(*parts) if len(parts) in (3, 4) and all(parts) else None


@dataclass(frozen=True, slots=True)
class Button:
    """A choice shown to a person: its label and what pressing it means."""

    label: str
    press: str
    also: tuple[str, ...] = ()
    """Other words that mean the same when typed; never shown."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What a letter goes on with, on channels where messages form threads."""

    subject: str = ""
    message_id: str = ""
    """The message that it answers, as its sender named it."""
    references: tuple[str, ...] = ()
    """Those before it, oldest first."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What comes with a message on a channel of letters: slow, quoted, in threads."""

    thread: Thread = Thread()
    written: str = ""
    """All that was written this time, with greeting and closing; `Heard.text` is what it comes down to."""
    whole: str = ""
    """That, and what it quotes and is signed with."""
    attachments: tuple[str, ...] = ()
    """The names of what came along."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message, or leaves with one."""

    name: str
    media_type: str
    """Such as `text/csv`, as its sender names it."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that came in, whatever the channel."""

    channel: str
    sender: str
    """The address it came from, as the channel names it; the channel alone vouches for it."""
    key: str
    """Names the message among all of this sender's on this channel: a repeat has the same key."""
    at: datetime
    """When it was sent, aware."""
    text: str = ""
    kind: Kind = Kind.TEXT
    press: str = ""
    """The pressed button's data (kind PRESS)."""
    about: str = ""
    """The channel's own id of the letter that this message replies to, or whose button was pressed."""
    chat: str = ""
    """Where to answer, when that is not the sender's own address (a group)."""

    language: str | None = None
    """`fr` or `en` when the channel knows; a hint only."""
    proven: bool = True
    """Whether the channel proves that the sender is who the address says (an e-mail's From does not)."""
    envelope: Envelope | None = None
    """Given on channels of letters."""
    files: tuple[File, ...] = ()
    """What came along and may be of use: bounded by the channel, kept nowhere."""
    masked: bool = False
    """Whether a number in it was blanked on arrival."""

    @property
    def name(self) -> str:
        """Names it among all messages of everybody."""
        return f"{self.channel}:{self.sender}:{self.key}"

    @property
    def mark(self) -> str:
        """Names it in the log and to the team: some channels take the key from what the sender wrote."""
        return sha256(self.name.encode(errors="replace")).hexdigest()[:MARK]

    @property
    def words(self) -> str:
        """What was written this time, all of it: for a human to read."""
        return (self.envelope.written if self.envelope else "") or self.text


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say: the name of a template and its data. Buttons stand in the template."""

    template: str
    data: Mapping[str, object] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    """Buttons whose labels are data, such as the titles of known works; shown before the template's own."""
    talk: str = ""
    """The talk and question that the template's choices answer, when it puts a question."""
    question: str = ""
    asked: str = ""
    """The fingerprint of the data shown, when the question confirms it."""
    files: tuple[File, ...] = ()
    """What leaves with it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A reply as it will be read: mini-HTML (b, i, a, code, pre; a newline is a newline) and its buttons."""

    html: str
    buttons: tuple[Button, ...] = ()
    numbered: bool = True
    """Whether a typed "2" means the second button, on channels that show choices as text."""
    subject: str = ""
    """What a letter that begins a thread is about; empty where the templates do not say."""
    language: str = "fr"
    """The language of its words."""
    files: tuple[File, ...] = ()
    """What leaves with it."""


class Lane(IntEnum):
    """Which letters go first: answers overtake campaigns."""

    ANSWER = 0
    CAMPAIGN = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """A page on its way out, claimed by one worker for one try."""

    id: int
    """The same at every try: what a channel derives a message's own id from."""
    channel: str
    address: str
    page: Page
    lane: Lane
    strict: bool
    """Never sent twice: when it may have left, it is in doubt and not tried again."""
    worker: str
    attempt: int
    """Which try this is, from 1. Worker and attempt together sign what becomes of it."""
    at: datetime
    """When it may leave, so that the channel's rate is kept."""
    lease_until: datetime
    """From then on another worker may take it."""
    key: str | None = None
    ticket_id: int | None = None
    """What a reply to it is about."""
    campaign_id: int | None = None
    """The campaign that it is a reminder of; whom it reminds stands beside it."""
    person_id: int | None = None
    token: str = ""
    """A secret of this letter's: who gives it back has had the letter before them."""
    thread: Thread | None = None
    """What it answers; None for a letter that begins a thread."""
    put_off_at: datetime | None = None
    """When the channel first asked to wait with it; None: never."""
