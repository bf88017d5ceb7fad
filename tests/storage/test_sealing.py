"""What is sealed cannot be read in the database without its key, and can be sealed anew at any time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from storage import inbox, keys, parked, people, talks
from storage.database import Database, Transaction, open_database
from storage.schema import migrate
from storage.sealing import MARK, PLAINLY, KeyFaulty, KeyMissing, SealBroken, Vault, new_key
from storage.tables import metadata, talk

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
WORDS = "mon élève ne peut pas signer"
RAW = b"From: parent@exemple.invalid\r\n\r\nbonjour \x00\xff"
OLD, NEW = new_key(), new_key()


def fill(tx: Transaction) -> None:
    """Something in each sort of sealed column: text, bytes, JSON."""
    person_id = people.add(tx, NOW)
    begun = talks.start(tx, person_id, "human", {}, NOW)
    talks.save(
        tx, talks.KeptTalk(begun.id, person_id, "human", begun.state, answers={"a": {"text": WORDS}}), NOW
    )
    inbox.attempt(tx, "mail", "a@b.invalid", "1", NOW)
    inbox.park(tx, "mail", "a@b.invalid", "1", WORDS, NOW)
    parked.park(tx, "box", RAW, "unreadable", NOW)


def read(tx: Transaction) -> tuple[Any, ...]:
    """The same, as it is read."""
    parked_text = tx.execute(select(metadata.tables["inbox"].c.text)).scalar()
    return tx.execute(select(talk.c.answers)).scalar(), parked_text, parked.bytes_of(tx, _parked(tx))


FILLED = ({"a": {"text": WORDS}}, WORDS, RAW)


def _parked(tx: Transaction) -> int:
    return int(tx.execute(text("SELECT max(id) FROM parked_mail")).scalar_one())


def as_kept(tx: Transaction) -> list[str]:
    """The same, as it lies in the database."""
    kept = [
        tx.execute(text(f"SELECT {column} FROM {table}")).scalar_one()  # noqa: S608 - names of ours
        for table, column in (("talk", "answers"), ("inbox", "text"), ("parked_mail", "raw"))
    ]
    return [bytes(one).decode() if isinstance(one, bytes | memoryview) else str(one) for one in kept]


async def with_keys(url: str, *given_keys: str) -> Database:
    database = open_database(url, given_keys)
    await migrate(database)
    return database


@pytest.fixture
async def sealed(url: str) -> AsyncIterator[Database]:
    database = await with_keys(url, OLD)
    await database.write(fill)
    yield database
    await database.close()


async def test_what_is_sealed_reads_as_it_was_and_lies_there_unreadable(sealed: Database) -> None:
    assert await sealed.read(read) == FILLED
    kept = await sealed.read(as_kept)
    assert all(one.strip('"').startswith(MARK) for one in kept)
    assert all(word not in "".join(kept) for word in ("signer", "parent@exemple"))


async def test_what_was_written_without_keys_reads_on_and_is_sealed_by_the_rotation(url: str) -> None:
    plain = await with_keys(url)
    await plain.write(fill)
    await plain.close()
    database = await with_keys(url, NEW)
    assert await database.read(read) == FILLED
    assert set(await database.read(keys.left)) == {"talk.answers", "inbox.text", "parked_mail.raw"}
    await keys.rotate(database)
    assert await database.read(keys.left) == {}
    assert await database.read(read) == FILLED
    assert all(MARK in one for one in await database.read(as_kept))
    await database.close()


async def test_a_rotation_leaves_the_old_key_behind(url: str, sealed: Database) -> None:
    both = await with_keys(url, NEW, OLD)
    assert await both.read(read) == FILLED
    await keys.rotate(both)
    await both.close()
    alone = await with_keys(url, NEW)
    assert await alone.read(read) == FILLED
    await alone.close()


async def test_a_rotation_that_was_broken_off_goes_on(url: str, sealed: Database) -> None:
    both = await with_keys(url, NEW, OLD)
    first = next(column for column in keys.sealed_columns() if column.table.name == "inbox")
    await both.write(lambda tx: keys._seal_some(tx, first, ()))
    assert "inbox.text" not in await both.read(keys.left)
    await keys.rotate(both)
    assert await both.read(keys.left) == {}
    await both.close()


@pytest.mark.parametrize("given_keys", [(), (NEW,)], ids=["no key", "another key"])
async def test_who_starts_without_a_key_that_is_needed_is_told_at_once(
    url: str, sealed: Database, given_keys: tuple[str, ...]
) -> None:
    database = open_database(url, given_keys)
    with pytest.raises(KeyMissing):
        await migrate(database)
    await database.close()


async def test_a_key_that_went_away_while_values_need_it_is_still_asked_for(
    url: str, sealed: Database
) -> None:
    await (await with_keys(url, NEW, OLD)).close()
    database = open_database(url, [NEW])
    with pytest.raises(KeyMissing):
        await migrate(database)
    await database.close()


@pytest.mark.parametrize("key", ["", "secret", "x" * 44])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(KeyFaulty):
        Vault([key])


VAULTS = (Vault(), Vault([OLD]), Vault([NEW, OLD]))


@given(
    st.binary() | st.text().map(str.encode) | st.sampled_from([MARK.encode(), f"{PLAINLY}{MARK}x".encode()])
)
def test_any_value_comes_back_from_any_vault(value: bytes) -> None:
    assert [vault.open(vault.seal(value)) for vault in VAULTS] == [value] * 3
    assert VAULTS[2].open(VAULTS[1].seal(value)) == value
    assert VAULTS[1].open(VAULTS[0].seal(value)) == value


@pytest.mark.parametrize("words", ["declic.sealed.", "declic.sealed.du bonheur", f"{MARK}{'a' * 12}.rien"])
def test_words_that_only_begin_like_a_seal_are_words(words: str) -> None:
    assert Vault([OLD]).open(words.encode()) == words.encode()


async def test_a_seal_that_was_altered_is_an_error_of_its_own() -> None:
    vault = Vault([OLD])
    with pytest.raises(SealBroken):
        vault.open(vault.seal(RAW)[:-8])


async def test_who_still_seals_with_an_old_key_keeps_it_asked_for(url: str, sealed: Database) -> None:
    both = await with_keys(url, NEW, OLD)
    await keys.rotate(both)
    await both.close()
    await sealed.write(keys.note)
    alone = open_database(url, [NEW])
    with pytest.raises(KeyMissing):
        await migrate(alone)
    await alone.close()


async def test_the_same_words_are_never_sealed_alike(url: str, sealed: Database) -> None:
    await sealed.write(lambda tx: tx.execute(insert(metadata.tables["secret"]).values(name="a", value=WORDS)))
    await sealed.write(lambda tx: tx.execute(insert(metadata.tables["secret"]).values(name="b", value=WORDS)))
    kept = await sealed.read(lambda tx: tx.execute(text("SELECT DISTINCT value FROM secret")).all())
    assert len(kept) == 2
