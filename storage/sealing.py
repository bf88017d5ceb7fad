"""Columns whose words are sealed at rest: unreadable in the file of the database to whoever has no key.

A value keeps which key sealed it, so that what was written plainly, or with an older key, reads on. Without keys
values are kept as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON, Dialect, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

MARK: Final = "declic.sealed."
PLAINLY: Final = "declic.plain."
"""Stands before what was written without keys and begins like a mark of ours."""
KEY_ID: Final = 12
"""Digits of the hash that names a key."""
BEGINS: Final = "gAAAA"
"""Begins whatever Fernet seals, until the year 2106: its version, and the first bits of the time."""
SEAL: Final = re.compile(rf"{re.escape(MARK)}[0-9a-f]{{{KEY_ID}}}\.{BEGINS}".encode())
"""Somebody may have written words that only begin like ours."""
ATTRIBUTE: Final = "declic_vault"
"""Where an engine's dialect, which every column type is given, carries its vault."""


class KeyFaulty(Exception):
    """A key is not what `declic keys new` prints: give it whole, keys separated by commas, newest first."""


class KeyMissing(Exception):
    """Something is sealed with a key that is not among the settings: put that key back after the newest."""


class SealBroken(Exception):
    """What was sealed is no longer as it was written: take that row from a copy of the database."""


class Vault:
    """Seals with the newest key, and opens what any of the keys has sealed."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        """Newest first; may raise KeyFaulty."""
        self._locks = {_name(key): _lock(key) for key in keys}

    @property
    def newest(self) -> str | None:
        """The name of the key that seals; None: nothing is sealed."""
        return next(iter(self._locks), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Those of all keys, newest first."""
        return tuple(self._locks)

    def seal(self, plain: bytes) -> bytes:
        """What to keep of it; nothing stays nothing."""
        if not plain:
            return plain
        if self.newest is None:
            return PLAINLY.encode() + plain if plain.startswith(_MARKS) else plain
        return f"{MARK}{self.newest}.".encode() + self._locks[self.newest].encrypt(plain)

    def open(self, kept: bytes) -> bytes:
        """What was sealed; may raise KeyMissing or SealBroken."""
        if kept.startswith(PLAINLY.encode()):
            return kept.removeprefix(PLAINLY.encode())
        if not SEAL.match(kept):
            return kept
        name, _, token = kept.removeprefix(MARK.encode()).partition(b".")
        lock = self._locks.get(name.decode(errors="replace"))
        if lock is None:
            raise KeyMissing
        return _opened(lock, token)


def mark_of(key: str) -> str:
    """What everything begins with that the key of this name has sealed."""
    return f"{MARK}{key}.{BEGINS}"


def new_key() -> str:
    """A key that nobody has had before."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - see _lock

    return Fernet.generate_key().decode()


def furnish(dialect: Dialect, vault: Vault) -> None:
    """What is written and read through this dialect is sealed and opened with the vault from now on."""
    setattr(dialect, ATTRIBUTE, vault)


def vault_of(dialect: Dialect) -> Vault:
    """The one that it was furnished with, or one without keys."""
    found: Vault = getattr(dialect, ATTRIBUTE, _NO_KEYS)
    return found


class Sealed(TypeDecorator[str]):
    """Words that are sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault_of(dialect).seal(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault_of(dialect).open(value.encode()).decode()


class SealedLine(Sealed):
    """A line that was short before it was sealed; SQLite takes longer ones in a column of that length."""

    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return String(self.length) if dialect.name == "sqlite" else Text()


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that are sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else vault_of(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else vault_of(dialect).open(bytes(value))


class SealedJson(TypeDecorator[Any]):
    """Lists and objects that are sealed, kept as one JSON string; empty ones stay as they are."""

    impl = JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        vault = vault_of(dialect)
        if not value or vault.newest is None:
            return value
        return vault.seal(json.dumps(value, ensure_ascii=False).encode()).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return json.loads(vault_of(dialect).open(value.encode())) if isinstance(value, str) else value


SEALED: Final = (Sealed, SealedBytes, SealedJson)


def _opened(lock: Fernet, token: bytes) -> bytes:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - see _lock

    try:
        return lock.decrypt(token)
    except InvalidToken as error:
        raise SealBroken from error


def _name(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:KEY_ID]


def _lock(key: str) -> Fernet:
    # Four megabytes that nobody needs without keys.
    from cryptography.fernet import Fernet  # noqa: PLC0415

    try:
        return Fernet(key)
    except ValueError as error:
        raise KeyFaulty from error


_MARKS = (MARK.encode(), PLAINLY.encode())
_NO_KEYS: Final = Vault()
