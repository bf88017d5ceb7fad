"""The abilities of those who ask a human, and of those who answer."""

from bot.turn import Ability
from handlers.support.desk import PASS, SEE, TAKE
from handlers.support.discussing import ASSISTANT, DISCUSS, END
from handlers.support.notes import CLOSE, NOTE
from handlers.support.opening import HUMAN
from handlers.support.requests import ADD, REQUESTS
from handlers.support.settling import RATE, SETTLED

SUPPORT: tuple[Ability, ...] = (
    HUMAN,
    REQUESTS,
    ADD,
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
