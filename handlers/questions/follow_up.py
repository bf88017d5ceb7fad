"""Follow-up: whether an answer helped, what to try next, and the last answer once more in another language."""

from __future__ import annotations

from bot.messages import Reply
from bot.turn import Command, Said, Turn, asked_lately, say
from handlers.corrections import UNMEANT
from handlers.questions import memory, replies
from storage import enquiries
from storage.enquiries import Enquiry


def helped(turn: Turn, number: str) -> Said:
    """The person says so of the enquiry with this number, or else of the last one."""
    enquiry = memory.own_or_last(turn, number)
    return UNMEANT if number and enquiry is None else glad(turn, enquiry, "helped/noted")


def glad(turn: Turn, enquiry: Enquiry | None, template: str) -> Said:
    """Keeps that the answer helped, where there was one, and says this."""
    if enquiry:
        enquiries.judge(turn.tx, enquiry.id, helped=True)
    return say(template)


def not_helped(turn: Turn, number: str) -> Said:
    """The entry's next step, said once; after that a human. Without an enquiry it asks what this is about."""
    enquiry = memory.own_or_last(turn, number)
    if enquiry is None:
        return UNMEANT if number else say("not-helped/about-what")
    enquiries.judge(turn.tx, enquiry.id, helped=False)
    return Said((_further(turn, enquiry) or replies.regret(turn, enquiry),))


def last_answer(turn: Turn) -> tuple[Reply, ...]:
    """What was answered last in the other language, within a day, and its next step to come; or nothing."""
    enquiry = turn.once(asked_lately)
    entry = turn.entries.get(enquiry.entry or "") if enquiry else None
    if enquiry is None or entry is None or enquiry.language == turn.language:
        return ()
    if list_lies_there(turn):
        return ()
    enquiries.answered_with(turn.tx, enquiry.id, entry.id, turn.language)
    return replies.answers(turn, [entry], enquiry.id)


def list_lies_there(turn: Turn) -> bool:
    """Whether a list of people lies before them to be applied: it comes again, and nothing else with it."""
    return any(one["press"].startswith("!roster-apply") for one in turn.person.offered)


def _further(turn: Turn, enquiry: Enquiry) -> Reply | None:
    entry = turn.entries.get(enquiry.entry or "")
    step = replies.next_step(turn, entry, enquiry.id) if entry and not enquiry.next_said else None
    if step:
        enquiries.next_said(turn.tx, enquiry.id)
    return step


HELPED = Command("helped", helped, listed=False)
NOT_HELPED = Command("not-helped", not_helped, listed=False)
