"""`declic keys`, `declic retention`, and what `declic check` says of keys."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from storage import parked, volumes
from storage.database import Transaction
from tests.bot.cli.conftest import Organisation

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
    done = await organisation.having(keep_parked="200")("retention")
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


async def test_the_check_advises_to_seal(organisation: Organisation) -> None:
    advised = await organisation("check")
    sealed = await organisation.having(keys=await new_key(organisation))("check")
    assert "✓ Données sensibles non scellées; « declic keys new »" in advised.err
    assert "✓ Données sensibles scellées" in sealed.err
