"""Statements, compiled once for all the databases of a run: each test opens its own, and compiling them anew for each
takes a tenth of the time."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Connection, Engine, event

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


def compile_once() -> None:
    """From now on, whatever is opened in this process."""
    shared = Compiled()

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)
