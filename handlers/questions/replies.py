"""Replies: an entry as it is said to the person, with the buttons that lead on from it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.messages import Button, Call, Reply
from bot.turn import Turn, label_of, refusal
from faq.entry import Answer, Entry
from faq.guides import Guides
from handlers.questions.facts import facts_of
from storage.enquiries import Enquiry

FORWARD = "forward"
"""The ability that hands a remembered question to the team in one tap."""


def answers(turn: Turn, entries: Sequence[Entry], enquiry: int | None) -> tuple[Reply, ...]:
    """What the entries say, each under its title where there are several; below, where one may go from there."""
    *before, last = (_reply(turn, entry, titled=len(entries) > 1) for entry in entries)
    asked = {"human": any(entry.human for entry in entries), "enquiry": enquiry}
    return (*before, Reply(last.template, {**last.data, **asked}, _flow(turn, entries)))


def in_passing(turn: Turn, entries: Sequence[Entry]) -> tuple[Reply, ...]:
    """The same without any buttons, for somebody whose own question waits below."""
    return tuple(_reply(turn, entry, titled=len(entries) > 1) for entry in entries)


def next_step(turn: Turn, entry: Entry, enquiry: int) -> Reply | None:
    """What to try once all of the answer is done and it still does not work, if there is such a thing."""
    step = entry.answer(turn.language).next
    return _said(turn, step, human=entry.human, enquiry=enquiry) if step else None


def unknown(turn: Turn, enquiry: int | None) -> Reply:
    """It does not know, says so, and offers the human."""
    buttons = () if turn.unproven else to_the_team(turn, enquiry)
    return Reply("questions/unknown", {"unproven": turn.unproven}, buttons)


def regret(turn: Turn, enquiry: Enquiry) -> Reply:
    """Nothing more is known: the human, with this very question unless it was handed over before."""
    return Reply("not-helped/regret", {}, to_the_team(turn, None if enquiry.ticket_id else enquiry.id))


def to_the_team(turn: Turn, enquiry: int | None) -> tuple[Button, ...]:
    """One tap hands the question over where it is remembered; else the person writes to the team."""
    forward = _offer(turn, FORWARD, str(enquiry)) if enquiry else ()
    return forward or _offer(turn, "human")


def _reply(turn: Turn, entry: Entry, *, titled: bool) -> Reply:
    said: Answer = entry.answer(turn.language)
    return _said(turn, said.text, heading=said.title if titled else None)


def _said(
    turn: Turn, source: str, *, heading: str | None = None, human: bool = False, enquiry: int | None = None
) -> Reply:
    data = {**facts_of(turn), "guide": Guides(turn.house.settings.guides)}
    text = Markup(turn.house.wording.source(source, turn.language, data))  # noqa: S704 - rendered with escapes
    return Reply("questions/answer", {"answer": text, "heading": heading, "human": human, "enquiry": enquiry})


def _flow(turn: Turn, entries: Sequence[Entry]) -> tuple[Button, ...]:
    """What the first of them that leads anywhere leads to."""
    flows = (_offer(turn, entry.flow, key="flow") for entry in entries if entry.flow)
    return next(filter(None, flows), ())


def _offer(turn: Turn, ability: str, argument: str = "", key: str = "") -> tuple[Button, ...]:
    """The button that begins an ability, named by what it does; none where there is no such ability for the sender."""
    found = turn.house.abilities.get(ability)
    if found is None or (turn.known and refusal(turn, found)):
        return ()
    label = label_of(turn, ability, key) or turn.house.wording.text(f"{ability}/command", turn.language, {})
    return (Button(label, str(Call(ability, argument))),)
