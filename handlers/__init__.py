"""The abilities. This table alone names them all, in the order of the menu; the first that claims a word has it."""

from bot.turn import Ability
from handlers import corrections, questions, support, welcome
from handlers.declarations import declare, mine, nothing

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
    questions.ENTRY,
    questions.UNKNOWN_TO_US,
)
