"""What is held about people: every table and column, why it is there, how long, and who sees it.

The one list that the export, docs/privacy.md and what the assistant says of itself are made from.
"""

from __future__ import annotations

from typing import Final

from storage import tables as t
from storage.helped import HELPED
from storage.holding import (
    Erased,
    Holding,
    Sees,
    Until,
    Why,
    at_address,
    at_mail_address,
    of_person,
    written_to,
)
from storage.impersonal import IMPERSONAL
from storage.owed import OWED
from storage.reminded import REMINDED

SHAPE = ("id", "lane", "strict", "numbered", "language", "files", "campaign_id")
QUEUE = ("due", "put_off_at", "useful_until", "state", "attempts", "worker", "reason")

HOLDINGS: Final = (
    Holding(
        "person",
        ("name", "language", "reminders", "reminds_on", "created_at", "closed_at"),
        ("offered",),
        ("id",),
        Why.REACH,
        Until.ERASED,
        Sees.SCHOOL,
        Erased.EMPTIED,
        lambda who: t.person.c.id == who.person_id,
    ),
    Holding(
        "role",
        ("role", "school_id", "centre_id", "closed_at"),
        (),
        ("id", "person_id"),
        Why.DECLARE,
        Until.ERASED,
        Sees.SCHOOL,
        Erased.EMPTIED,
        of_person("role"),
    ),
    Holding(
        "address",
        ("channel", "value", "linked_at", "dead_at", "dead_reason", "bounces"),
        (),
        ("person_id", "own"),
        Why.REACH,
        Until.ERASED,
        Sees.SCHOOL,
        Erased.GONE,
        of_person("address"),
    ),
    *OWED,
    *REMINDED,
    Holding(
        "talk",
        ("conversation", "started_at", "updated_at", "state", "seed", "answers", "held"),
        ("offered",),
        ("id", "person_id", "editing", "version"),
        Why.ANSWER,
        "answers",
        Sees.NOBODY,
        Erased.EMPTIED,
        of_person("talk"),
    ),
    Holding(
        "enquiry",
        ("asked_at", "text", "channel", "address", "language", "entry", "helped"),
        ("sense",),
        ("id", "person_id", "asked_in", "nearest", "next_said", "ticket_id"),
        Why.ANSWER,
        "enquiries",
        Sees.TEAM,
        Erased.GONE,
        of_person("enquiry"),
    ),
    *HELPED,
    Holding(
        "letter",
        ("sent_at", "channel", "address", "subject", "html"),
        ("buttons", "token", "thread", "remote_id", "key", "talk_id", "ticket_id", "person_id"),
        (*SHAPE, *QUEUE),
        Why.RECORD,
        "letters",
        Sees.NOBODY,
        Erased.EMPTIED,
        written_to("letter"),
    ),
    Holding(
        "letter_file",
        (),
        ("name", "content"),
        ("letter_id", "position", "media_type"),
        Why.RECORD,
        "letter-files",
        erased=Erased.GONE,
    ),
    Holding(
        "inbox",
        ("first_at", "channel", "sender", "text"),
        ("key",),
        ("attempts", "heard_at", "parked_at"),
        Why.RECORD,
        "inbox",
        Sees.NOBODY,
        Erased.GONE,
        at_address("inbox", "sender"),
    ),
    Holding(
        "link_code",
        ("made_at", "mailed_to", "tries", "used_at"),
        # Whoever asked for it need not be who it was mailed to.
        ("channel", "address", "salt", "digest"),
        ("id", "person_id", "tried_at"),
        Why.PROVE,
        "codes",
        Sees.NOBODY,
        Erased.GONE,
        of_person("link_code"),
    ),
    Holding(
        "invitation",
        ("made_at", "used_at"),
        ("digest",),
        ("id", "person_id"),
        Why.PROVE,
        "codes",
        Sees.NOBODY,
        Erased.GONE,
        of_person("invitation"),
    ),
    Holding(
        "roster_file",
        ("made_at",),
        # They are about others.
        ("lines",),
        ("id", "person_id", "shown", "asked_twice", "settled_at"),
        Why.DECLARE,
        "roster-files",
        Sees.NOBODY,
        Erased.GONE,
        of_person("roster_file"),
    ),
    Holding(
        "machine_answer",
        ("at", "address"),
        (),
        ("id",),
        Why.RUN,
        "machine-answers",
        Sees.NOBODY,
        Erased.GONE,
        at_mail_address("machine_answer"),
    ),
    Holding("chat_pace", (), ("address",), ("channel", "next_us"), Why.RUN, Until.ERASED, erased=Erased.GONE),
    Holding(
        "parked_mail",
        (),
        ("raw",),
        ("id", "mailbox", "digest", "reason", "cut", "parked_at", "told_at"),
        Why.HELP,
        "parked",
        Sees.TEAM,
    ),
    Holding(
        "lesson",
        (),
        ("text", "answer", "taught_by"),
        ("id", "language", "entry", "taught_at", "withdrawn_at"),
        Why.ANSWER,
        Until.FOR_GOOD,
        Sees.TEAM,
    ),
    Holding(
        "data_export",
        ("at",),
        (),
        ("person_id",),
        Why.PROVE,
        Until.REPLACED,
        Sees.NOBODY,
        Erased.GONE,
        of_person("data_export"),
    ),
    Holding("forgotten", (), ("digest", "channel", "address"), ("at",), Why.PROVE, Until.FOR_GOOD),
    *IMPERSONAL,
)
"""Every table, those about people first."""
