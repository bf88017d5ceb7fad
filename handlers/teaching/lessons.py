"""Lessons: a question with what answers it from now on, taught by an operator, and taken back by one."""

from __future__ import annotations

from bot.anonymity import anonymous, without
from bot.messages import Reply, number_in
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, say
from faq.entry import Entry
from handlers.support import OPERATORS
from handlers.teaching.askers import names
from handlers.teaching.choices import picked
from storage import enquiries, lessons, tickets
from storage.enquiries import Enquiry
from storage.lessons import NewLesson


def learn(turn: Turn, asked: Enquiry, *, entry: Entry | None = None, answer: str | None = None) -> Reply:
    """Teaches the question, with nothing that tells who asked it, and says what is known from now on."""
    theirs = names(turn.tx, asked.person_id)
    new = NewLesson(
        language=asked.asked_in,
        text=anonymous(asked.text, theirs),
        entry=entry.id if entry else None,
        answer=without(answer, theirs) if answer else None,
        taught_by=turn.person.id,
    )
    number = lessons.teach(turn.tx, new, turn.now)
    heading = entry.answer(turn.language).title if entry else None
    return Reply(
        "lesson/taught", {"text": new.text, "heading": heading, "answer": new.answer, "lesson": number}
    )


def lesson(turn: Turn, argument: str) -> Said:
    """Learns an enquiry as a wording of the entry picked, `ENQUIRY-ENTRY`; nobody is written to."""
    number, entry = picked(turn, argument)
    asked = enquiries.by_id(turn.tx, number) if number is not None else None
    return Said((learn(turn, asked, entry=entry),)) if asked and entry else say("support/gone")


def reuse(turn: Turn, argument: str) -> Said:
    """Learns the operator's own words, `TICKET-FINGERPRINT`, as the answer to what the ticket asks."""
    number, _, words = argument.partition("-")
    ticket = tickets.by_id(turn.tx, number_in(number) or 0)
    asked = enquiries.of_ticket(turn.tx, ticket.id) if ticket else ()
    if ticket is None or not asked or not ticket.answer or fingerprint({"answer": ticket.answer}) != words:
        return say("support/gone")
    return Said((learn(turn, asked[0], answer=ticket.answer),))


def unteach(turn: Turn, number: str) -> Said:
    """Takes a lesson back: it counts no more."""
    lesson_id = number_in(number)
    if lesson_id is None or not lessons.withdraw(turn.tx, lesson_id, turn.now):
        return say("support/gone")
    return say("unteach/done")


LESSON = Command("lesson", lesson, OPERATORS, listed=False)
REUSE = Command("reuse", reuse, OPERATORS, listed=False)
UNTEACH = Command("unteach", unteach, OPERATORS, listed=False)
