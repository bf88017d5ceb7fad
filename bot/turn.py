"""One message being taken in: what an ability is given, what it gives back, and what an ability is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

from bot.attachments import Seen
from bot.messages import Button, Call, Heard, Reply
from bot.preparing import Preparation, Unprepared
from bot.render import DEFAULT_LANGUAGE, Wording
from bot.settings import Settings
from bot.talk import Talk
from faq.edition import Reading
from faq.entry import Entry
from faq.matcher import Match
from faq.text import looks_like_question
from storage import enquiries, sent_letters, talks
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.outbox import NewLetter
from storage.people import Person
from storage.states import Role
from storage.talks import KeptTalk

T = TypeVar("T")

LATELY = timedelta(days=1)
"""How long somebody may go on speaking of what they asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one turn says: its replies leave as one message."""

    replies: tuple[Reply, ...]
    talk: KeptTalk | None = None
    """The talk as it now stands, when the turn changed it or put its question; saved with the buttons shown."""
    numbered: bool = True
    """Whether a typed "2" then means the second button."""
    language: str | None = None
    """The language to say it in, when this very turn changed it."""
    stale: bool = False
    """True when a button was pressed that no longer counts."""
    took_answer: bool = False
    """Whether an answer was taken, so that the talk is further on than before."""
    ticket_id: int | None = None
    """The sender's request to the team that it tells of: words in answer to it are about that too."""
    silent: bool = False
    """Whether nothing is said at all: a human answers."""
    to_person: int | None = None
    """Whose address the sender's is from now on, when this very turn changed it."""
    alone: bool = False
    """Whether no question that waits is put again below it."""


SILENCE = Said((), silent=True)


def say(template: str, *buttons: Button, **data: object) -> Said:
    """One reply, outside any talk."""
    return Said((Reply(template, data, buttons),))


@dataclass(frozen=True, slots=True)
class Command:
    """An ability that answers at once. Its words stand in the template `NAME/command`."""

    name: str
    answer: Callable[[Turn, str], Said]
    roles: frozenset[Role] | None = None
    """Who may use it; None: anybody, also somebody we do not know."""
    takes_words: bool = False
    """Whether words may follow it: "modifier le titre"."""
    listed: bool = True
    """Whether it stands in the menu and in the help."""
    offered: Callable[[Turn], bool] = field(default=lambda _turn: True)
    """Whether the sender's own menu has it, of those who may use it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """An ability that asks. Its words stand in the template `NAME/command`."""

    name: str
    converse: Callable[[Talk, Turn], Awaitable[Any]]
    finish: Callable[[Turn, KeptTalk, Any], Said]
    """Keeps the result, in the same transaction, and says so."""
    roles: frozenset[Role] | None = None
    seed: Callable[[Turn, str], Mapping[str, str]] = field(default=lambda _turn, _argument: {})
    """What to begin with, from the argument of the command."""
    opening: Callable[[Turn, Mapping[str, str]], tuple[Reply, ...]] = field(default=lambda _turn, _seed: ())
    """What to say before the first question, given what it begins with."""
    named_by: str = ""
    """The question whose answer an unfinished talk is named by, such as the title."""
    asks: bool = False
    """Whether people begin it by asking: then a question tells as much as a statement."""
    takes_words: bool = False
    listed: bool = True
    offered: Callable[[Turn], bool] = field(default=lambda _turn: True)


Ability = Command | Conversation


@dataclass(frozen=True, slots=True)
class House:
    """What stays the same between turns."""

    settings: Settings
    wording: Wording
    abilities: Mapping[str, Ability]
    words: Mapping[str, str]
    """Which command every folded word or slash command means."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, the person it comes from, and the transaction it is taken in."""

    house: House
    tx: Transaction
    heard: Heard
    person: Person
    now: datetime
    """In the organisation's zone."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The knowledge base as it stood when the message came."""
    reading: Reading | None = None
    """What the knowledge base makes of the text, found before the transaction."""
    others: list[NewLetter] = field(default_factory=list)
    """Letters that this turn writes to somebody else; they leave with the answer."""
    seen: tuple[Seen, ...] = ()
    """What its files show, read before the transaction."""

    ready: Mapping[Preparation[object], object] = field(default_factory=dict)
    """What was prepared for it, by what asked for it."""
    read: dict[Callable[[Turn], object], object] = field(default_factory=dict)
    """What was read in this turn, by what read it: a talk is replayed several times a turn."""

    def once(self, reads: Callable[[Turn], T]) -> T:
        """What this reads from storage, read only once a turn; equal readers read the same."""
        if reads not in self.read:
            self.read[reads] = reads(self)
        return cast(T, self.read[reads])

    def prepared(self, wanted: Preparation[T]) -> T:
        """What takes too long in a transaction; where it is not ready the turn ends here, and is taken anew with it."""
        if wanted not in self.ready:
            raise Unprepared(wanted)
        return cast(T, self.ready[wanted])

    def saying(self, text: str) -> Turn:
        """The same turn, had only this been written."""
        return replace(self, heard=replace(self.heard, text=text))

    @property
    def match(self) -> Match | None:
        """What the message as a whole is about."""
        return self.reading.match if self.reading else None

    @property
    def written(self) -> datetime:
        """When the person wrote it, never later than now: "hier" in a mail read today is the day before it was sent."""
        return min(self.heard.at.astimezone(self.now.tzinfo), self.now)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def language(self) -> str:
        """The person's, or else what they write in, or that of the last page they were shown, or the channel's hint."""
        spoken = self.person.language or self._written_in or self.once(_shown_lately)
        return spoken or self.heard.language or DEFAULT_LANGUAGE

    @property
    def _written_in(self) -> str | None:
        """The language of the message; the name of a school or the title of a book, given in a talk, tells nothing."""
        if self.reading is None or (
            self.once(_talks) and (self.known or not looks_like_question(self.heard.text))
        ):
            return None
        return self.reading.language

    @property
    def known(self) -> bool:
        """Whether the person is proven to be somebody of the roster."""
        return self.person.linked and self.heard.proven

    @property
    def unproven(self) -> bool:
        """Whether the sender only claims to be the person: nothing of that person's is used or changed."""
        return self.person.linked and not self.heard.proven


