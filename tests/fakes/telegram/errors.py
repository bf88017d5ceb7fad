"""What Telegram answers when it refuses a call."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Refusal(Exception):
    """The call is not carried out; `code` is the HTTP status, `description` Telegram's own words.

    `fault`: no correct caller can meet this (a field that does not exist, HTML that does not parse), so it is
    also kept as a violation. What can happen to anybody (blocked, flood, nothing to change) is no fault.
    """

    code: int
    description: str
    retry_after: int | None = None
    fault: bool = False

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(what: str) -> Refusal:
    """A 400 that a correct caller can meet."""
    return Refusal(400, f"Bad Request: {what}")


def misuse(what: str) -> Refusal:
    """A 400 that only a faulty caller meets."""
    return Refusal(400, f"Bad Request: {what}", fault=True)


def not_imitated(what: str) -> Refusal:
    """Telegram knows it, this fake does not: add it here before using it."""
    return Refusal(501, f"Not Implemented: the fake does not imitate {what}", fault=True)


def forbidden(what: str) -> Refusal:
    return Refusal(403, f"Forbidden: {what}")


def flooded(retry_after: int) -> Refusal:
    """`retry_after` in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)
