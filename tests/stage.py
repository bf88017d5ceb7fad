"""The whole assistant over a real database, for a small cast to talk to: what conversation tests use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Self

from sqlalchemy import select

from bot import markup
from bot.assistant import Assistant, Outcome
from bot.channels.doors import Fate
from bot.clock import Clock
from bot.compose import furnish, library_in
from bot.knowledge import Knowledge
from bot.logs import set_up_logs
from bot.messages import File, Heard, Kind, Letter, Page
from bot.post import Hours, Post
from bot.schedule import Means, Schedule
from bot.settings import Destination, Settings
from bot.turn import House
from faq.library import Library
from handlers import ABILITIES
from handlers.reminders.judging import judge_for
from storage.database import Database, Transaction, open_database
from storage.tables import person
from tests.cast import CAST, seed
from tests.letters import Draft, mail_of
from tests.remembering import Remembering

TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
"""Half past nine in Montreal, in the first period of the year."""
MOMENT = timedelta(seconds=10)
"""Between two messages."""
NEW = Draft()


@dataclass(slots=True)
class TickedClock:
    """Stands still until it is ticked."""

    at: datetime = TUESDAY

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(slots=True)
class Mailbox:
    """A channel's way out, as far as one address: every letter, and how many were read."""

    letters: list[Letter] = field(default_factory=list)
    read: int = 0

    def unread(self) -> list[Letter]:
        new, self.read = self.letters[self.read :], len(self.letters)
        return new


Mailboxes = defaultdict[tuple[str, str], Mailbox]
"""By channel and address."""


@dataclass(slots=True)
class Deliverer:
    """A channel that delivers at once, into mailboxes."""

    name: str
    mailboxes: Mailboxes
    rate: float | None = None

    async def send(self, letter: Letter) -> str:
        self.mailboxes[letter.channel, letter.address].letters.append(letter)
        return f"m{letter.id}"


class Stage:
    """Everything from the channels' doors inwards, on one database; the cast is put in when it is empty."""

    def __init__(
        self,
        url: str,
        *,
        house: House | None = None,
        at: datetime = TUESDAY,
        beside: Stage | None = None,
        hours: Hours | None = None,
    ) -> None:
        """`beside` another one, it is a second process at work on the same tables and channels.

        Without `hours`, reminders leave at any.
        """
        self.url = url
        self.house = house or furnished()
        self.clock = TickedClock(at)
        self.mailboxes: Mailboxes = beside.mailboxes if beside else defaultdict(Mailbox)
        self.hours = hours
        self.worker: str = f"beside {beside.worker}" if beside else "stage"
        self.last: Heard | None = None
        self.outcome: Outcome | None = None
        self._heard = 0

    async def __aenter__(self) -> Self:
        self._open()
        await self.database.write(self._seed)
        return self

    async def __aexit__(self, _k: type[BaseException] | None, _e: object, _t: TracebackType | None) -> None:
        await self.database.close()

    def _open(self) -> None:
        set_up_logs("error")
        self.database: Database = open_database(self.url)
        channels = [Deliverer(name, self.mailboxes) for name in ("telegram", "terminal", "mail")]
        judge = judge_for(self.house)
        self.post = Post(self.database, channels, self.clock, self.worker, judge=judge, hours=self.hours)
        known = knowledge(self.database, self.clock)
        self.assistant = Assistant(self.database, self.house, self.clock, known, self.post)

    def _seed(self, tx: Transaction) -> None:
        if tx.execute(select(person.c.id).limit(1)).first() is None:
            seed(tx, self.clock.now())

    def person(self, name: str, channel: str = "") -> Player:
        """Somebody of the cast, on the first of their channels unless another is named."""
        return Player(self, name, channel or next(iter(CAST[name].addresses)))

    def tick(self, time: timedelta = MOMENT) -> None:
        """Lets so much time pass."""
        self.clock.at += time

    async def do_chores(self) -> None:
        """Does what is due by now, and sends every letter that comes of it."""
        known = knowledge(self.database, self.clock)
        await Schedule(Means(self.house, self.database, known), self.clock).wake()
        self.tick()
        await self.post.drain()

    async def restart(self) -> None:
        """As when the process is stopped and started again: nothing is left but the database."""
        await self.database.close()
        self._open()

    async def hear(self, heard: Heard) -> Outcome:
        """Takes a message in and sends every letter that comes of it."""
        self.last = heard
        self.outcome = await self.assistant.hear(heard)
        self.tick()
        await self.post.drain()
        return self.outcome

    async def redeliver_last(self) -> str:
        """The last message once more, as from a channel that was not told it had arrived: what comes of it."""
        assert self.last
        assert (await self.hear(self.last)).fate is Fate.REPEATED
        return as_read(self.mailboxes[self.last.channel, self.last.chat or self.last.sender].unread())

    def key(self) -> str:
        """The next message's."""
        self._heard += 1
        return f"{self.worker} {self._heard}"


