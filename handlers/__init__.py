"""The abilities. This table alone names them all, in the order of the menu; the first that claims a word has it."""

from bot.turn import Ability
from handlers import corrections, welcome
from handlers.calendar import mine as calendar
from handlers.declarations import (
    beforehand,
    correcting,
    deciding,
    declare,
    mine,
    nothing,
    revising,
    withdrawing,
)
from handlers.headcounts import confirming
from handlers.privacy import erase, my_data, privacy
from handlers.questions import answering, follow_up
from handlers.reminders.table import REMINDERS
from handlers.reports.table import REPORTS
from handlers.requests.table import REQUESTS
from handlers.roster import (
    addresses,
    admitting,
    contacts,
    importing,
    invitations,
    linking,
    not_me,
    registration,
)
from handlers.signing import signing
from handlers.support.table import SUPPORT
from handlers.teaching import choices, digest, forwarding, giving, lessons, sending
from handlers.wishes.away import AWAY
from handlers.wishes.nudging import NOT_NUDGED

ABILITIES: tuple[Ability, ...] = (
    corrections.STOP,
    declare.DECLARE,
    declare.AGAIN,
    nothing.NOTHING,
    mine.MINE,
    revising.REVISE,
    withdrawing.WITHDRAW,
    withdrawing.PUT_BACK,
    correcting.CORRECT,
    deciding.DECIDE,
    deciding.REFUSE,
    calendar.CALENDAR,
    *REMINDERS,
    AWAY,
    NOT_NUDGED,
    signing.SIGNING,
    beforehand.LIMITS,
    beforehand.THESE,
    *REPORTS,
    *REQUESTS,
    *SUPPORT,
    corrections.BACK,
    corrections.EDIT,
    corrections.CANCEL,
    corrections.RESUME,
    corrections.LATER,
    corrections.HELP,
    corrections.REMIND,
    welcome.START,
    welcome.THANKS,
    welcome.FRENCH,
    welcome.ENGLISH,
    linking.LINK,
    registration.REGISTER,
    addresses.ADDRESSES,
    not_me.NOT_ME,
    invitations.INVITE,
    admitting.ADMIT,
    admitting.TURN_AWAY,
    contacts.CONTACTS_OF_SCHOOLS,
    confirming.HEADCOUNT,
    importing.EXPLAIN,
    importing.APPLY,
    importing.DROP,
    answering.ENTRY,
    answering.UNKNOWN_TO_US,
    follow_up.HELPED,
    follow_up.NOT_HELPED,
    forwarding.FORWARD,
    giving.TEACH,
    sending.SEND_ANYWAY,
    choices.TITLES,
    lessons.LESSON,
    lessons.REUSE,
    lessons.UNTEACH,
    digest.STUDY,
    privacy.PRIVACY,
    my_data.MY_DATA,
    erase.ERASE,
)
