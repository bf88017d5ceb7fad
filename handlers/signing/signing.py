"""« Je ne peux pas signer le PI »: one check after the other, until it is solved or the school takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.filling import Line
from bot.messages import Reply
from bot.question import Known
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn, asked_lately, say
from faq.guides import Guides
from handlers.signing.letter import SUPPORT, letter_to_support, text_to_forward
from handlers.signing.paths import PATHS, Results, side_of
from handlers.signing.questions import ACCOUNT, LINK, WHO
from handlers.signing.reading import introduced, lacks_account
from handlers.signing.schools import has_phones, named_school, own_school
from handlers.signing.states import Result, Side
from storage.schools import NamedSchool
from storage.talks import KeptTalk


@dataclass(frozen=True, slots=True)
class Helped:
    """How far the help came."""

    side: Side
    lines: tuple[Line, ...]
    """The checks made, in order, each with what came of it."""
    school: NamedSchool | None = None

    @property
    def solved(self) -> bool:
        return any(line.value is Result.SOLVED for line in self.lines)

    @property
    def tried(self) -> tuple[Line, ...]:
        """What was found to be as it should."""
        return tuple(line for line in self.lines if line.value is Result.TRIED)


async def help_to_sign(talk: Talk, turn: Turn) -> Helped:
    """What was checked, up to what solved it."""
    known = _told_side(talk.seed) or _known_side(turn)
    side = await talk.ask(WHO, default=Known(known) if known else None)
    helped = Helped(side, await _checked(talk, turn, side))
    if helped.solved:
        return helped
    return Helped(side, helped.lines, await _school(talk, turn, side))


async def _checked(talk: Talk, turn: Turn, side: Side) -> tuple[Line, ...]:
    results: Results = {}
    lines: tuple[Line, ...] = ()
    data = {"side": side, "guide": Guides(turn.house.settings.guides)}
    for check in PATHS[side]:
        if not check.when(results):
            continue
        question = check.question
        told = question is ACCOUNT and lacks_account(talk.answer_to(LINK.name))
        result = await talk.ask(question, data, default=Known(Result.LACKING) if told else None)
        results = {**results, question.name: result}
        lines = (*lines, Line(question.template, question.name, result))
        if result is Result.SOLVED:
            break
    return lines


async def _school(talk: Talk, turn: Turn, side: Side) -> NamedSchool | None:
    """Of a parent, only where it may give them a number to call; of a secretary, for the letter."""
    if side is Side.SECRETARY or (side is Side.PARENT and has_phones(turn)):
        own = own_school(turn) if side is Side.SECRETARY else None
        return await named_school(talk, turn, {"side": side}, own)
    return None


def _known_side(turn: Turn) -> Side | None:
    return side_of(turn.person) if turn.known else None


def _told_side(seed: Mapping[str, str]) -> Side | None:
    return Side(seed["side"]) if "side" in seed else None


def begin_with(turn: Turn, _argument: str) -> Mapping[str, str]:
    """Who they said that they are, in the sentence that led here."""
    asked = turn.once(asked_lately)
    texts = (turn.heard.text, asked.text if asked else "")
    side = next(filter(None, map(introduced, texts)), None)
    return {"side": side.value} if side else {}


def say_role(turn: Turn, seed: Mapping[str, str]) -> tuple[Reply, ...]:
    """How it goes, and in what role we take them, which they can change."""
    return (Reply("signing/opening", {"side": _told_side(seed) or _known_side(turn)}),)


def sum_up(turn: Turn, _kept: KeptTalk, helped: Helped) -> Said:
    """What was checked, and where it goes on from there. Nothing is kept of it, and nothing sent."""
    if helped.solved:
        return say("signing/solved", lines=helped.lines)
    data: dict[str, Any] = {"side": helped.side, "lines": helped.lines, "school": helped.school}
    if helped.side is Side.PARENT:
        data["forward"] = text_to_forward(turn, {"lines": helped.lines})
    if helped.side is Side.SECRETARY:
        letter = letter_to_support(turn, {"school": helped.school, "lines": helped.tried})
        data |= {"letter": letter, "support": SUPPORT, "channel": turn.heard.channel}
    return say(ENDS[helped.side], **data, guide=Guides(turn.house.settings.guides))


ENDS: Final[Mapping[Side, str]] = {
    Side.PARENT: "signing/end-parent",
    Side.STAFF: "signing/end-staff",
    Side.DIRECTION: "signing/end-staff",
    Side.SECRETARY: "signing/end-secretary",
}
SIGNING = Conversation("parent-signing", help_to_sign, sum_up, seed=begin_with, opening=say_role)
