"""`declic run`: every configured channel and the post, in one process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Coroutine, Sequence
from typing import Any

import structlog

from bot.alerts import tell_of_dead_letter
from bot.assistant import Assistant
from bot.cli.bot_name import with_bot_name
from bot.cli.channels import Tools, is_any_configured, not_configured, opened
from bot.cli.start import database_of
from bot.cli.told import Told, operators_wording
from bot.cli.web import pages_of
from bot.clock import SystemClock
from bot.compose import errands_for, furnish, library_in, warm_up
from bot.knowledge import Knowledge
from bot.post import Post
from bot.schedule import Means, Schedule
from bot.settings import Settings
from bot.turn import Ability
from bot.witness import Witness
from faq.loader import EntriesFaulty
from handlers.reminders.judging import judge_for
from handlers.reminders.plan import sending_hours
from storage import channels_off, holds, outages, telegram_off
from storage.database import Database, DatabaseDown
from storage.schema import DatabaseNewer, migrate
from storage.sealing import KeyMissing

log = structlog.get_logger()


async def serve(settings: Settings, abilities: Sequence[Ability]) -> Told:
    """Until SIGTERM or SIGINT; then what is in hand is finished and nothing more is taken."""
    if not is_any_configured(settings):
        return operators_wording().told("cli/no-channel", {}, ok=False)
    house = furnish(await with_bot_name(settings), abilities)
    database = database_of(settings)
    try:
        await migrate(database)
        await _serve(Tools(house, database, SystemClock()), _stop_signal())
    except (DatabaseDown, DatabaseNewer, KeyMissing):
        raise
    except EntriesFaulty as faulty:
        return operators_wording().told("cli/faq/faulty", {"reasons": faulty.faults}, ok=False)
    except Exception as fault:
        log.critical("stopped-by-fault", exc_info=fault)
        return Told(ok=False)
    finally:
        await database.close()
    log.info("stopped")
    return Told()


async def _serve(tools: Tools, stopped: asyncio.Event) -> None:
    house, database, clock = tools.house, tools.database, tools.clock
    lines = house.settings.mailing.lines if house.settings.mailing else ()
    await database.write(lambda tx: outages.keep_only(tx, lines))
    await database.write(lambda tx: telegram_off.keep_only(tx, house.settings.telegram_off))
    await database.write(lambda tx: channels_off.keep_only(tx, not_configured(house.settings)))
    witness = Witness(house.settings.witness_file, database, clock)
    await witness.look()
    await _tell_of_holds(database)
    async with opened(tools) as channels:
        senders = [channel.sender for channel in channels]
        post = Post(
            database,
            senders,
            clock,
            _worker(),
            judge=judge_for(house),
            hours=sending_hours(house.settings, house.settings.zone),
            on_dead=tell_of_dead_letter(house, clock),
        )
        knowledge = Knowledge(library_in(house.settings.cache), database, clock)
        await knowledge.newest()
        await asyncio.to_thread(warm_up)
        errands = errands_for(house.settings, database, clock)
        assistant = Assistant(database, house, clock, knowledge, post, errands)
        sources = [source for channel in channels for source in channel.sources(assistant)]
        schedule = Schedule(Means(house, database, knowledge), clock)
        log.info("started", channels=[sender.name for sender in senders])
        await _work(post, [*sources, *pages_of(tools), schedule.run(), witness.run()], stopped)
    await witness.look_again()


async def _work(post: Post, sources: Sequence[Coroutine[Any, Any, None]], stopped: asyncio.Event) -> None:
    """What brings messages and letters stops first, so that the post can finish."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(post.run())
        bringing = [tasks.create_task(source) for source in sources]
        await stopped.wait()
        log.info("stopping")
        for task in bringing:
            task.cancel()
        await asyncio.wait(bringing)
        await post.stop()


async def _tell_of_holds(database: Database) -> None:
    for one in await database.read(holds.standing):
        log.warning("nothing-leaves", reason=one.reason, since=one.since.isoformat(), see="declic hold")


def _worker() -> str:
    """Names this process among all that work off the same outbox; the names of pods differ at their end."""
    return f"{socket.gethostname()}-{os.getpid()}"[-48:]


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped
