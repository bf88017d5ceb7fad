"""What each address of ours answers. Nobody signs in, nothing is kept in a browser, and no path is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.channels.mail import one_click
from bot.channels.mail.tokens import message_id
from bot.channels.web.pages import page, policy
from bot.clock import Clock
from bot.messages import Reply, Thread
from bot.render import LANGUAGES, Wording
from storage import schema
from storage.database import Database, DatabaseDown, Transaction
from storage.unsubscribing import Reminded, end_reminders, reminded_by

log = structlog.get_logger()

Calendars = Callable[[str, str, date], bytes | None]
"""The calendar of that name, in a language, as of a day; None: there is none."""

LARGEST: Final = 4096
"""Bytes of a body; what mail programs send has 26."""
PATIENCE: Final = timedelta(seconds=10)
"""For a body to arrive and the database to answer."""
RETRY: Final = timedelta(minutes=1)
SAME_CALENDAR: Final = timedelta(hours=6)
ALIVE: Final = "declic\n"
"""What the look at our health answers; `declic check` knows us by it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made from."""

    wording: Wording
    database: Database
    clock: Clock
    today: Callable[[], date]
    calendars: Calendars
    language: str
    """For whoever does not say."""
    mail_address: str | None = None
    """The assistant's own; None: it has none."""


def application(site: Site) -> web.Application:
    """Every address, with what each may be asked."""
    made = web.Application(middlewares=[_guarded(site)], client_max_size=LARGEST)
    made.add_routes(
        [
            web.get(f"/{one_click.PURPOSE}/{{last}}", partial(_ask, site)),
            web.post(f"/{one_click.PURPOSE}/{{last}}", partial(_unsubscribe, site)),
            web.get("/calendar/{name}.ics", partial(_calendar, site)),
            web.get("/healthz", partial(_health, site)),
        ]
    )
    made.on_response_prepare.append(_protect)
    return made


async def _ask(site: Site, request: web.Request) -> web.Response:
    """A page with one button: what only looks at a link, such as a mail scanner, ends nothing."""
    reminded = await site.database.read(partial(_reminded, request=request))
    return page(site.wording, "web/unsubscribe", _language(site, request, reminded))


async def _unsubscribe(site: Site, request: web.Request) -> web.Response:
    """Ends the reminders; a link that is wrong or too old is answered the same."""
    await request.read()
    reminded = await site.database.read(partial(_reminded, request=request))
    if reminded:
        await _end(site, reminded)
    return page(site.wording, "web/unsubscribed", _language(site, request, reminded))


async def _end(site: Site, reminded: Reminded) -> None:
    now = site.clock.now()
    confirmed = site.wording.page([Reply("corrections/stopped")], reminded.language)
    answered = message_id(reminded.letter_id, reminded.token, site.mail_address) if site.mail_address else ""
    thread = Thread(reminded.subject, answered)
    ended = await site.database.write(lambda tx: end_reminders(tx, reminded, confirmed, thread, now))
    log.info("unsubscribed", letter=reminded.letter_id, new=ended)


async def _calendar(site: Site, request: web.Request) -> web.Response:
    language = _language(site, request)
    file = site.calendars(request.match_info["name"], language, site.today())
    if file is None:
        raise web.HTTPNotFound
    headers = {
        hdrs.CACHE_CONTROL: f"public, max-age={int(SAME_CALENDAR.total_seconds())}",
        hdrs.CONTENT_LANGUAGE: language,
        hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
    }
    return web.Response(body=file, content_type="text/calendar", charset="utf-8", headers=headers)


async def _health(site: Site, _request: web.Request) -> web.Response:
    """200 as long as the database answers."""
    await site.database.read(schema.current_revision)
    return web.Response(text=ALIVE)


def _reminded(tx: Transaction, request: web.Request) -> Reminded | None:
    """Whom the letter of the link reminded, where the link is ours."""
    named = one_click.named_in(request.match_info["last"])
    reminded = reminded_by(tx, named[0]) if named else None
    fits = named and reminded and one_click.fits(named[1], reminded.letter_id, reminded.token)
    return reminded if fits else None


def _language(site: Site, request: web.Request, reminded: Reminded | None = None) -> str:
    """The letter's, or the one that is asked for, or what the browser speaks."""
    asked = (
        reminded.language if reminded else "",
        request.query.get("lang", ""),
        request.headers.get(hdrs.ACCEPT_LANGUAGE, "")[:2].lower(),
    )
    return next((one for one in asked if one in LANGUAGES), site.language)


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _protection().items():
        response.headers.setdefault(name, value)
    # Nobody needs to know what serves it, and in which version.
    response.headers.popall(hdrs.SERVER, None)


def _protection() -> Mapping[str, str]:
    return {
        hdrs.CACHE_CONTROL: "no-store",
        "Content-Security-Policy": policy(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
    }


def _guarded(site: Site) -> Middleware:
    """Whatever breaks is answered with a page, and told by its kind alone: an address may hold a secret."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await handler(request)
        except web.HTTPException:
            raise
        except (DatabaseDown, TimeoutError) as late:
            log.warning("page-waits", reason=type(late).__name__)
            return _not_now(site, request)
        except Exception:
            log.exception("page-failed", method=request.method)
            return _not_now(site, request)

    return guarded


def _not_now(site: Site, request: web.Request) -> web.Response:
    sorry = page(site.wording, "web/not-now", _language(site, request), status=503)
    sorry.headers[hdrs.RETRY_AFTER] = str(int(RETRY.total_seconds()))
    return sorry
