"""`declic check`: what is configured and what is missing, all faults at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import open_bot
from bot.cli.told import Told, faults_told, operators_wording
from bot.compose import furnish
from bot.settings import Settings, SettingsFaulty, load_settings
from bot.turn import Ability
from faq.loader import EntriesFaulty
from storage import people, schema
from storage.database import DatabaseDown, Transaction, open_database
from storage.states import Role

SECONDS = 10
"""How long Telegram may take to answer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `what` names the line of the template that says it."""

    what: str
    ok: bool
    data: Mapping[str, object]


async def inspect(abilities: Sequence[Ability]) -> Told:
    """Looks at everything, whatever the first fault is."""
    try:
        settings = load_settings()
    except SettingsFaulty as faulty:
        return faults_told(faulty)
    findings = [*_knowledge(settings, abilities), *await _database(settings), *await _channels(settings)]
    ok = all(finding.ok for finding in findings)
    return operators_wording().told("cli/check", {"findings": findings, "settings": settings}, ok=ok)


def _knowledge(settings: Settings, abilities: Sequence[Ability]) -> list[Finding]:
    try:
        house = furnish(settings, abilities)
    except EntriesFaulty as faulty:
        return [Finding("entries", False, {"error": str(faulty)})]
    guides = {title for entry in house.entries.values() for title in entry.guides}
    linked = guides & set(settings.guides)
    return [
        Finding("entries", True, {"count": len(house.entries)}),
        Finding("guides", True, {"count": len(linked), "of": len(guides)}),
    ]


async def _database(settings: Settings) -> list[Finding]:
    database = open_database(settings.database)
    try:
        return await database.read(_look)
    except DatabaseDown as down:
        return [Finding("database", False, {"error": str(down.__cause__)})]
    finally:
        await database.close()


def _look(tx: Transaction) -> list[Finding]:
    now, newest = schema.current_revision(tx), schema.newest_revision()
    found = [Finding("database", True, {"revision": now, "newest": newest})]
    if now != newest:
        return found
    operators = people.in_role(tx, Role.OPERATOR)
    reachable = sum(bool(people.addresses(tx, operator)) for operator in operators)
    return [*found, Finding("operators", reachable > 0, {"count": len(operators), "reachable": reachable})]


async def _channels(settings: Settings) -> list[Finding]:
    if settings.telegram_token is None:
        return [Finding("telegram", False, {"name": None, "error": None})]
    async with open_bot(settings.telegram_token.get_secret_value(), str(settings.telegram_api)) as bot:
        try:
            me = await asyncio.wait_for(bot.get_me(), SECONDS)
        except (TelegramError, TimeoutError, InvalidToken) as error:
            return [Finding("telegram", False, {"name": None, "error": type(error).__name__})]
    return [Finding("telegram", True, {"name": me.username, "error": None})]
