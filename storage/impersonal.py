"""The tables in which nothing is about anybody who uses the assistant."""

from __future__ import annotations

from typing import Final

from storage.holding import Holding

IMPERSONAL: Final = (
    Holding("alert_burst", plain=("desk", "kind", "ticket_id", "began_at", "at_once", "lists")),
    Holding("book", plain=("isbn", "title", "author", "publisher", "year", "pages", "found_at")),
    Holding("channel_off", plain=("name",)),
    Holding("channel_pace", plain=("channel", "next_us")),
    Holding("excluded_word", plain=("word", "year", "work_id")),
    Holding(
        "excluded_work",
        plain=("id", "year", "isbn", "title", "title_key", "publisher", "category", "imported_at"),
    ),
    Holding("hold", plain=("id", "reason", "since", "released_at")),
    Holding(
        "mailbox", plain=("name", "uidvalidity", "last_uid", "since", "polled_at", "mail_at", "heard_to")
    ),
    Holding("outage", plain=("line", "since", "reason", "told_at")),
    Holding("period_closing", plain=("period", "open", "changed_at")),
    Holding("school", plain=("id", "name", "sector", "centre_id", "participating", "headcount", "phone")),
    Holding("sealing_key", plain=("name",)),
    Holding("secret", plain=("name", "value")),
    Holding("service_centre", plain=("id", "name")),
    Holding("telegram_off", plain=("name",)),
)
"""What works, schools, channels and the assistant itself are known by."""
