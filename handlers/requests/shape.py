"""What all requests have in common: questions, a recap, a ticket, and what happens next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

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
NO_OFFERS: Mapping[str, Offer] = MappingProxyType({})
Instead = Callable[[Values], str | None]
"""The template to say in place of a ticket, where the answers show that none is needed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a request says, once the person has confirmed it."""

    lines: tuple[Line, ...]


def request(
    name: str,
    *steps: Step,
    roles: frozenset[Role] | None = None,
    tried: Collection[str] = (TRIED,),
    offers: Mapping[str, Offer] = NO_OFFERS,
    instead: Instead = lambda _values: None,
    for_team: bool = True,
    schools: Collection[str] = (),
    opening: tuple[Reply, ...] = (),
) -> Conversation:
    """A form that ends in a ticket of kind `name`; `tried` are the questions about what was done already.

    `schools` are the questions that a school's name answers; `opening` is said before the first.

    `NAME/next` says what happens then and, where there is something special to do, `NAME/for-team` says it to the team.
    """

    async def fill_in(talk: Talk, turn: Turn) -> Asked | str:
        asked = (_of_a_school(turn, step) if step.name in schools else step for step in steps)
        form = Form(tuple(_offered(turn, step, offers) for step in asked))
        values = await form.fill(talk)
        return instead(values) or Asked(await form.confirm(talk, RECAP, values, request=name))

    def hand_in(turn: Turn, kept: KeptTalk, asked: Asked | str) -> Said:
        if isinstance(asked, str):
            return say(asked, guide=_guides(turn))
        done = tuple(line for line in asked.lines if line.name in tried)
        told = tuple(line for line in asked.lines if line.name not in tried)
        todo = _for_team(turn, name) if for_team else ""
        matter = f"{support.matter_of(turn, told)}\n\n{todo}".strip()
        number = support.open_for(turn, kept, name, matter, tried=_in_words(turn, done))
        said = support.opened(turn, number)
        return replace(said, replies=(*said.replies, Reply(f"{name}/next", {"guide": _guides(turn)})))

    # The entries lead to it: the menu would be too long with all of them.
    return Conversation(name, fill_in, hand_in, roles, opening=lambda _turn, _seed: opening, listed=False)


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
