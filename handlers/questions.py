"""Answers from the knowledge base, asks back when in doubt, and owns up when it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from markupsafe import Markup

from bot.dates import on_day
from bot.messages import Button, Call, Reply
from bot.turn import Command, Said, Turn, say
from faq.entry import UNKNOWN, Entry
from faq.guides import Guides
from faq.matcher import Outcome
from handlers.declarations import periods
from storage import declarations
from storage.states import DECLARING_ROLES


def answer(turn: Turn) -> Said | None:
    """The answer, or the question back when several entries come close; None when none does."""
    match = turn.match
    if match is None or match.outcome == "unknown":
        return None
    return say_outcome(turn, match.outcome, [candidate.id for candidate in match.candidates])


def answer_in_passing(turn: Turn) -> Said | None:
    """The answer alone, for somebody in the middle of a talk; None unless it is known."""
    match = turn.match
    if match is None or match.outcome != "answer":
        return None
    return Said((_answered(turn, turn.entries[match.candidates[0].id], flows=False),))


def say_outcome(turn: Turn, outcome: Outcome, ids: Sequence[str]) -> Said:
    """Says what the matcher found: an answer, a choice of entries, or that it does not know."""
    entries = [turn.entries[entry_id] for entry_id in ids if entry_id in turn.entries]
    if not entries or outcome == "unknown":
        return own_up(turn)
    if outcome == "answer":
        return Said((_answered(turn, entries[0]),))
    buttons = (Button(entry.answer(turn.language).title, str(Call("entry", entry.id))) for entry in entries)
    return say("questions/which", *buttons)


def remembered(turn: Turn) -> dict[str, str]:
    """What the matcher found, to be kept beside a text whose meaning is asked back."""
    match = turn.match
    ids = " ".join(candidate.id for candidate in match.candidates) if match else ""
    return {"outcome": match.outcome if match else "unknown", "entries": ids}


def recalled(turn: Turn, held: Mapping[str, str]) -> Said:
    """Answers the text that was held back, now that it is known to be a question."""
    return say_outcome(turn, cast(Outcome, held["outcome"]), held["entries"].split())


def own_up(_turn: Turn) -> Said:
    """It does not know, says so, and offers a human."""
    return say("questions/unknown")


def entry(turn: Turn, entry_id: str) -> Said:
    """The entry that the person chose."""
    return say_outcome(turn, "answer", [entry_id])


def _answered(turn: Turn, found: Entry, *, flows: bool = True) -> Reply:
    said = found.answer(turn.language)
    data = {**_facts(turn), "guide": Guides(turn.house.settings.guides)}
    text = turn.house.wording.source(said.text, turn.language, data)
    buttons = _offers(turn, found) if flows else ()
    return Reply("questions/answer", {"answer": Markup(text), "human": found.human and flows}, buttons)  # noqa: S704


def _offers(turn: Turn, found: Entry) -> tuple[Button, ...]:
    """The flow that the answer leads to, where that ability exists."""
    if found.flow not in turn.house.abilities:
        return ()
    label = turn.house.wording.text(f"{found.flow}/command", turn.language, {})
    return (Button(label, str(Call(str(found.flow)))),)


def _facts(turn: Turn) -> Mapping[str, Any]:
    """What is known of the person, for the answer to use; nothing for somebody unproven."""
    if not turn.known:
        return UNKNOWN
    current = periods.period_of(turn.today)
    school = turn.person.school
    return {
        **UNKNOWN,
        "next_deadline": on_day(current.deadline, turn.language),
        "days_left": (current.deadline - turn.today).days,
        "school": school.school if school else None,
        "declared": _declared(turn, current.key) if turn.person.roles & set(DECLARING_ROLES) else None,
    }


def _declared(turn: Turn, period: str) -> bool:
    return declarations.took_part(turn.tx, turn.person.id, period)


ENTRY = Command("entry", entry, listed=False)
UNKNOWN_TO_US = Command("unknown", lambda turn, _argument: own_up(turn), listed=False)
