"""« Lier mon compte »: whose address it is is proven by a code, and asking tells nothing of who is on the roster."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Column, select

from bot.compose import furnish
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers import ABILITIES
from storage import addresses, codes, moving, people, telegram_off
from storage.codes import LIFE, PER_WHILE, TRIES, WHILE
from storage.database import Transaction
from storage.tables import letter, metadata
from tests.holding import without_chance
from tests.stage import Stage
from tests.strangers import Stranger, another, code_in, stranger

CAMILLE, NOBODY = "camille@tilleuls.invalid", "nobody0@tilleuls.invalid"
SENT, WRONG, LATE = "vient d’y partir", "pas le bon code", "n’est plus valable"
TOO_MANY, DONE = "trop de codes ou d’essais", "C’est fait"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def asks(somebody: Stranger, mail: str = CAMILLE) -> str:
    """Asks for a code to be mailed there."""
    await somebody.says("/lier")
    return await somebody.says(mail)


SCRIPTS = (
    ["/lier", "{mail}", "000000", "000 001", "mon code est le 000002", "000003", "000004", "000005", "/lier", "{mail}"],
    ["lier mon compte", "mon courriel est {mail}", "+16", "000000", "/lier", "{mail}", "000001", "bonjour", "000002"],
    ["/lier", "{mail}", "/lier", "{mail}", "/lier", "{mail}", "/lier", "{mail}", "000000", "+61", "/lier", "{mail}"],
    ["english", "/link", "{mail}", "my code is 000-000", "declare", "000001", "/register", "000002", "cancel"],
)  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script[0] + str(len(script)))
async def test_all_answers_are_the_same_whether_an_address_is_on_the_roster_or_not(
    tmp_path_factory: pytest.TempPathFactory, sqlite_url: str, script: list[str]
) -> None:
    async def read(url: str, mail: str) -> list[str]:
        async with Stage(url) as stage:
            pages = [await _plays(stage, stranger(stage, "301"), step.format(mail=mail)) for step in script]
            return [page.replace(mail, "…") for page in pages]

    other = tmp_path_factory.mktemp("other") / "declic.db"
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), other)
    assert await read(sqlite_url, CAMILLE) == await read(f"sqlite:///{other}", NOBODY)


async def _plays(stage: Stage, somebody: Stranger, step: str) -> str:
    if not step.startswith("+"):
        return await somebody.says(step)
    stage.tick(timedelta(minutes=int(step)))
    return ""


@pytest.mark.parametrize(
    "written",
    ["{0}{1}", "{0} {1}", "{0}-{1}", "mon code est le {0} {1}", "c’est {0}{1} merci!", "My code is {0}{1}."],
)  # fmt: skip
async def test_a_code_is_read_in_a_few_words(stage: Stage, written: str) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)
    code = code_in(stage, CAMILLE)
    assert DONE in await somebody.says(written.format(code[:3], code[3:]))


@pytest.mark.parametrize(
    "text", ["1234567", "12345", "978-2-07-061275-8", "514 555-1234", "pages 123456-123460"]
)
async def test_what_is_no_code_is_left_alone(stage: Stage, text: str) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)
    page = await somebody.says(text)
    assert WRONG not in page
    assert WRONG in await somebody.says(another(code_in(stage, CAMILLE)))


async def test_five_wrong_codes_end_it_and_the_operators_learn_it_once(stage: Stage) -> None:
    somebody, operator = stranger(stage, "301"), stage.person("operator")
    await asks(somebody)
    code = code_in(stage, CAMILLE)
    pages = [await somebody.says(another(code)) for _ in range(TRIES + 2)]
    assert [TOO_MANY in page for page in pages] == [False] * (TRIES - 1) + [True] * 3
    assert operator.reads().count("Cinq mauvais codes") == 1
    assert TOO_MANY in await somebody.says(code)
    assert TOO_MANY in await asks(somebody)
    assert TOO_MANY in await asks(stranger(stage, "302"))
    stage.tick(WHILE)
    assert SENT in await asks(somebody)


@pytest.mark.parametrize("same_writer", [True, False])
async def test_three_codes_an_hour_for_who_writes_and_for_where_they_go(
    stage: Stage, same_writer: bool
) -> None:
    for number in range(PER_WHILE):
        one = stranger(stage, "301" if same_writer else f"30{number}")
        assert SENT in await asks(one, f"nobody{number}@tilleuls.invalid" if same_writer else CAMILLE)
    last = stranger(stage, "301" if same_writer else "309")
    assert TOO_MANY in await asks(last)
    stage.tick(WHILE)
    assert SENT in await asks(last)


async def test_only_the_newest_code_counts_and_only_for_fifteen_minutes(stage: Stage) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)
    first = code_in(stage, CAMILLE)
    await asks(somebody)
    second = code_in(stage, CAMILLE)
    if first != second:
        assert WRONG in await somebody.says(first)
    stage.tick(LIFE)
    assert LATE in await somebody.says(second)


async def test_no_secret_is_kept_or_logged(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logs("debug")
    somebody = stranger(stage, "301")
    await asks(somebody)
    code = code_in(stage, CAMILLE)
    await somebody.says(another(code))
    while_it_counts = await stage.database.read(lambda tx: list(_everything(tx, besides=letter.c.html)))
    await somebody.says(f"{code[:3]} {code[3:]}")
    after = await stage.database.read(lambda tx: list(_everything(tx)))
    logged = without_chance("".join(capfd.readouterr()))
    for secret in (code, f"{code[:3]} {code[3:]}", another(code)):
        assert [row for row in (*while_it_counts, *after) if secret in row] == []
        assert secret not in logged


def _everything(tx: Transaction, besides: Column[str] | None = None) -> Iterator[str]:
    """Every value of every table, as text; micro-seconds aside."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if column is not besides and not column.name.endswith("_us"):
                values = tx.execute(select(column)).scalars()
                yield from map(without_chance, map(str, values))


