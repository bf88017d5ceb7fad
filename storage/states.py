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


class Audience(StrEnum):
    """Whom a campaign is for."""

    STAFF = "staff"
    """Who have to declare; what they have done so far decides what they read."""
    ABSENT = "absent"
    """Who have to declare, and are not linked here yet, or without an account by an imported list."""
    IN_CHARGE = "in-charge"
    """Responsibles of schools."""
    CENTRES = "centres"
    """Responsibles of service centres."""
    HEADCOUNT = "headcount"
    """Those of service centres with head counts to confirm."""
    CONTACTS = "contacts"
    """Those of service centres who are asked for the contacts of the directions."""


class Standing(StrEnum):
    """What somebody who has to declare has done for a period."""

    NOTHING = "nothing"
    DRAFT = "draft"
    """Begun, and not sent."""
    DECLARED = "declared"
    SAID_NOTHING = "said-nothing"
    """Told that there was nothing to declare."""


class CampaignState(StrEnum):
    """Where a campaign stands."""

    FILLING = "filling"
    """Its letters are being put into the outbox."""
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"
    SKIPPED = "skipped"
    """Its day had passed before anything could be sent."""


class ReminderOutcome(StrEnum):
    """What became of a reminder to one person."""

    LEFT = "left"
    """It was handed to a channel; the letter tells whether it arrived."""
    SKIPPED = "skipped"
    MERGED = "merged"
    """Another one of the same day was nearer to its deadline."""
    TOMORROW = "tomorrow"
    """They have read it, and asked for it once more the next day."""


class ReminderKind(StrEnum):
    """What somebody may be sent unasked, and may switch off."""

    DEADLINES = "deadlines"
    ACCOUNT = "account"
    FOLLOW_UP = "follow-up"
    RELAY = "relay"
    REQUESTS = "requests"
    DIGEST = "digest"


class HoldReason(StrEnum):
    """Why nothing may leave."""

    RESTORED = "restored"
    """`declic restore` has put a backup in the place of the database."""
    WENT_BACK = "went-back"
    """The witness has seen more leave than the database knows of."""
    BY_HAND = "by-hand"
