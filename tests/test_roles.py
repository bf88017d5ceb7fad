"""Who may do what: every ability that is for some, tried by everybody, by every way in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from bot.messages import Call, Envelope, Heard, Kind, Pick, read_press
from bot.turn import Ability, Conversation
from handlers import ABILITIES
from storage import moving, people, roster, talks
from storage.database import Transaction
from storage.people import Place
from storage.states import SCHOOL_ROLES, Role
from storage.tables import inbox, letter, metadata, person, school, service_centre, talk
from tests.stage import Stage, as_read, furnished

FOR_SOME = [ability for ability in ABILITIES if ability.roles]
NOT_YOURS = "ne fait pas partie de votre rôle"
UNKNOWN = "je ne connais pas encore cette adresse"
UNPROVEN = "je dois m’assurer que c’est bien vous"
STALE = "n’est plus valable"

POST = {inbox.name, letter.name, "channel_pace", "chat_pace"}
"""What every message passes through."""
BOOKKEEPING = {talk: ("id", "state", "answers"), person: tuple({*person.c.keys()} - {"offered"})}
"""Of what is kept beside a conversation, that which means something."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody on a channel: in a role, or who has left, or unknown; and whether the channel vouches for them."""

    role: Role | None = None
    proven: bool = True
    closed: bool = False
    channel: str = "telegram"

    @property
    def address(self) -> str:
        marks = ("" if self.proven else "?") + ("-left" if self.closed else "")
        return f"{self.role or 'stranger'}{marks}@{self.channel}.invalid"

    def may(self, ability: Ability) -> bool:
        return self.proven and not self.closed and self.role in (ability.roles or ())

    @property
    def refusal(self) -> str:
        """The words in which they are refused."""
        if self.role is None:
            return UNKNOWN
        return NOT_YOURS if self.proven else UNPROVEN


ON_TELEGRAM = (
    *(Somebody(role, proven) for role in Role for proven in (True, False)),
    *(Somebody(role, closed=True) for role in (Role.TEACHER, Role.OPERATOR)),
    Somebody(),
)
BY_MAIL = (
    *(
        Somebody(role, proven, channel="mail")
        for role in (Role.TEACHER, Role.OPERATOR)
        for proven in (True, False)
    ),
    Somebody(Role.SCHOOL_ADMIN, closed=True, channel="mail"),
    Somebody(channel="mail"),
)
EVERYBODY = (*ON_TELEGRAM, *BY_MAIL)

Act = Callable[["Hall", Ability, Somebody], Heard]


