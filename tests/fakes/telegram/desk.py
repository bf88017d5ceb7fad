"""Where the bot's calls come in: recorded, checked, made to fail on demand, carried out, answered."""

import inspect
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import web

from tests.fakes.telegram import spec
from tests.fakes.telegram.errors import Refusal, misuse, not_imitated
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.trouble import DOWNLOAD, Trouble
from tests.fakes.telegram.wire import fields_of
from tests.fakes.telegram.world import World


class Call(NamedTuple):
    """A call as it was made, whatever became of it."""

    method: str
    fields: dict[str, Any]


class Refused(NamedTuple):
    """A call that was not carried out, and why."""

    call: Call
    code: int
    description: str


@dataclass(slots=True)
class Desk:
    """`violations`: calls that no correct caller makes."""

    world: World
    token: str
    trouble: Trouble = field(default_factory=Trouble)
    calls: list[Call] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        called = "/bot{token:[^/]+}/{method}"
        return [
            web.get(called, self._called, allow_head=False),
            web.post(called, self._called),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._fetched),
        ]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response(Refusal(401, "Unauthorized").as_json(), status=401)
        call = Call(request.match_info["method"], {})
        try:
            return await self._carry_out(request, call)
        except Refusal as refusal:
            return self._refuse(call, refusal)
        except Exception as error:  # noqa: BLE001 - a fault of the fake's own must fail the test, not hide behind a retry
            return self._refuse(call, Refusal(500, f"Internal Server Error: {error!r}", fault=True))

    async def _carry_out(self, request: web.Request, call: Call) -> web.StreamResponse:
        await self._read(request, call)
        await self.trouble.hold_up(call.method, after=False)
        snag = self.trouble.next(call.method, call.fields.get("chat_id"))
        if snag and snag.refusal:
            return self._refuse(call, snag.refusal)
        if snag and not snag.after:
            return _cut(request)
        result = METHODS[call.method].carry_out(self.world, call.fields)
        result = await result if inspect.isawaitable(result) else result
        await self.trouble.hold_up(call.method, after=True)
        return _cut(request) if snag else web.json_response({"ok": True, "result": result})

    async def _read(self, request: web.Request, call: Call) -> None:
        """Fills in the call's fields; refuses what Telegram does not have or the fake does not imitate."""
        try:
            given = await fields_of(request)
        finally:
            self.calls.append(call)
            self.world.changes.tell()
        if call.method not in spec.METHODS:
            raise Refusal(404, "Not Found: method not found", fault=True)
        values, faults = spec.read(call.method, given)
        call.fields.update(values)
        if faults:
            raise misuse("; ".join(faults))
        if call.method not in METHODS:
            raise not_imitated(call.method)
        METHODS[call.method].check(call.method, values)

    def _refuse(self, call: Call, refusal: Refusal) -> web.Response:
        self.refusals.append(Refused(call, refusal.code, refusal.description))
        if refusal.fault:
            self.violations.append(f"{call.method}: {refusal.description} (fields: {call.fields})")
        return web.json_response(refusal.as_json(), status=refusal.code)

    async def _fetched(self, request: web.Request) -> web.StreamResponse:
        await self.trouble.hold_up(DOWNLOAD, after=False)
        snag = self.trouble.next(DOWNLOAD, None)
        if snag:
            return web.Response(status=snag.refusal.code) if snag.refusal else _cut(request)
        file = self.world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.token or file is None:
            return web.json_response(Refusal(404, "Not Found").as_json(), status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")


def _cut(request: web.Request) -> web.StreamResponse:
    """Ends the connection; what is returned reaches nobody."""
    if request.transport:
        request.transport.abort()
    return web.Response()
