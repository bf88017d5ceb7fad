"""`declic keys`, `declic retention`, and what `declic check` says of keys."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import parked, volumes
from storage.database import Transaction
from tests.bot.cli.conftest import Organisation
from tests.bot.cli.test_start import BY_MAIL
from tests.bringing import FOLDER

LIST = FOLDER / "personnel.csv"

LONG_AGO = datetime.now(UTC) - timedelta(days=90)
RAW = b"From: parent@exemple.invalid"


def lived(tx: Transaction) -> None:
    """Somebody's mail lies aside, and answers were counted."""
    parked.park(tx, "box", RAW, "unreadable", LONG_AGO)
    for _ in range(3):
        volumes.add(tx, "parent@exemple.invalid", LONG_AGO)


async def new_key(organisation: Organisation) -> str:
    return (await organisation("keys", "new")).out.strip()


async def test_what_would_go_is_told_by_kind_and_then_goes(organisation: Organisation) -> None:
    await organisation.write(lived)
    first = await organisation("retention", "--dry-run")
    again = await organisation("retention", "--dry-run")
    assert (first.code, first.out) == (0, again.out)
    assert "1 : messages et courriels mis de côté (plus de 14 jours)" in first.out
    assert "3 : réponses automatiques comptées (plus de 2 jours)" in first.out
    asked = await organisation("retention")
    assert asked.err.startswith("4 éléments ont dépassé leur temps")
    done = await organisation.having(keep_parked="200")("retention", "--yes")
    assert "0 : messages et courriels mis de côté (plus de 200 jours)" in done.out
    assert "3 : réponses automatiques comptées (plus de 2 jours)" in done.out
    left = await organisation("retention", "--dry-run")
    assert re.findall(r"^([1-9]\d*) : (\S+)", left.out, re.MULTILINE) == [("1", "messages")]


async def test_keys_are_made_put_in_and_replaced(organisation: Organisation) -> None:
    await organisation.write(lived)
    assert "declic keys new" in (await organisation("keys", "rotate")).err
    older, newer = await new_key(organisation), await new_key(organisation)
    sealed = organisation.having(keys=older)
    assert "Tout est scellé" in (await sealed("keys", "rotate")).out
    assert (await sealed("mail", "parked", "1")).out.startswith("From: parent")
    rotated = await organisation.having(keys=f"{newer},{older}")("keys", "rotate")
    assert (rotated.code, "retirez-les" in rotated.out) == (0, True)
    assert (await organisation.having(keys=newer)("mail", "parked", "1")).out.startswith("From: parent")


async def test_a_key_that_is_missing_is_named_before_anything_is_done(organisation: Organisation) -> None:
    await organisation.write(lived)
    key = await new_key(organisation)
    assert (await organisation.having(keys=key)("keys", "rotate")).code == 0
    for command in (("mail", "parked"), ("status",), ("retention",)):
        done = await organisation(*command)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("Une clé manque (DECLIC_KEYS)")
    assert "✗ Une clé manque (DECLIC_KEYS)" in (await organisation("check")).err


COMMANDS = (
    ("status",),
    ("tickets",),
    ("ticket", "1"),
    ("person", "Camille Essai"),
    ("roster", "show"),
    ("roster", "show", "tilleuls"),
    ("roster", "import", str(LIST), "--yes"),
    ("mail", "parked"),
    ("period", "list"),
    ("exclusions", "show"),
    ("retention", "--dry-run"),
    ("link", "Camille Essai", "telegram", "55"),
    ("unlink", "Camille Essai", "telegram", "55"),
    ("keys", "rotate"),
    ("invite", "Lou Ailleurs"),
    ("person", "role", "add", "Camille Essai", "operator", "--yes"),
    ("person", "close", "Camille Essai", "--yes"),
    ("faq", "export", "--into", "apprises"),
)
"""Every command that opens the database and ends by itself."""


async def test_every_command_works_on_a_sealed_database(organisation: Organisation) -> None:
    await organisation.write(lived)
    by_mail = organisation.having(**BY_MAIL)
    sealed = by_mail.having(keys=await new_key(organisation))
    assert (await sealed("keys", "rotate")).code == 0
    for command in COMMANDS:
        assert "DECLIC_KEYS" not in (await sealed(*command)).err, command
        done = await by_mail(*command)
        assert (done.code, done.err[:24]) == (1, "Une clé manque (DECLIC_K"), command


@pytest.mark.parametrize("command", [*COMMANDS[-4:], ("status",)], ids=" ".join)
async def test_a_database_of_a_newer_release_is_told_of(
    organisation: Organisation, command: tuple[str, ...]
) -> None:
    await organisation.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    done = await organisation.having(**BY_MAIL)(*command)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Une version plus récente de Déclic a mis à jour cette base")


async def test_what_was_written_before_the_key_is_told_of(organisation: Organisation) -> None:
    await organisation.write(lived)
    sealed = organisation.having(keys=await new_key(organisation))
    told = (await sealed("check")).err.replace("\N{NO-BREAK SPACE}", " ")
    assert "sans la clé la plus récente : 1; « declic keys rotate »" in told
    await sealed("keys", "rotate")
    assert "sans la clé" not in (await sealed("check")).err


async def test_a_seal_that_was_altered_is_told_of(organisation: Organisation) -> None:
    await organisation.write(lived)
    sealed = organisation.having(keys=await new_key(organisation))
    await sealed("keys", "rotate")
    await organisation.write(
        lambda tx: tx.execute(text("UPDATE parked_mail SET raw = CAST(substr(raw, 1, 60) AS BLOB)"))
    )
    done = await sealed("mail", "parked", "1")
    assert (done.code, "a été altérée" in done.err) == (1, True)


async def test_the_check_advises_to_seal(organisation: Organisation) -> None:
    advised = await organisation("check")
    sealed = await organisation.having(keys=await new_key(organisation))("check")
    assert "✓ Données sensibles non scellées; « declic keys new »" in advised.err
    assert "✓ Données sensibles scellées" in sealed.err
