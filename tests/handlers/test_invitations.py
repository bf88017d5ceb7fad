"""Invitations: a link in an e-mail ties somebody's Telegram account at once, and only once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.turn import House
from handlers.roster.invitations import letter_for
from storage import invitations, outbox, people, telegram_off
from storage.database import Transaction
from storage.invitations import LIFE
from storage.tables import invitation, letter
from tests.stage import Stage, furnished
from tests.strangers import stranger

LINK = re.compile(r"https://t\.me/declic_bot\?start=([A-Za-z]{32})\b")
CAMILLE = "camille@tilleuls.invalid"


def on_telegram() -> House:
    """The house where the bot has a name on Telegram."""
    house = furnished()
    named = {"telegram_token": SecretStr("1:exemple"), "telegram_name": "declic_bot"}
    return replace(house, settings=house.settings.model_copy(update=named))


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url, house=on_telegram()) as stage:
        yield stage


async def invited(stage: Stage, house: House | None = None) -> str:
    """What the letter to Camille says."""

    def write(tx: Transaction) -> None:
        person_id = people.id_at(tx, "mail", CAMILLE)
        assert person_id
        made = letter_for(tx, house or stage.house, person_id, stage.clock.now())
        assert made
        outbox.put(tx, [made], stage.clock.now())

    await stage.database.write(write)
    await stage.post.drain()
    return stage.mailboxes["mail", CAMILLE].letters[-1].page.html


async def token_for(stage: Stage) -> str:
    """The token of an invitation to Camille, who is not on Telegram."""
    await stage.person("camille").says("mes adresses")
    await stage.person("camille").presses("Retirer Telegram")
    await stage.person("camille").presses("Oui, la retirer")
    found = LINK.search(await invited(stage))
    assert found
    return found[1]


async def test_the_link_ties_the_account_once(stage: Stage) -> None:
    token = await token_for(stage)
    assert "Camille Essai" in await stranger(stage, "301").says(f"/start {token}")
    assert "Camille Essai" in await stranger(stage, "301").says(f"/start {token}")
    assert "a déjà servi" in await stranger(stage, "302").says(f"/start {token}")


async def test_neither_the_token_nor_its_letter_is_kept(stage: Stage) -> None:
    token = await token_for(stage)
    digests = await stage.database.read(lambda tx: tx.scalars(select(invitation.c.digest)).all())
    assert token.encode() not in b"".join(digests)
    await stranger(stage, "301").says(f"/start {token}")
    texts = await stage.database.read(lambda tx: tx.scalars(select(letter.c.html)).all())
    assert [text for text in texts if token in text] == []


async def test_an_old_one_says_so_and_offers_a_code(stage: Stage) -> None:
    token = await token_for(stage)
    stage.tick(LIFE)
    somebody = stranger(stage, "301")
    assert "n’est plus valable" in await somebody.says(f"/start {token}")
    assert "adresse courriel de travail" in await somebody.presses("Lier mon compte")


async def test_a_guess_is_worth_nothing_and_other_words_are_a_greeting(stage: Stage) -> None:
    assert "n’est plus valable" in await stranger(stage, "301").says(f"/start {'a' * 32}")
    assert "Bonjour" in await stranger(stage, "301").says("/start abc")


async def test_an_account_of_somebody_else_takes_a_code(stage: Stage) -> None:
    token = await token_for(stage)
    lou = stage.person("lou")
    assert "déjà relié à Lou Ailleurs" in await lou.says(f"/start {token}")
    assert "Lou Ailleurs" in await lou.says("lier mon compte")


async def test_without_telegram_the_letter_tells_of_mail_alone(stage: Stage) -> None:
    await token_for(stage)
    said = await invited(stage, furnished())
    assert "Par courriel" in said
    assert "Telegram" not in said


async def test_nobody_is_invited_to_where_they_are_or_may_not_be(stage: Stage) -> None:
    assert "Telegram" not in await invited(stage)
    await token_for(stage)
    await stage.database.write(lambda tx: telegram_off.keep_only(tx, ["Centre de services fictif"]))
    assert "Telegram" not in await invited(stage)


async def test_it_counts_who_is_still_to_come(stage: Stage) -> None:
    def come(tx: Transaction) -> list[str | None]:
        found = [people.by_id(tx, one) for one in invitations.still_to_come(tx)]
        return [one.name for one in found if one]

    assert await stage.database.read(come) == ["Sophie Lavoie"]
    await token_for(stage)
    stage.tick(timedelta(minutes=1))
    assert await stage.database.read(come) == ["Camille Essai", "Sophie Lavoie"]