def asked_lately(turn: Turn) -> Enquiry | None:
    """What the sender speaks of when they go on about it, asked within a day; nobody unproven has asked anything."""
    return (
        None if not turn.heard.proven else enquiries.last_taken_up(turn.tx, turn.person.id, turn.now - LATELY)
    )


def _shown_lately(turn: Turn) -> str | None:
    heard = turn.heard
    return sent_letters.last_language(turn.tx, heard.channel, heard.chat or heard.sender, turn.now - LATELY)


def _talks(turn: Turn) -> bool:
    return talks.foreground(turn.tx, turn.person.id) is not None


def refusal(turn: Turn, ability: Ability) -> Said | None:
    """Why the sender may not use this ability, or None when they may. The one place that decides it.

    A conversation takes the person's one place in the foreground, so nobody who only claims to be them may begin one.
    """
    if turn.unproven and isinstance(ability, Conversation):
        return who_are_you(turn, ability)
    if ability.roles is None or (turn.known and turn.person.roles & ability.roles):
        return None
    return say("welcome/not-for-you") if turn.known else who_are_you(turn, ability)


def who_are_you(turn: Turn, wanted: Ability | None = None) -> Said:
    """It takes somebody that we know, and how to become one, or how to prove it; a "yes" then begins what is wanted."""
    if turn.unproven:
        buttons = (_begins(turn, wanted),) if wanted and wanted.listed and wanted.name != "human" else ()
        return say("welcome/prove-by-reply", *buttons, wanted=bool(buttons))
    can_link = turn.house.settings.mailing is not None
    return say("welcome/not-linked", channel=turn.heard.channel, address=turn.heard.sender, can_link=can_link)


def _begins(turn: Turn, ability: Ability) -> Button:
    label = turn.house.wording.text(f"{ability.name}/command", turn.language, {})
    yes = turn.house.wording.words("questions/unknown", "yes")
    return Button(label, str(Call(ability.name)), tuple(yes))


def label_of(turn: Turn, ability: str, key: str) -> str | None:
    """What an ability's `NAME/command` lets be said of it elsewhere, if anything.

    `left`: of a talk that stands unfinished; `helps`: what it helps to do, in the first words. `begins`: how somebody
    opens who tells at once what it asks; `wishes`: who only wants to begin it. `flow`: the button below an answer that
    leads to it.
    """
    label = turn.house.wording.label(f"{ability}/command", key, turn.language)
    return label.text if label else None
