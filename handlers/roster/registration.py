"""Registration: somebody who is not on the roster asks to be, and whoever is in charge of the school is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

import structlog
from rapidfuzz import fuzz, process

from bot.alerts import alert_responsibles
from bot.filling import Line
from bot.form import Form, Step, Values
from bot.messages import Button, Call, Reply
from bot.question import Answer, Choice, Question, Reader, Unreadable
from bot.reading import an_address, fold, one_of_values, some_text
from bot.reading.choices import is_bare, says_yes
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from faq.text import looks_like_question
from handlers import support
from handlers.roster.linking import who_you_are
from storage import registrations, schools
from storage.registrations import NewRegistration
from storage.schools import NamedSchool
from storage.states import SCHOOL_ROLES, Role
from storage.talks import KeptTalk
from storage.tickets import Ticket

log = structlog.get_logger()

KIND: Final = "register"
ANOTHER: Final = "another"
"""The choice of a school that is not on the roster."""
ONLY: Final = 0
"""Stands for the one school shown, of a « oui »; no school has this id."""
LIKE: Final = 60
"""How alike the names of two schools must be for one to be offered (0 to 100, rapidfuzz WRatio)."""
SHOWN: Final = 4
LONGEST_NAME: Final = 6
"""Words."""
SENTENCE: Final = re.compile(r"(?:je|i|nous|we|on)\b(?! ?-)|j'|i'm\b|.*\b(?:travaille|enseigne|work|teach)\b")
"""Says something of whoever writes; folded text."""
TEACHES: Final = re.compile(
    r"^(?!.*\b(?:aide|assistant\w*|retraite\w*|retired)\b).*\b(?:enseign(?:e|ant|ante)|prof|professeure?|titulaire|teach(?:er)?)\b"
)
"""« prof d’anglais », "English teacher"; folded text."""


def _school(answer: Answer) -> int | None:
    """The school chosen by its id, or the `ONLY` one shown; None for one that is not on the roster."""
    value = answer.value
    if value == ANOTHER:
        return None
    if value and value.isdecimal():
        return int(value)
    if says_yes(answer.text, set()):
        return ONLY
    raise Unreadable("read/choose-one")


def _role(answer: Answer) -> Role:
    """The role chosen, or that of somebody who says what they teach."""
    try:
        return Role(_posts.read(answer))
    except Unreadable:
        if TEACHES.search(fold(answer.text)):
            return Role.TEACHER
        raise


def _name(answer: Answer) -> str:
    """A name: neither « oui » nor a sentence."""
    text = _named_text.read(answer)
    says = len(text.split()) > LONGEST_NAME or SENTENCE.match(fold(text)) or looks_like_question(text)
    if says or is_bare(text) or any(sign.isdigit() or sign == "@" for sign in text):
        raise Unreadable("read/no-name")
    return text


_posts = one_of_values(*SCHOOL_ROLES)
_named_text = some_text(min=3, max=120)
NAME = Question("name", "register/ask-name", replace(_named_text, read=_name))
SCHOOL = Question("school", "register/ask-school", some_text(min=3, max=200))
WHICH = Question("which", "register/ask-which", Reader(_school, (ANOTHER,)), confirms=True)
ROLE = Question("role", "register/ask-role", Reader(_role, _posts.choices))
EMAIL = Question("email", "register/ask-email", an_address())
RECAP = Question("recap", "register/recap", one_of_values("send"), confirms=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has said « envoyer » to."""

    values: Values
    school: NamedSchool
    lines: tuple[Line, ...]


async def register(talk: Talk, turn: Turn) -> Asked | None:
    """Who somebody is and where they work; None where that is known already."""
    if is_known(turn):
        return None
    form = _form(turn)
    values: dict[str, Any] = await form.fill(talk)
    school = _meant(turn, values)
    found = {"school": school.name if school.id else None}
    return Asked(values, school, await form.confirm(talk, RECAP, values, **found))


def is_known(turn: Turn) -> bool:
    """Whether the sender is somebody who has a role."""
    return turn.known and bool(turn.person.places)