async def test_an_address_of_somebody_else_moves_only_with_a_code_and_they_are_told(stage: Stage) -> None:
    lou = stage.person("lou")
    await stage.database.write(lambda tx: _also_at(tx, lou.address, "mail", "lou@ruisseau.invalid", stage))
    assert "Lou Ailleurs" in await lou.says("lier mon compte")
    await lou.presses("Ce n’est pas moi")
    await lou.says(CAMILLE)
    assert stage.mailboxes["mail", "lou@ruisseau.invalid"].letters == []
    assert "Camille Essai" in await lou.says(code_in(stage, CAMILLE))
    told = stage.mailboxes["mail", "lou@ruisseau.invalid"].letters[-1]
    assert "quelqu’un d’autre l’a liée" in told.page.html


def _also_at(tx: Transaction, of: str, channel: str, value: str, stage: Stage) -> None:
    person_id = people.id_at(tx, "telegram", of)
    assert person_id
    people.link(tx, person_id, channel, value, stage.clock.now() - timedelta(days=1))


async def test_a_talk_begun_before_comes_along_and_waits(stage: Stage) -> None:
    somebody = stranger(stage, "301")
    await somebody.says("parler à quelqu’un")
    await asks(somebody)
    await somebody.says("parler à quelqu’un")
    assert "Que voulez-vous dire" not in await somebody.says(code_in(stage, CAMILLE))
    assert "Que voulez-vous dire" in await somebody.says("reprendre")


async def test_the_buttons_after_it_are_the_new_persons(stage: Stage) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)
    await somebody.says(code_in(stage, CAMILLE))
    assert "Qu’avez-vous copié" in await somebody.says("1")


async def test_a_dead_address_gets_the_same_answer_and_the_operators_a_word(stage: Stage) -> None:
    now = stage.clock.now()
    await stage.database.write(lambda tx: addresses.mark_dead(tx, "mail", CAMILLE, "550 5.1.1", now))
    dead = await asks(stranger(stage, "301"))
    nobody = await asks(stranger(stage, "302"), NOBODY)
    assert dead.replace(CAMILLE, "…") == nobody.replace(NOBODY, "…")
    assert stage.mailboxes["mail", CAMILLE].letters == []
    assert f"Un code a été demandé pour {CAMILLE}" in stage.person("operator").reads()


async def test_by_mail_a_code_counts_only_where_the_sender_is_proven(stage: Stage) -> None:
    home = stranger(stage, "camille.chez.elle@ailleurs.invalid", "mail")
    await home.writes("lier mon compte")
    await home.writes(CAMILLE)
    code = code_in(stage, CAMILLE)
    home.reads()
    await stage.hear(replace(home.heard(code), proven=False))
    assert "en répondant à mon dernier courriel" in home.reads()
    assert DONE in await home.writes(f"{code}\n\nMerci,\nCamille Essai")


async def test_who_has_left_meanwhile_is_not_linked(stage: Stage) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)

    def leave(tx: Transaction) -> None:
        person_id = people.id_at(tx, "mail", CAMILLE)
        assert person_id
        moving.close_person(tx, person_id, stage.clock.now())

    await stage.database.write(leave)
    assert LATE in await somebody.says(code_in(stage, CAMILLE))
    assert SENT in await asks(somebody)
    assert len(stage.mailboxes["mail", CAMILLE].letters) == 1


async def test_telegram_that_is_closed_to_somebody_is_not_linked(stage: Stage) -> None:
    somebody = stranger(stage, "301")
    await asks(somebody)
    await stage.database.write(lambda tx: telegram_off.keep_only(tx, ["teacher"]))
    assert "n’utilise pas Telegram" in await somebody.says(code_in(stage, CAMILLE))
    assert "je ne connais pas encore cette adresse" in await somebody.says("déclarer")


async def test_without_mail_it_says_whom_to_write_to(sqlite_url: str) -> None:
    settings = Settings(
        _env_file=None, organisation="Équipe fictive", contact="aide@exemple.invalid", destination="collector"
    )
    async with Stage(sqlite_url, house=furnish(settings, ABILITIES)) as stage:
        page = await stranger(stage, "301").says("lier mon compte")
    assert "aide@exemple.invalid" in page
    assert "pas en service" in page


async def test_codes_are_forgotten_after_a_day(stage: Stage) -> None:
    await asks(stranger(stage, "301"))
    stage.tick(codes.KEPT)
    await asks(stranger(stage, "302"), NOBODY)
    kept = await stage.database.read(
        lambda tx: codes.last(tx, people.Address("telegram", "301"), stage.clock.now())
    )
    assert kept is None
