"""Statements and templates, compiled once for all the databases and houses of a run: each test opens its own, and
compiling them anew for each takes a tenth of the time."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, event

from bot import render
from storage.sealing import vault_of


class Compiled(dict[Any, Any]):
    """What SQLAlchemy has compiled, by statement: for every engine of the same kind that seals with the same keys."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_for_all(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_for_all(key), compiled)


def _for_all(key: Any) -> Hashable:
    dialect, *statement = key
    return type(dialect), vault_of(dialect).names, *statement


class CompiledTemplates(BytecodeCache):
    """What Jinja has compiled, for every house: of what is worked out before any data, only the language differs."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get(_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._codes[_of(bucket)] = bucket.code


def _of(bucket: Bucket) -> Hashable:
    return bucket.environment.globals.get("language"), bucket.key, bucket.checksum


def compile_once() -> None:
    """From now on, whatever is opened in this process."""
    vars(render)["Environment"] = partial(Environment, bytecode_cache=CompiledTemplates())
    shared = Compiled()

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)