@dataclass(slots=True)
class Player:
    """Somebody of the cast at a channel. What they do returns the page that they then read."""

    stage: Stage
    name: str
    channel: str

    @property
    def address(self) -> str:
        return CAST[self.name].addresses[self.channel]

    @property
    def mailbox(self) -> Mailbox:
        return self.stage.mailboxes[self.channel, self.address]

    @property
    def page(self) -> Page:
        """The last one received here."""
        return self.mailbox.letters[-1].page

    async def says(self, text: str, *files: File) -> str:
        return await self._does(replace(self.heard(text=text), files=files))

    async def replies(self, text: str) -> str:
        """Says it as a reply to the last letter received here."""
        return await self._does(self.heard(text=text, about=f"m{self.mailbox.letters[-1].id}"))

    async def writes(self, text: str, inside: Sequence[str] = (), draft: Draft = NEW) -> str:
        """Sends a mail: an answer to a letter received here, or a new one."""
        letters = self.mailbox.letters
        answered = letters[-1 - draft.back] if letters and draft.subject is None else None
        key = self.stage.key()
        mail = mail_of(text, inside, answered, draft, f"<{key.replace(' ', '-')}@exemple.invalid>")
        about = f"m{answered.id}" if answered else ""
        now = self.stage.clock.now()
        heard = Heard(self.channel, self.address, key, now, mail.text, about=about, proven=draft.proven)
        return await self._does(replace(heard, envelope=mail.envelope, files=draft.files))

    async def presses(self, label: str) -> str:
        """Presses a button of the last page."""
        return await self.presses_old(_press(self.page, label))

    async def presses_earlier(self, label: str) -> str:
        """Presses a button of the newest page before the last that has one with this label."""
        pages = [letter.page for letter in reversed(self.mailbox.letters[:-1])]
        page = next(
            page for page in pages if any(typed(button.label) == typed(label) for button in page.buttons)
        )
        return await self.presses_old(_press(page, label))

    async def presses_old(self, press: str) -> str:
        """Presses the button with this data, wherever it stands."""
        return await self._does(self.heard(kind=Kind.PRESS, press=press))

    async def sends(self, kind: Kind) -> str:
        """Something that is no text: a sticker, a correction, a message in a group."""
        return await self._does(self.heard(kind=kind))

    def reads(self) -> str:
        """What has come since they last read."""
        return as_read(self.mailbox.unread())

    def heard(self, text: str = "", kind: Kind = Kind.TEXT, press: str = "", about: str = "") -> Heard:
        """The message as the channel hands it on."""
        now = self.stage.clock.now()
        return Heard(self.channel, self.address, self.stage.key(), now, text, kind, press, about)

    async def _does(self, heard: Heard) -> str:
        self.reads()
        await self.stage.hear(heard)
        return self.reads()


def _press(page: Page, label: str) -> str:
    found = [button.press for button in page.buttons if typed(button.label) == typed(label)]
    assert found, f"no button [{label}] on:\n{as_text(page)}"
    return found[0]


def typed(label: str) -> str:
    """A label as one types it: plain spaces and apostrophes."""
    return label.replace("\N{NO-BREAK SPACE}", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def as_read(letters: list[Letter]) -> str:
    """Pages as a person reads them, one after the other."""
    return "\n\n".join(as_text(letter.page) for letter in letters)


def as_text(page: Page) -> str:
    """The text, then the buttons one a line: with a number where one may type it."""
    buttons = (
        f"[{number}. {button.label}]" if page.numbered else f"[{button.label}]"
        for number, button in enumerate(page.buttons, 1)
    )
    return "\n".join([markup.to_plain(page.html), *buttons])


@cache
def furnished(destination: Destination = Destination.COLLECTOR) -> House:
    """The real house; it never changes, so that tests share it."""
    settings = Settings(
        _env_file=None,
        organisation="Équipe fictive",
        contact="aide@exemple.invalid",
        destination=destination,
        mail_address="declic@exemple.invalid",
        mailboxes="imaps://declic:secret@imap.exemple.invalid",
        smtp="smtps://declic:secret@smtp.exemple.invalid",
    )
    return furnish(settings, ABILITIES)


def knowledge(database: Database, clock: Clock) -> Knowledge:
    """The real one, over what is taught in this database; the library is shared as well."""
    return Knowledge(library(), database, clock)


@cache
def library() -> Library:
    """Of the entries as they ship; its index is kept from one run to the next."""
    return Remembering(library_in(furnished().settings.cache))
