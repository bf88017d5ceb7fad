"""The abilities of those who ask a human, and of those who answer."""

from bot.turn import Ability
from handlers.support.afterthoughts import ADD_HELD
from handlers.support.desk import PASS, SEE, TAKE
from handlers.support.discussing import ASSISTANT, DISCUSS, END
from handlers.support.listing import DESK, EITHER, NEWS
from handlers.support.notes import CLOSE, NOTE
from handlers.support.opening import HUMAN
from handlers.support.requests import ADD, REQUESTS
from handlers.support.settling import RATE, SETTLED

SUPPORT: tuple[Ability, ...] = (
    HUMAN,
    DESK,
    REQUESTS,
    EITHER,
    NEWS,
    ADD,
    ADD_HELD,
    SETTLED,
    RATE,
    ASSISTANT,
    TAKE,
    PASS,
    SEE,
    NOTE,
    CLOSE,
    DISCUSS,
    END,
)
