"""`declic check`: what is configured and what is missing, all faults at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cli.start import database_of
from bot.cli.told import UNKNOWN, Told, faults_told, nearest, operators_wording, why_down
from bot.cli.web import standing_of
from bot.clock import SystemClock
from bot.settings import (
    ENV_FILE,
    PREFIX,
    SettingFault,
    Settings,
    SettingsFaulty,
    glimpse,
    load_settings,
    unknown_variables,
)
from bot.witness import trouble_with
from faq.guides import Guides
from faq.loader import EntriesFaulty, load_entries
from faq.meaning import load_encoder
from storage import centres, holds, keys, people, roles, schema
from storage.database import Database, DatabaseDown, Transaction
from storage.sealing import vault_of
from storage.states import Role

if TYPE_CHECKING:
    from bot.channels.mail.probe import Probed

NO_CHANNEL = "no-channel"
"""The problem of a setting without which, and without another, nothing can be heard."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `what` names the line of the template that says it."""

    what: str
    ok: bool
    data: Mapping[str, object]
    warns: bool = False
    """Whether somebody should see to it some day, though all works."""


async def inspect() -> Told:
    """Looks at everything, whatever the first fault is."""
    try:
        settings = load_settings()
    except SettingsFaulty as faulty:
        is_read = not any(fault.setting == ENV_FILE for fault in faulty.faults)
        return faults_told(faulty, *((*_no_channel(), *_unknown()) if is_read else ()))
    findings = [
        *(
            Finding("unknown", False, {"name": one.variable, "near": nearest(one.variable)})
            for one in _unknown()
        ),
        *_knowledge(settings),
        *await _database(settings),
        *await _channels(settings),
        *await _web(settings),
        *_school_calendar(settings),
    ]
    ok = all(finding.ok for finding in findings)
    return operators_wording().told("cli/check", {"findings": findings, "settings": settings}, ok=ok)


def _no_channel() -> tuple[SettingFault, ...]:
    """Without Telegram and without a mailbox nobody can be heard; either will do."""
    seen = glimpse()
    is_any = seen.telegram_token or seen.mail_address or seen.mailboxes or seen.smtp
    return () if is_any else (SettingFault("TELEGRAM_TOKEN", NO_CHANNEL),)


def _unknown() -> tuple[SettingFault, ...]:
    """What is called like a setting, and is none."""
    return tuple(SettingFault(name.removeprefix(PREFIX), UNKNOWN) for name in unknown_variables())


def _knowledge(settings: Settings) -> list[Finding]:
    try:
        entries = load_entries()
    except EntriesFaulty as faulty:
        return [Finding("entries", False, {"error": str(faulty)})]
    guides = {title for entry in entries for title in entry.guides}
    linked = [title for title in guides if title in Guides(settings.guides)]
    return [
        Finding("entries", True, {"count": len(entries), "encoder": load_encoder() is not None}),
        Finding("guides", True, {"count": len(linked), "of": len(guides)}),
    ]


def _school_calendar(settings: Settings) -> list[Finding]:
    """Without one reminders leave while schools are closed: worth saying, and no fault."""
    last = max(settings.school_calendar, default=None)
    is_over = last is not None and last < SystemClock().now().astimezone(settings.zone).date()
    found = Finding("school-calendar", True, {"last": last, "over": is_over}, warns=is_over or not last)
    return [found] if settings.reminders else []


async def _database(settings: Settings) -> list[Finding]:
    try:
        database = database_of(settings)
        try:
            off = settings.telegram_off
            found = await database.read(lambda tx: [*_look(tx), *_telegram_off(tx, off)])
            return [*found, *await _witness(settings, database)]
        finally:
            await database.close()
    except DatabaseDown as down:
        return [Finding("database", False, {"error": why_down(down)})]


def _look(tx: Transaction) -> list[Finding]:
    now, newest = schema.current_revision(tx), schema.newest_revision()
    too_new = now is not None and now > newest
    found = [Finding("database", not too_new, {"revision": now, "newest": newest, "error": None})]
    if now != newest:
        return found
    sealed = bool(vault_of(tx.dialect).newest)
    missing = keys.is_any_missing(tx)
    unsealed = sum(keys.left(tx).values()) if sealed and not missing else 0
    found.append(Finding("keys", not (missing or unsealed), {"sealed": sealed, "left": unsealed}))
    operators = roles.holders(tx, Role.OPERATOR)
    reachable = sum(bool(people.addresses(tx, operator)) for operator in operators)
    found.append(Finding("operators", reachable > 0, {"count": len(operators), "reachable": reachable}))
    return [*found, *(Finding("hold", False, {"reason": one.reason.value}) for one in holds.standing(tx))]


async def _witness(settings: Settings, database: Database) -> list[Finding]:
    """What is amiss with the witness, or what it says."""
    trouble = await database.read(lambda tx: trouble_with(settings.witness_file, tx))
    return [Finding("witness", False, {"file": settings.witness_file, "trouble": trouble})] if trouble else []


def _telegram_off(tx: Transaction, off: tuple[str, ...]) -> list[Finding]:
    """Those named whom Telegram cannot be closed to: neither a role nor a service centre of ours."""
    if not off or schema.current_revision(tx) != schema.newest_revision():
        return []
    known = {*Role, *(centre.name for centre in centres.named(tx))}
    return [Finding("telegram-off", False, {"name": name}) for name in off if name not in known]


async def _channels(settings: Settings) -> list[Finding]:
    """Side by side, so that servers which do not answer take their time only once."""
    looks = [_telegram(settings), _mail(settings)]
    found = [finding for findings in await asyncio.gather(*looks) for finding in findings]
    return found or [Finding("channels", False, {})]


async def _telegram(settings: Settings) -> list[Finding]:
    if settings.telegram_token is None:
        return []
    # Six megabytes that nobody needs without Telegram.
    from bot.channels.telegram import NoAnswer, TokenUnknown, who_am_i  # noqa: PLC0415

    token, api = settings.telegram_token.get_secret_value(), str(settings.telegram_api)
    try:
        return [Finding("telegram", True, {"name": await who_am_i(token, api)})]
    except TokenUnknown:
        return [Finding("telegram", False, {"error": "token"})]
    except NoAnswer as nothing:
        return [Finding("telegram", False, {"error": str(nothing)})]


async def _mail(settings: Settings) -> list[Finding]:
    mailing = settings.mailing
    if mailing is None:
        return []
    from bot.channels.mail.probe import probe_mailbox, probe_smtp  # noqa: PLC0415 - as above

    *mailboxes, smtp = await asyncio.gather(
        *(probe_mailbox(mailing, mailbox) for mailbox in mailing.mailboxes), probe_smtp(mailing)
    )
    return [
        *(_server("mailbox", one.server.mailbox, one) for one in mailboxes),
        _server("smtp", smtp.server.name, smtp),
        Finding("mail-tags", True, {"on": mailing.tags}),
        Finding("mail-trusted", True, {"name": mailing.trusted}),
    ]


async def _web(settings: Settings) -> list[Finding]:
    """That nobody listens yet is no fault: whoever sets up looks before they run."""
    standing = await standing_of(settings)
    return [Finding("web", standing["standing"] in ("listens", "nobody"), standing)] if standing else []


def _server(what: str, name: str, probed: Probed) -> Finding:
    facts = {"name": name, "trouble": probed.trouble and probed.trouble.value, "reason": probed.reason}
    return Finding(what, probed.trouble is None, facts)
