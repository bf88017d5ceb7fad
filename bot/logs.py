"""Logs are events with fields on stderr: ids, never what somebody wrote; an exception's frames without their values."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog


def without_messages(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Exceptions by type and frames alone: what they say may quote what somebody wrote."""
    _strip(event.get("exception", ()))
    return event


def _strip(stacks: Iterable[dict[str, Any]]) -> None:
    for stack in stacks:
        stack.pop("exc_value", None)
        stack.pop("exc_notes", None)
        for grouped in stack.get("exceptions", ()):
            _strip(grouped)


def set_up_logs(level: str) -> None:
    """One line an event from this level on (`debug` to `error`), ours and the libraries'."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(threshold, logging.WARNING), stream=sys.stderr)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
            ),
            without_messages,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
