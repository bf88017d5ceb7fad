"""The whole assistant with a mailbox: mails go in as bytes, and letters come out as people read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.assistant import Assistant
from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.take import Taker
from bot.channels.mail.tokens import message_id, tagged
from bot.mailing import Mailing, MailServer
from bot.messages import Letter
from bot.post import Post
from storage import addresses, parked, people
from storage.addresses import Standing
from storage.database import Transaction
from storage.tables import person
from tests.bot.channels.mails import mail
from tests.cast import CAST
from tests.stage import Deliverer, Stage, as_read, knowledge

T = TypeVar("T")

OURS = "declic@exemple.test"
MAILING = Mailing(OURS, (), MailServer("smtp.exemple.test", 587), tags=True, trusted="mx.exemple.test")
CAMILLE, CAMILLE_AT_HOME, MORGAN = "camille@ecole.test", "camille@maison.test", "morgan@ecole.test"
OPERATOR, STRANGER = "sacha@equipe.test", "quelquun@ailleurs.test"
LINKED = {CAMILLE: "camille", CAMILLE_AT_HOME: "camille", MORGAN: "morgan", OPERATOR: "operator"}
PASSED = "mx.exemple.test; dmarc=pass header.from=ecole.test"
QUESTION = "J'ai oublié mon mot de passe, que faire?"


@dataclass(slots=True)
class Postman(Deliverer):
    """Delivers at once; the id is the letter's own, as by SMTP."""

    async def send(self, letter: Letter) -> str:
        await Deliverer.send(self, letter)
        return message_id(letter.id, letter.token, OURS)


class MailRoom(Stage):
    """A stage that takes mail too; some of its cast have addresses."""

    mailing: Mailing = MAILING
    uid = 0

    def _open(self) -> None:
        super()._open()
        channels = [Deliverer(name, self.mailboxes) for name in ("telegram", "terminal")]
        self.post = Post(self.database, [*channels, Postman("mail", self.mailboxes)], self.clock, self.worker)
        known = knowledge(self.database, self.clock)
        self.assistant = Assistant(self.database, self.house, self.clock, known, self.post)
        self.taker = Taker(self.mailing, self.assistant, self.database, self.house.wording, self.clock)

    def _seed(self, tx: Transaction) -> None:
        super()._seed(tx)
        for address, name in LINKED.items():
            found = tx.execute(select(person.c.id).where(person.c.name == CAST[name].name)).scalar_one()
            people.link(tx, found, "mail", address, self.clock.now() - timedelta(days=1))

    def limit(self, **limits: int | str) -> None:
        """Other settings from now on."""
        self.mailing = replace(self.mailing, **limits)  # type: ignore[arg-type]
        self.taker = Taker(self.mailing, self.assistant, self.database, self.house.wording, self.clock)

    def found(self, raw: bytes, at: datetime | None = None) -> Found:
        self.uid += 1
        return Found(self.uid, raw, at or self.clock.now())

    async def takes(self, *raws: bytes) -> None:
        """Mails that lie in the mailbox, and every letter that comes of them is sent."""
        await self.taker.take_all("boîte", [self.found(raw) for raw in raws])
        self.tick()
        await self.post.drain()

    async def writes(self, address: str, text: str, **headers: str) -> str:
        """Somebody writes a mail: what they get back."""
        named = {"message_id": f"<{self.key().replace(' ', '.')}@ecole.test>", "from": address, "to": OURS}
        self.reads(address)
        await self.takes(mail(text, **{**named, **headers}))
        return self.reads(address)

    async def replies(self, address: str, text: str, **headers: str) -> str:
        """Somebody answers the last letter that they got."""
        return await self.writes(
            address, text, **{"in_reply_to": self.id_of(self.last_to(address)), **headers}
        )

    def reads(self, address: str, channel: str = "mail") -> str:
        """What has come since they last read."""
        return as_read(self.mailboxes[channel, address].unread())

    def last_to(self, address: str) -> Letter:
        return self.mailboxes["mail", address].letters[-1]

    def id_of(self, letter: Letter) -> str:
        return message_id(letter.id, letter.token, OURS)

    def tag_of(self, letter: Letter) -> str:
        return tagged(OURS, letter.id, letter.token)

    async def alerts(self) -> str:
        """What the operator has got since last time, wherever."""
        read = [self.reads(CAST["operator"].addresses["terminal"], "terminal"), self.reads(OPERATOR)]
        return "\n\n".join(filter(None, read))

    async def parked(self) -> list[str]:
        """Why each mail that lies aside does."""
        return [one.reason for one in reversed(await self.database.read(parked.newest))]

    async def standing(self, address: str) -> Standing:
        """How an address stands that somebody has."""

        def look(tx: Transaction) -> Standing:
            known = people.id_at(tx, "mail", address)
            assert known
            return next(one for one in addresses.of_person(tx, known) if one.value == address)

        return await self.database.read(look)

    async def asks(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.read(work)
