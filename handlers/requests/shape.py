"""What all requests have in common: questions, a recap, a ticket, and what happens next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot import markup
from bot.filling import Line
from bot.form import Form, Step, Values
from bot.messages import Reply
from bot.question import Choice, Question
from bot.reading import one_of_values
from bot.render import DEFAULT_LANGUAGE
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, say
from faq.guides import Guides
from handlers import support
from handlers.school_names import check_school
from storage.states import Role
from storage.talks import KeptTalk

RECAP = Question("recap", "requests/recap", one_of_values("send"), confirms=True)
TRIED = "tried"
"""The question in which people say in their own words what they tried."""
Offer = Callable[[Turn], Sequence[Choice]]
"""Answers to choose from that depend on who asks."""
Instead = Callable[[Values], str | None]
"""The template to say in place of a ticket, where the answers show that none is needed."""


@dataclass(frozen=True, slots=True)
class Request:
    """A form that ends in a ticket of kind `name`.

    `NAME/next` says what happens then and, where there is something special to do, `NAME/for-team` says it to the team.
    """

    name: str
    steps: tuple[Step, ...]
    roles: frozenset[Role] | None = None
    opening: tuple[Reply, ...] = ()
    """What is said before the first question."""
    tried: Collection[str] = (TRIED,)
    """The questions about what was done already."""
    offers: Mapping[str, Offer] = field(default_factory=dict)
    schools: Collection[str] = ()
    """The questions that a school's name answers."""
    instead: Instead = field(default=lambda _values: None)
    for_team: bool = True
    """Whether there is something special to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a request says, once the person has confirmed it."""

    lines: tuple[Line, ...]


def conversation_of(request: Request) -> Conversation:
    """The request as people meet it. The entries lead to it: the menu would be too long with all of them."""
    return Conversation(
        request.name,
        partial(_fill_in, request),
        partial(_hand_in, request),
        request.roles,
        opening=lambda _turn, _seed: request.opening,
        listed=False,
    )


async def _fill_in(request: Request, talk: Talk, turn: Turn) -> Asked | str:
    """What is asked for, or the template that says why nothing need be."""
    asked = (_of_a_school(turn, step) if step.name in request.schools else step for step in request.steps)
    form = Form(tuple(_offered(turn, step, request.offers) for step in asked))
    values = await form.fill(talk)
    return request.instead(values) or Asked(await form.confirm(talk, RECAP, values, request=request.name))


def _hand_in(request: Request, turn: Turn, kept: KeptTalk, asked: Asked | str) -> Said:
    if isinstance(asked, str):
        return say(asked, guide=_guides(turn))
    done = tuple(line for line in asked.lines if line.name in request.tried)
    told = tuple(line for line in asked.lines if line.name not in request.tried)
    todo = _for_team(turn, request.name) if request.for_team else ""
    matter = f"{support.matter_of(turn, told)}\n\n{todo}".strip()
    number = support.open_for(turn, kept, request.name, matter, tried=_in_words(turn, done))
    said = support.opened(turn, number)
    return replace(said, replies=(*said.replies, Reply(f"{request.name}/next", {"guide": _guides(turn)})))


def _in_words(turn: Turn, lines: tuple[Line, ...]) -> str:
    """What was done already, on one line."""
    parts = (str(line.value) if line.name == TRIED else support.matter_of(turn, (line,)) for line in lines)
    return "; ".join(parts)


def _for_team(turn: Turn, name: str) -> str:
    to_copibec = {"copibec": turn.house.settings.copibec_contact}
    return markup.to_plain(turn.house.wording.text(f"{name}/for-team", DEFAULT_LANGUAGE, to_copibec))


def _of_a_school(turn: Turn, step: Step) -> Step:
    """The step with a check that it is a school which is named, before its own."""

    def check(values: Values, typed: str) -> None:
        check_school(turn, typed)
        if step.check:
            step.check(values, typed)

    return replace(step, check=check)


def _offered(turn: Turn, step: Step, offers: Mapping[str, Offer]) -> Step:
    """The step with the answers that are offered to this very person."""
    offer = offers.get(step.name)
    return replace(step, suggest=lambda _values: offer(turn)) if offer else step


def _guides(turn: Turn) -> Guides:
    return Guides(turn.house.settings.guides)
