"""From a reminder by mail to none any more: the link in its heading, pressed by a mail program or by a person."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import update

from bot.channels.mail.write.compose import write_mail
from bot.messages import Letter
from storage import people
from storage.database import Transaction
from storage.tables import letter
from tests.browsing import ONE_CLICK, browsing_on, read
from tests.campaigning import act, by_hand, id_of, ledger
from tests.mailed import TAGGED, parsed, text_of, wording
from tests.stage import Player, Stage

PUBLIC = replace(TAGGED, public="https://declic.test")
STOPPED = "C’est fait\u00a0: vous ne recevrez plus de rappels."
NOTED = "C’est noté"


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """Where reminders of Camille and Morgan go by mail."""
    async with Stage(database_url) as stage:
        await act(stage, _by_mail)
        yield stage


def _by_mail(tx: Transaction) -> None:
    for name in ("camille", "morgan"):
        people.set_reminds_on(tx, id_of(tx, name), "mail")


async def reminded(stage: Stage, name: str = "camille", called: str = "one") -> Letter:
    """A campaign made by hand has reached them: their letter."""
    await by_hand(stage, called=called)
    await stage.post.drain()
    return stage.person(name, "mail").mailbox.letters[-1]


def path_in(sent: Letter) -> str:
    """Where the link in the heading leads, behind the public address."""
    message = parsed(write_mail(sent, PUBLIC, wording(), sent.at))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.match(r"<(https://declic\.test/[^>]+)>, <mailto:", str(message["List-Unsubscribe"]))
    assert found
    return urlsplit(found[1]).path


async def wants(stage: Stage, name: str) -> bool:
    return await stage.database.read(lambda tx: people.wants_reminders(tx, id_of(tx, name)))


async def letters_of(stage: Stage, player: Player) -> list[str]:
    """What has come by mail since they last looked."""
    await stage.post.drain()
    return [sent.page.html for sent in player.mailbox.unread()]


async def press(client: httpx.AsyncClient, path: str) -> str:
    """The title of the page that answers a mail program."""
    answer = await client.post(path, data=ONE_CLICK)
    assert answer.status_code == 200
    return read(answer).splitlines()[1]


async def test_one_click_and_no_further_reminder_leaves(stage: Stage) -> None:
    path, camille = path_in(await reminded(stage)), stage.person("camille", "mail")
    camille.reads()
    async with browsing_on(stage) as client:
        assert await press(client, path) == NOTED
        assert await letters_of(stage, camille) == [f"{STOPPED} Les échéances restent les mêmes."]
        assert await press(client, path) == NOTED
    stage.tick(timedelta(days=1))
    await reminded(stage, called="two")
    assert await letters_of(stage, camille) == []
    assert ("hand:two", "camille", "skipped", "stopped") in await ledger(stage)
    assert ("hand:two", "morgan", "left", None) in await ledger(stage)


async def test_the_confirmation_goes_on_in_the_reminders_thread_and_can_be_taken_back(stage: Stage) -> None:
    sent, camille = await reminded(stage), stage.person("camille", "mail")
    async with browsing_on(stage) as client:
        await press(client, path_in(sent))
    await stage.post.drain()
    confirmed = parsed(write_mail(camille.mailbox.letters[-1], PUBLIC, wording(), sent.at))
    reminder = parsed(write_mail(sent, PUBLIC, wording(), sent.at))
    assert confirmed["Subject"] == f"Re: {reminder['Subject']}"
    assert confirmed["List-Unsubscribe"] is None
    assert confirmed["In-Reply-To"].split("@")[0] == reminder["Message-ID"].split("@")[0]
    assert STOPPED in text_of(confirmed)
    await camille.writes("1")
    assert await wants(stage, "camille")


async def test_after_a_change_of_mind_the_same_link_ends_them_again(stage: Stage) -> None:
    path, camille = path_in(await reminded(stage)), stage.person("camille", "mail")
    async with browsing_on(stage) as client:
        for _ in range(2):
            await press(client, path)
            assert not await wants(stage, "camille")
            await camille.writes("reprendre les rappels")
            assert await wants(stage, "camille")


async def test_to_look_at_the_link_ends_nothing_and_its_button_does(stage: Stage) -> None:
    path = path_in(await reminded(stage, "morgan"))
    async with browsing_on(stage) as client:
        await client.head(path)
        looked = await client.get(path, headers={"Accept-Language": "fr"})
        assert await wants(stage, "morgan")
        assert "Stop the reminders?" in read(looked)
        form = re.search(
            r'<form method="post">\s*<input type="hidden" name="(.+?)" value="(.+?)">', looked.text
        )
        assert form
        pressed = await client.post(path, data={form[1]: form[2]}, headers={"Accept-Language": "fr"})
    assert read(pressed).splitlines()[1] == "Noted"
    assert not await wants(stage, "morgan")


async def test_clicks_at_once_are_confirmed_once(stage: Stage) -> None:
    path, camille = path_in(await reminded(stage)), stage.person("camille", "mail")
    camille.reads()
    async with browsing_on(stage) as client:
        await asyncio.gather(*(press(client, path) for _ in range(8)))
    assert len(await letters_of(stage, camille)) == 1


async def test_neither_another_number_nor_the_secret_itself_opens_anything(stage: Stage) -> None:
    camilles, morgans = await reminded(stage), stage.person("morgan", "mail").mailbox.letters[-1]
    digest = path_in(camilles).rpartition("-")[2]
    async with browsing_on(stage) as client:
        for last in (
            f"{morgans.id}-{digest}",
            f"{camilles.id}-{camilles.token}",
            f"{camilles.id}-{digest[::-1]}",
            f"0{camilles.id}-{digest}",
            digest,
        ):
            assert await press(client, f"/unsubscribe/{last}") == NOTED
    assert (await wants(stage, "camille"), await wants(stage, "morgan")) == (True, True)


async def test_a_letter_whose_secret_is_forgotten_is_answered_the_same(stage: Stage) -> None:
    path = path_in(await reminded(stage))
    await act(stage, lambda tx: tx.execute(update(letter).values(token=None)))
    async with browsing_on(stage) as client:
        assert await press(client, path) == NOTED
    assert await wants(stage, "camille")
