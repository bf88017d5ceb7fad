"""Who may do what: every ability that is for some, tried by everybody, by every way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import func, select

from bot.messages import Call, Heard, Kind, Pick, read_press
from bot.turn import Ability, Conversation
from handlers import ABILITIES
from storage import people, roster, talks
from storage.database import Transaction
from storage.people import Place
from storage.states import SCHOOL_ROLES, Role
from storage.tables import declaration, lesson, no_use, school, service_centre, talk, ticket
from tests.stage import Stage, as_read, furnished

FOR_SOME = [ability for ability in ABILITIES if ability.roles]
REFUSALS = (
    "ne fait pas partie de votre rôle",
    "je ne connais pas encore cette adresse",
    "je dois m’assurer que c’est bien vous",
    "n’est plus valable",
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody on Telegram: in a role or unknown, and whether the channel vouches for them."""

    address: str
    role: Role | None = None
    proven: bool = True

    def may(self, ability: Ability) -> bool:
        return self.proven and self.role in (ability.roles or ())


EVERYBODY = (
    *(Somebody(str(role), role) for role in Role),
    *(Somebody(f"{role}?", role, proven=False) for role in Role),
    Somebody("stranger"),
)

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
            if one.role:
                at = school_id if one.role in SCHOOL_ROLES else None
                of = centre_id if one.role is Role.CSS_ADMIN else None
                places = (Place(one.role, school_id=at, centre_id=of),)
                person_id = roster.add_person(tx, f"Personne {one.address}", "fr", places, now)
                people.link(tx, person_id, "telegram", one.address, now)
            else:
                people.meet(tx, "telegram", one.address, now)

    def heard(self, one: Somebody, **more: object) -> Heard:
        now = self.stage.clock.now()
        plain = Heard("telegram", one.address, self.stage.key(), now, proven=one.proven)
        return replace(plain, **more)  # type: ignore[arg-type]

    async def reads(self, heard: Heard) -> str:
        """What comes back."""
        mailbox = self.stage.mailboxes["telegram", heard.sender]
        mailbox.unread()
        await self.stage.hear(heard)
        return as_read(mailbox.unread())

    async def kept(self) -> tuple[object, ...]:
        """All that an ability may have changed: how many rows, and every talk as it stands."""
        tables = (declaration, no_use, ticket, lesson)

        def read(tx: Transaction) -> tuple[object, ...]:
            counted = [tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
            rows = tx.execute(select(talk.c.id, talk.c.state, talk.c.answers).order_by(talk.c.id)).all()
            return (*counted, *map(tuple, rows))

        return await self.stage.database.read(read)

    async def begun(self, ability: Ability, one: Somebody) -> str:
        """A talk of theirs as it may stand from before they lost the role: its id."""

        def begin(tx: Transaction) -> str:
            person_id = people.id_at(tx, "telegram", one.address)
            assert person_id
            return talks.start(tx, person_id, ability.name, {}, self.stage.clock.now()).id

        return await self.stage.database.write(begin)

    async def first_choice(self, ability: Ability) -> Pick:
        """The first button of the ability's first question, as a teacher sees it."""
        teacher = EVERYBODY[0]
        await self.reads(pressing(self, ability, teacher))
        page = self.stage.mailboxes["telegram", teacher.address].letters[-1].page
        found = read_press(page.buttons[0].press)
        assert isinstance(found, Pick)
        return found

    async def wrongly(self, ability: Ability, one: Somebody, heard: Heard) -> str | None:
        """What went against the roles, if anything did."""
        before = await self.kept()
        page = await self.reads(heard)
        refused = any(words in page for words in REFUSALS)
        changed = await self.kept() != before
        if refused != one.may(ability) and not (refused and changed):
            return None
        return f"{one.address}, {ability.name}: refused {refused}, changed {changed}: {page}"


def saying(hall: Hall, ability: Ability, one: Somebody) -> Heard:
    """Calls it by its first word, or by its slash word where it has no other."""
    words, slash = (furnished().wording.words(f"{ability.name}/command", key) for key in ("words", "slash"))
    return hall.heard(one, text=words[0] if words else f"/{slash[0]}")


def pressing(hall: Hall, ability: Ability, one: Somebody) -> Heard:
    """Calls it by a button."""
    return hall.heard(one, kind=Kind.PRESS, press=str(Call(ability.name)))


@pytest.mark.parametrize("act", [saying, pressing])
async def test_an_ability_is_refused_to_whoever_it_is_not_for(sqlite_url: str, act: Act) -> None:
    async with Stage(sqlite_url) as stage:
        hall = Hall(stage)
        await stage.database.write(hall.enter)
        tried = [
            await hall.wrongly(ability, one, act(hall, ability, one))
            for ability in FOR_SOME
            for one in EVERYBODY
        ]
    assert [wrong for wrong in tried if wrong] == []


async def test_a_press_on_a_talk_counts_only_for_those_whom_it_is_for(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        hall = Hall(stage)
        await stage.database.write(hall.enter)
        tried = []
        for ability in FOR_SOME:
            choice = await hall.first_choice(ability) if isinstance(ability, Conversation) else None
            for one in EVERYBODY if choice else ():
                own = replace(choice, talk=await hall.begun(ability, one)) if choice else None
                tried.append(
                    await hall.wrongly(ability, one, hall.heard(one, kind=Kind.PRESS, press=str(own)))
                )
    assert len(tried) >= len(EVERYBODY)
    assert [wrong for wrong in tried if wrong] == []


def test_there_is_somebody_for_and_somebody_against_every_ability() -> None:
    for ability in FOR_SOME:
        assert {one.may(ability) for one in EVERYBODY} == {True, False}, ability.name
