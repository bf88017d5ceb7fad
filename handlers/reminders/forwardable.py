"""« Message à transférer »: what those in charge pass on to their staff as it is; nothing in it is anybody's own."""

from __future__ import annotations

from secrets import token_hex
from typing import Any, Final

from bot.messages import Page
from bot.render import LANGUAGES
from bot.sending import PASSED_ON
from bot.turn import Command, Said, Turn, say
from handlers.declarations.periods import Period, is_open, period_named, period_of
from handlers.reports.asking import period_followed
from handlers.support import IN_CHARGE
from storage import staff_languages
from storage.outbox import NewLetter
from storage.states import Role

TEXT: Final = "forwardable/text"
SUBJECT: Final = "forwardable/subject"


def forwardable(turn: Turn, argument: str) -> Said:
    """The text, on a chat as a message to copy, by mail as a letter of its own, which leads back to nobody."""
    period = _period(turn, argument)
    languages = _languages(turn)
    texts = [turn.house.wording.text(TEXT, one, _facts(turn, period)) for one in languages]
    if turn.heard.envelope is None:
        message = say("forwardable/message", texts=texts)
        return Said(message.replies, alone=True)
    subjects = [turn.house.wording.text(SUBJECT, one, {"period": period}) for one in languages]
    page = Page(_together(turn, texts), subject=" / ".join(subjects), language=languages[0])
    letter = NewLetter(
        turn.heard.channel, turn.heard.sender, page, key=f"{PASSED_ON}{token_hex(8)}", traceless=True
    )
    turn.others.append(letter)
    return say("forwardable/sent")


def _together(turn: Turn, texts: list[str]) -> str:
    return turn.house.wording.text("forwardable/message", turn.language, {"texts": texts})


def _period(turn: Turn, argument: str) -> Period:
    """The one named while it is open, or the one that is followed up now."""
    grace = turn.house.settings.grace_days
    try:
        named = period_named(argument)
    except ValueError:
        return period_followed(turn.today, grace)
    still = named == period_of(turn.today) or is_open(named, turn.today, grace)
    return named if still else period_followed(turn.today, grace)


def _facts(turn: Turn, period: Period) -> dict[str, Any]:
    settings = turn.house.settings
    on_telegram = settings.telegram_token is not None and not settings.telegram_off
    name = settings.telegram_name.removeprefix("@") if on_telegram else ""
    return {
        "period": period,
        "open_until": period.open_until(turn.today, settings.grace_days),
        "mail": settings.mail_address if settings.mailing else None,
        "telegram": f"@{name}" if name else None,
    }


def _languages(turn: Turn) -> tuple[str, ...]:
    """Those that the staff reads, French first; of an operator's, everybody."""
    centres = [one.centre_id for one in turn.person.places if one.role is Role.CSS_ADMIN and one.centre_id]
    schools = [one.school_id for one in turn.person.places if one.role is Role.SCHOOL_ADMIN and one.school_id]
    everybody = Role.OPERATOR in turn.person.roles
    read = set(LANGUAGES) if everybody else staff_languages.read_in(turn.tx, centres, schools)
    return tuple(one for one in LANGUAGES if one in read) or LANGUAGES[:1]


FORWARDABLE: Final = Command("forwardable", forwardable, IN_CHARGE, listed=False)
