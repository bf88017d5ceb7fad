"""The closed lists of words that the tables accept."""

from enum import StrEnum


class Sector(StrEnum):
    """Who runs a school; a private one belongs to no service centre."""

    PUBLIC = "public"
    PRIVATE = "private"


class Role(StrEnum):
    """What somebody does, in a school, a service centre or for the assistant itself."""

    TEACHER = "teacher"
    SPECIALIST = "specialist"
    PROFESSIONAL = "professional"
    SCHOOL_ADMIN = "school-admin"
    SECRETARY = "secretary"
    CSS_ADMIN = "css-admin"
    PARENT = "parent"
    OPERATOR = "operator"


SCHOOL_ROLES = (Role.TEACHER, Role.SPECIALIST, Role.PROFESSIONAL, Role.SCHOOL_ADMIN, Role.SECRETARY)
DECLARING_ROLES = (Role.TEACHER, Role.SPECIALIST, Role.PROFESSIONAL)
"""Who has to declare (entry `declare-who`)."""


class TalkState(StrEnum):
    """Where a talk stands; only one a person is in the foreground."""

    FOREGROUND = "foreground"
    ASIDE = "aside"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class LetterState(StrEnum):
    """Where a letter stands on its way out."""

    WAITING = "waiting"
    STARTED = "started"
    SENT = "sent"
    DEAD = "dead"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


UNSENT = (LetterState.WAITING, LetterState.STARTED)
"""Letters that still have to leave."""


class DeclarationState(StrEnum):
    """Where a declaration stands, once it was sent."""

    SENT = "sent"
    TO_COMPLETE = "to-complete"
    """It may go past the limit: somebody in charge of the school has to accept or refuse it."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


COUNTING = (DeclarationState.SENT, DeclarationState.TO_COMPLETE)
"""Declarations that count, as taking part and in what was copied of a work."""


class TicketState(StrEnum):
    """Whether a human still has to take it up."""

    OPEN = "open"
    ANSWERED = "answered"


class TicketStatus(StrEnum):
    """How a ticket is spoken of; the state says no more than whether a human still has to answer."""

    OPEN = "open"
    TAKEN = "taken"
    """Somebody has said that they see to it."""
    ANSWERED = "answered"
    CLOSED = "closed"


class Desk(StrEnum):
    """Where a ticket lies: with all operators, or with the responsibles of a school."""

    OPERATORS = "operators"
    SCHOOL = "school"


class TicketStep(StrEnum):
    """What happens to a ticket, for its history."""

    OPENED = "opened"
    TAKEN = "taken"
    PASSED = "passed"
    NOTE = "note"
    ADDED = "added"
    """The person had more to say."""
    ANSWERED = "answered"
    REOPENED = "reopened"
    CLOSED = "closed"
    SOLVED = "solved"
    RATED = "rated"
    REMINDED = "reminded"
