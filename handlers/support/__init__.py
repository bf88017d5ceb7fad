"""Humans behind the assistant: requests to them, who takes them up, and the words brought back."""

from handlers.support.adding import add, is_about_addition, told_where
from handlers.support.charge import IN_CHARGE, OPERATORS, answers_for, may_care
from handlers.support.opening import (
    HUMAN,
    LONGEST_MATTER,
    MATTER,
    alert,
    described,
    is_seen,
    matter_of,
    open_for,
    open_ticket,
    opened,
    tells_of_child,
    thread_of,
    told_of,
)
from handlers.support.relaying import done, is_alert, relay, replied_to, send_answer, write_to_asker

__all__ = [
    "HUMAN",
    "IN_CHARGE",
    "LONGEST_MATTER",
    "MATTER",
    "OPERATORS",
    "add",
    "alert",
    "answers_for",
    "described",
    "done",
    "is_about_addition",
    "is_alert",
    "is_seen",
    "matter_of",
    "may_care",
    "open_for",
    "open_ticket",
    "opened",
    "relay",
    "replied_to",
    "send_answer",
    "tells_of_child",
    "thread_of",
    "told_of",
    "told_where",
    "write_to_asker",
]
