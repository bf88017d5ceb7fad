"""Telegram with the real assistant and the real post."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from telegram import Bot

from bot.assistant import Assistant
from bot.channels.telegram import Receiver, TelegramSender
from bot.compose import menu_of
from bot.knowledge import Knowledge
from bot.markup import visible
from bot.post import Post
from bot.turn import House
from handlers import demo
from storage import people
from storage.database import Database
from tests.bot.channels.conftest import PatientClock, running
from tests.bot.channels.terminals import Terminal
from tests.fakes.telegram import FakeTelegram, Person, Shown


@dataclass(frozen=True, slots=True)
class Service:
    """Déclic as it runs for Telegram, one step at a time."""

    telegram: FakeTelegram
    database: Database
    post: Post
    clock: PatientClock
    house: House

    def words(self, template: str, language: str = "fr") -> str:
        """The wording of a template, as it is read."""
        return visible(self.house.wording.text(template, language, {}))

    async def is_told(self, person: Person) -> Shown:
        """The one message that what they did is answered with."""
        await self.delivers()
        [shown] = await person.hears()
        assert person.unheard == []
        return shown

    async def delivers(self) -> None:
        """Hears all that was said, and sends all that can leave."""
        await self.telegram.all_confirmed()
        await self.post.drain()

    async def links(self, who: str, person: Person) -> None:
        """Ties somebody of the demo to their Telegram."""
        now = self.clock.now()
        await self.database.write(lambda tx: demo.load_demo(tx, now))
        found = await self.database.read(lambda tx: demo.person_for(tx, who))
        assert found
        await self.database.write(lambda tx: people.link(tx, found.id, "telegram", str(person.id), now))

    async def reachable(self, who: str) -> list[str]:
        """The channels on which somebody can be written to."""
        found = await self.database.read(lambda tx: demo.person_for(tx, who))
        assert found
        reached = await self.database.read(lambda tx: people.addresses(tx, found.id))
        return [address.channel for address in reached]


@pytest.fixture
async def service(
    telegram: FakeTelegram,
    bot: Bot,
    database: Database,
    clock: PatientClock,
    house: House,
    knowledge: Knowledge,
) -> AsyncIterator[Service]:
    post = Post(database, [TelegramSender(bot)], clock, "test")
    assistant = Assistant(database, house, clock, knowledge, post)
    receiver = Receiver(bot, assistant, database, clock, house.wording, menu_of(house))
    async with running(receiver):
        yield Service(telegram, database, post, clock, house)


@pytest.fixture
async def teacher(service: Service, camille: Person) -> Person:
    await service.links("teacher", camille)
    return camille


@pytest.mark.parametrize(
    ("language", "label"),
    [("fr", "Parler à quelqu’un"), ("en", "Talk to someone"), ("es", "Parler à quelqu’un")],
)
async def test_a_stranger_is_welcomed_in_their_language(service: Service, language: str, label: str) -> None:
    stranger = service.telegram.person(43, "Alex", language_code=language)
    await stranger.starts()
    welcome = await service.is_told(stranger)
    assert welcome.marked("bold")[0] == "Déclic"
    assert [label] in welcome.buttons


async def test_a_declaration_goes_on_by_buttons_and_by_words(service: Service, teacher: Person) -> None:
    await teacher.says("/declarer@declic_bot")
    kinds = await service.is_told(teacher)
    await teacher.presses("Un livre")
    await service.is_told(teacher)
    assert (await teacher.sees("➜ Un livre")).id == kinds.id
    await teacher.presses("Passer")
    await service.is_told(teacher)
    await teacher.says("Le <b>gros</b> & le petit")
    await service.is_told(teacher)
    await teacher.says("modifier le titre")
    assert "Le <b>gros</b> & le petit" in (await service.is_told(teacher)).text


async def test_an_old_button_changes_nothing_and_says_so(service: Service, teacher: Person) -> None:
    await teacher.says("déclarer")
    kinds = await service.is_told(teacher)
    await teacher.presses("Un livre")
    isbn = await service.is_told(teacher)
    made = await teacher.presses_old(kinds, kinds.button("Une image d’une publication").data or "")
    answer = await service.is_told(teacher)
    assert made.notice == service.words("telegram/stale")
    assert answer.text == f"{service.words('corrections/stale')}\n\n{isbn.text}"
    assert answer.buttons == isbn.buttons


async def test_what_is_begun_at_the_terminal_goes_on_at_telegram(
    service: Service, teacher: Person, terminal: Terminal
) -> None:
    screen = await terminal.chat("teacher", "déclarer", "1")
    await teacher.says("reprendre")
    question = await service.is_told(teacher)
    assert question.text.splitlines()[-1] in screen
    assert question.buttons == [["Passer"]]


async def test_what_cannot_be_read_is_answered_kindly(service: Service, camille: Person) -> None:
    await camille.sends("voice")
    assert (await service.is_told(camille)).text.startswith(service.words("welcome/unreadable"))
    said = await camille.says("bonjour")
    await service.is_told(camille)
    await camille.edits(said, "bonsoir")
    assert (await service.is_told(camille)).text == service.words("welcome/edited")


async def test_a_group_is_refused_politely(service: Service, camille: Person) -> None:
    group = service.telegram.group()
    await camille.says_in_group(group, "On se voit à midi")
    await camille.says_in_group(group, "@declic_bot, c’est quoi un ISBN?")
    await service.delivers()
    [refusal] = await camille.hears(where=group)
    assert refusal.text == service.words("welcome/group")
    assert camille.unheard == []


async def test_an_alert_is_answered_by_a_reply_to_it(service: Service, teacher: Person) -> None:
    operator = service.telegram.person(50, "Iris")
    await service.links("operator", operator)
    await teacher.says("parler à quelqu’un")
    await service.is_told(teacher)
    await teacher.says("Mon école <a> changé de nom.")
    await service.is_told(teacher)
    [alert] = await operator.hears()
    assert "Mon école <a> changé de nom." in alert.text
    await operator.replies_to(alert, "C’est corrigé.")
    await service.delivers()
    [relayed], [answer] = await operator.hears(), await teacher.hears()
    assert relayed.text
    assert "C’est corrigé." in answer.text


async def test_who_has_blocked_the_bot_is_given_up(service: Service, teacher: Person) -> None:
    assert "telegram" in await service.reachable("teacher")
    await teacher.says("bonjour")
    await service.telegram.all_confirmed()
    teacher.private.closed = "bot was blocked by the user"
    await service.post.drain()
    await service.post.drain()
    assert len(service.telegram.refusals) == 1
    assert "telegram" not in await service.reachable("teacher")


async def test_a_chat_that_is_flooded_waits_alone(service: Service, teacher: Person) -> None:
    alex = service.telegram.person(43, "Alex")
    await teacher.says("bonjour")
    await alex.says("bonjour")
    await service.telegram.all_confirmed()
    service.telegram.flood(teacher.id, retry_after=5)
    await service.post.drain()
    assert await alex.hears()
    assert teacher.unheard == []
    await service.clock.sleep(5)
    await service.post.drain()
    assert await teacher.hears()
