"""`declic retention`: forgets what has been kept long enough, or says what that would be."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cli.consent import Consent
from bot.cli.start import opened
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import sweeping


async def tidy(settings: Settings, consent: Consent | None) -> Told:
    """By kind: how many, and after how many days. They go only with consent; None: nobody wants them to."""
    now, wording = SystemClock().now(), operators_wording()

    def told(counts: Mapping[str, int]) -> Mapping[str, object]:
        return {"due": [(kind, settings.keep[kind], count) for kind, count in counts.items()]}

    async with opened(settings) as database:
        due = await database.read(lambda tx: sweeping.due(tx, settings.keep, now))
        if consent is None:
            return wording.told("cli/retention", {**told(due), "dry": True})
        asked = {"count": sum(due.values())}
        if asked["count"] and (refused := consent.refused(wording, "cli/retention-ask", asked)):
            return refused
        counts = await sweeping.forget(database, settings.keep, now)
    return wording.told("cli/retention", {**told(counts), "dry": False})
