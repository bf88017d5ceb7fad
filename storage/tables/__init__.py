"""The tables, with the constraints that make mistakes impossible."""

from storage.tables.base import metadata
from storage.tables.codes import channel_off, invitation, link_code, registration, telegram_off
from storage.tables.declarations import declaration, declaration_version, no_use, period_closing
from storage.tables.desks import alert_burst, alert_wait, discussion, ticket_care, ticket_event
from storage.tables.enquiries import enquiry, lesson, ticket
from storage.tables.excluded import excluded_word, excluded_work
from storage.tables.files import book, letter_file
from storage.tables.holds import declaration_handover, hold
from storage.tables.letters import channel_pace, chat_pace, letter
from storage.tables.mail import machine_answer, mailbox, outage, parked_mail
from storage.tables.participation import account, headcount
from storage.tables.people import address, person, role, roster_file, school, service_centre
from storage.tables.privacy import data_export, forgotten, sealing_key, secret
from storage.tables.reminders import campaign, reminder, reminder_choice
from storage.tables.talks import inbox, talk

__all__ = [
    "account",
    "address",
    "alert_burst",
    "alert_wait",
    "book",
    "campaign",
    "channel_off",
    "channel_pace",
    "chat_pace",
    "data_export",
    "declaration",
    "declaration_handover",
    "declaration_version",
    "discussion",
    "enquiry",
    "excluded_word",
    "excluded_work",
    "forgotten",
    "headcount",
    "hold",
    "inbox",
    "invitation",
    "lesson",
    "letter",
    "letter_file",
    "link_code",
    "machine_answer",
    "mailbox",
    "metadata",
    "no_use",
    "outage",
    "parked_mail",
    "period_closing",
    "person",
    "registration",
    "reminder",
    "reminder_choice",
    "role",
    "roster_file",
    "school",
    "sealing_key",
    "secret",
    "service_centre",
    "talk",
    "telegram_off",
    "ticket",
    "ticket_care",
    "ticket_event",
]
