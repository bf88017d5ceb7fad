"""The abilities. This table alone names them all, in the order of the menu; the first that claims a word has it."""

from bot.turn import Ability
from handlers import corrections, support, welcome
from handlers.declarations import declare, mine, nothing
from handlers.questions import answering, follow_up
from handlers.teaching import choices, digest, forwarding, lessons, replying

ABILITIES: tuple[Ability, ...] = (
    corrections.STOP,
    declare.DECLARE,
    declare.AGAIN,
    nothing.NOTHING,
    mine.MINE,
    support.HUMAN,
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
    answering.ENTRY,
    answering.UNKNOWN_TO_US,
    follow_up.HELPED,
    follow_up.NOT_HELPED,
    forwarding.FORWARD,
    replying.TEACH,
    replying.SEND_ANYWAY,
    choices.TITLES,
    lessons.LESSON,
    lessons.REUSE,
    lessons.UNTEACH,
    digest.STUDY,
)