def _form(turn: Turn) -> Form:
    return Form(
        (
            Step(NAME),
            Step(SCHOOL),
            Step(
                WHICH,
                lambda values: _is_unclear(turn, values),
                check=lambda values, which: _means_one(turn, values, which),
                suggest=lambda values: _alike(turn, values),
            ),
            Step(ROLE),
            Step(EMAIL),
        )
    )


def _is_unclear(turn: Turn, values: Values) -> bool:
    return "school" in values and _named(turn, values["school"]) is None and bool(_alike(turn, values))


def _meant(turn: Turn, values: Values) -> NamedSchool:
    """The school of the roster, or the name as it was written."""
    which = values.get("which")
    wanted = int(_alike(turn, values)[0].value) if which == ONLY else which
    chosen = next((one for one in turn.once(_schools) if one.id == wanted), None)
    return chosen or _named(turn, values["school"]) or NamedSchool(values["school"])


def _named(turn: Turn, name: str) -> NamedSchool | None:
    """The one school that has exactly this name."""
    same = [one for one in turn.once(_schools) if fold(one.name) == fold(name)]
    return same[0] if len(same) == 1 else None


def _alike(turn: Turn, values: Values) -> list[Choice]:
    names = {str(one.id): one.name for one in turn.once(_schools)}
    found = process.extract(
        values["school"], names, scorer=fuzz.WRatio, processor=fold, score_cutoff=LIKE, limit=SHOWN
    )
    return [Choice(school_id, name) for name, _score, school_id in found]


def _means_one(turn: Turn, values: Values, which: int | None) -> None:
    """A « oui » is an answer only where one school is shown."""
    if which == ONLY and len(_alike(turn, values)) != 1:
        raise Unreadable("read/choose-one")


def _schools(turn: Turn) -> tuple[NamedSchool, ...]:
    return schools.named(turn.tx)


def what_is_needed(turn: Turn, _seed: object) -> tuple[Reply, ...]:
    """What to have at hand, before the first question."""
    return () if is_known(turn) else (Reply("register/needs"),)


def ask_those_in_charge(turn: Turn, kept: KeptTalk, asked: Asked | None) -> Said:
    """A ticket to whoever is in charge of the school, who accepts or refuses."""
    if asked is None:
        return _known_already(turn)
    school = asked.school
    matter = support.matter_of(turn, asked.lines)
    number = support.open_ticket(turn, KIND, matter, kept.id, school_id=school.id)
    new = NewRegistration(
        number,
        asked.values["name"],
        school.id,
        school.name,
        asked.values["role"],
        asked.values["email"],
        turn.language,
        turn.heard.channel,
        turn.heard.sender,
    )
    registrations.ask(turn.tx, new)
    asked_of = None if new.role in support.IN_CHARGE else school.id  # nobody makes another their equal
    if not alert_responsibles(turn, asked_of, _alert(new), number):
        log.error("ticket-unseen", ticket=number)
    seen, to_team = support.is_seen(turn, number), asked_of is None
    return support.told_of(number, say("register/sent", number=number, seen=seen, to_team=to_team))


def alert_again(turn: Turn, ticket: Ticket, by: str | None) -> Reply | None:
    """The alert of a registration that nobody has decided yet, passed on by somebody or not."""
    asked = registrations.of_ticket(turn.tx, ticket.id)
    return _alert(asked, by) if asked and asked.accepted is None else None


def _alert(asked: NewRegistration, by: str | None = None) -> Reply:
    facts = {"number": asked.ticket_id, "asked": asked, "channel": asked.channel, "by": by}
    return Reply("register/alert", facts)


def _known_already(turn: Turn) -> Said:
    """What they are, and how a change of school goes."""
    name = "school-changed"
    label = (
        turn.house.wording.text(f"{name}/command", turn.language, {}) if name in turn.house.abilities else ""
    )
    said = who_you_are(turn)
    buttons = (Button(label, str(Call(name))),) if label else ()
    return Said((*said.replies, Reply("register/known", {}, buttons)))


REGISTER = Conversation(KIND, register, ask_those_in_charge, opening=what_is_needed, listed=False)
