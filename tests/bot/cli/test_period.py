"""`declic period`: which periods are open, and the operator's hand on one of them."""

from __future__ import annotations

from handlers.declarations.periods import period_of
from storage import closings
from tests.bot.cli.conftest import Organisation, today


async def test_a_period_is_closed_and_reopened(organisation: Organisation) -> None:
    running = period_of(today())
    past = running.before.before
    open_ = await organisation("period", "reopen", past.key)
    assert (open_.code, open_.out.strip()) == (
        0,
        f"La période {past.key} est rouverte, jusqu’à ce qu’elle soit fermée à la main.",
    )
    assert await organisation.write(closings.by_hand) == {past.key: True}
    lines = (await organisation("period", "list")).out.splitlines()
    (line,) = [line for line in lines if line.startswith(past.key)]
    assert line.endswith("ouverte, décidé à la main")
    closed = await organisation.having(language="en")("period", "close", past.key)
    assert closed.out.startswith(f"Period {past.key} is closed: what was sent no longer changes")
    assert await organisation.write(closings.by_hand) == {past.key: False}


async def test_what_stands_is_said_and_what_is_long_past_is_asked_about(organisation: Organisation) -> None:
    past = period_of(today()).before.before
    closed = await organisation("period", "close", past.key)
    assert closed.out.strip() == f"La période {past.key} est fermée, selon le calendrier."
    await organisation("period", "reopen", past.key)
    again = await organisation("period", "reopen", past.key)
    assert again.out.strip() == f"La période {past.key} est ouverte, décidé à la main."
    auto = await organisation("period", "auto", past.key)
    assert (auto.out, await organisation.write(closings.by_hand)) == (closed.out, {})
    old = await organisation("period", "reopen", "2001-1")
    assert "il y a plus d’un an. La rouvrir?" in old.err
    assert (await organisation("period", "reopen", "2001-1", "--yes")).code == 0


async def test_what_cannot_be_closed_is_told(organisation: Organisation) -> None:
    running = period_of(today())
    refused = await organisation("period", "close", running.key)
    assert refused.code == 1
    assert refused.err.startswith(f"La période {running.key} est en cours ou à venir")
    unknown = await organisation("period", "close", "2026-4")
    assert "n’est pas une période" in unknown.err
    assert await organisation.write(closings.by_hand) == {}