class Hall:
    """A stage full of people."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def enter(self, tx: Transaction) -> None:
        """Puts them all into the database."""
        now = self.stage.clock.now()
        school_id = tx.execute(select(school.c.id).limit(1)).scalar_one()
        centre_id = tx.execute(select(service_centre.c.id).limit(1)).scalar_one()
        for one in EVERYBODY:
            if one.role is None:
                people.meet(tx, one.channel, one.address, now)
                continue
            at = school_id if one.role in SCHOOL_ROLES else None
            of = centre_id if one.role is Role.CSS_ADMIN else None
            places = (Place(one.role, school_id=at, centre_id=of),)
            person_id = roster.add_person(tx, f"Personne {one.address}", "fr", places, now)
            people.link(tx, person_id, one.channel, one.address, now)
            if one.closed:
                moving.close_person(tx, person_id, now)

    def heard(self, one: Somebody, **more: object) -> Heard:
        now = self.stage.clock.now()
        envelope = Envelope() if one.channel == "mail" else None
        plain = Heard(one.channel, one.address, self.stage.key(), now, proven=one.proven, envelope=envelope)
        return replace(plain, **more)  # type: ignore[arg-type]

    async def reads(self, *tries: Heard) -> list[str]:
        """What comes back to each, once all have been heard."""
        mailboxes = [self.stage.mailboxes[heard.channel, heard.sender] for heard in tries]
        for mailbox in mailboxes:
            mailbox.unread()
        for heard in tries:
            await self.stage.assistant.hear(heard)
        self.stage.tick()
        await self.stage.post.drain()
        return [as_read(mailbox.unread()) for mailbox in mailboxes]

    async def kept(self) -> tuple[object, ...]:
        """Every row of every table but those that each message passes through."""
        return await self.stage.database.read(lambda tx: tuple(_rows(tx)))

    async def begun(self, ability: Ability, one: Somebody) -> str:
        """A talk of theirs as it may stand from before they lost the role: its id."""

        def begin(tx: Transaction) -> str:
            person_id = people.id_at(tx, one.channel, one.address)
            assert person_id
            return talks.start(tx, person_id, ability.name, {}, self.stage.clock.now()).id

        return await self.stage.database.write(begin)

    async def pressing_own(self, choice: Pick, ability: Ability, one: Somebody) -> Heard:
        """The same choice in a talk of their own."""
        own = replace(choice, talk=await self.begun(ability, one))
        return self.heard(one, kind=Kind.PRESS, press=str(own))

    async def first_choice(self, ability: Ability) -> Pick | None:
        """The first choice of the ability's first question, as somebody sees it whom it is for; None: it has none."""
        whose = next(one for one in ON_TELEGRAM if one.may(ability))
        await self.reads(pressing(self, ability, whose))
        page = self.stage.mailboxes[whose.channel, whose.address].letters[-1].page
        presses = (read_press(button.press) for button in page.buttons)
        return next((press for press in presses if isinstance(press, Pick)), None)

    async def wrongly(
        self, ability: Ability, tries: Sequence[tuple[Somebody, Heard]], words: Callable[[Somebody], str]
    ) -> list[str]:
        """What went against the roles, if anything did."""
        against = {one: heard for one, heard in tries if not one.may(ability)}
        before = await self.kept()
        pages = await self.reads(*against.values())
        wrong = [
            f"{one.address}, {ability.name}, not refused: {page}"
            for one, page in zip(against, pages, strict=True)
            if words(one) not in page
        ]
        if await self.kept() != before:
            wrong.append(f"{ability.name} changed something for {[one.address for one in against]}")
        allowed = {one: heard for one, heard in tries if one.may(ability)}
        return wrong + [
            f"{one.address}, {ability.name}, refused: {page}"
            for one, page in zip(allowed, await self.reads(*allowed.values()), strict=True)
            if words(replace(one, role=Role.PARENT)) in page
        ]


def _rows(tx: Transaction) -> Iterator[object]:
    for table in metadata.sorted_tables:
        if table.name not in POST:
            columns = [table.c[name] for name in sorted(BOOKKEEPING.get(table, table.c.keys()))]
            yield (table.name, *sorted(map(str, tx.execute(select(*columns)))))


def saying(hall: Hall, ability: Ability, one: Somebody) -> Heard:
    """Calls it by its first word, or by its slash word where it has no other."""
    words, slash = (furnished().wording.words(f"{ability.name}/command", key) for key in ("words", "slash"))
    return hall.heard(one, text=words[0] if words else f"/{slash[0]}")


def pressing(hall: Hall, ability: Ability, one: Somebody) -> Heard:
    """Calls it by a button."""
    return hall.heard(one, kind=Kind.PRESS, press=str(Call(ability.name)))


@pytest.mark.parametrize(
    ("act", "by"), [(saying, EVERYBODY), (pressing, ON_TELEGRAM)], ids=["saying", "pressing"]
)
async def test_an_ability_is_refused_to_whoever_it_is_not_for(
    sqlite_url: str, act: Act, by: tuple[Somebody, ...]
) -> None:
    async with Stage(sqlite_url) as stage:
        hall = Hall(stage)
        await stage.database.write(hall.enter)
        wrong = [
            fault
            for ability in FOR_SOME
            for fault in await hall.wrongly(
                ability, [(one, act(hall, ability, one)) for one in by], lambda one: one.refusal
            )
        ]
    assert wrong == []


async def test_a_press_on_a_talk_counts_only_for_those_whom_it_is_for(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        hall = Hall(stage)
        await stage.database.write(hall.enter)
        wrong = []
        for ability in FOR_SOME:
            choice = await hall.first_choice(ability) if isinstance(ability, Conversation) else None
            if choice:
                tries = [(one, await hall.pressing_own(choice, ability, one)) for one in ON_TELEGRAM]
                wrong += await hall.wrongly(ability, tries, lambda _one: STALE)
    assert wrong == []


def test_there_is_somebody_for_and_somebody_against_every_ability() -> None:
    for ability in FOR_SOME:
        assert any(one.may(ability) for one in EVERYBODY), ability.name
        assert not all(one.may(ability) for one in EVERYBODY), ability.name
