"""An answer to a letter that was written to somebody else: a human looks at it, and nothing of theirs is shown."""

from __future__ import annotations

from typing import Final

from bot.messages import Reply
from bot.turn import Said, Turn
from handlers import support
from handlers.questions import answering

LONGEST: Final = 1_500
"""Characters that the operators are shown."""


def pass_on(turn: Turn) -> Said:
    """Opens a ticket for it; what it asks of the knowledge base is answered all the same."""
    envelope = turn.heard.envelope
    matter = (turn.heard.words.strip() or (envelope.thread.subject if envelope else ""))[:LONGEST]
    number = support.open_ticket(turn, "foreign", matter)
    support.alert(turn, number, Reply("mail/alert-foreign", support.described(turn, number, matter)))
    seen = support.is_seen(turn, number)
    answered = answering.answer_in_passing(turn)
    passed_on = Reply("mail/other-sender", {"number": number, "seen": seen})
    return Said((*(answered.replies if answered else ()), passed_on), ticket_id=number)
