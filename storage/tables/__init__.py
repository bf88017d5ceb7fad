"""The tables, with the constraints that make mistakes impossible."""

from storage.tables.base import metadata
from storage.tables.declarations import declaration, no_use
from storage.tables.enquiries import enquiry, lesson, ticket
from storage.tables.letters import channel_pace, chat_pace, letter
from storage.tables.mail import machine_answer, mailbox, outage, parked_mail
from storage.tables.people import address, person, role, school, service_centre
from storage.tables.talks import inbox, talk

__all__ = [
    "address",
    "channel_pace",
    "chat_pace",
    "declaration",
    "enquiry",
    "inbox",
    "lesson",
    "letter",
    "machine_answer",
    "mailbox",
    "metadata",
    "no_use",
    "outage",
    "parked_mail",
    "person",
    "role",
    "school",
    "service_centre",
    "talk",
    "ticket",
]
