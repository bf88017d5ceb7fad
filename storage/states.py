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


class TicketState(StrEnum):
    """Whether a human still has to take it up."""

    OPEN = "open"
    ANSWERED = "answered"
