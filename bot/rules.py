"""What a message can be for: one ordered table of rules, the first that knows what to say wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot import dialogue
from bot.addressed import is_over
from bot.commands import command
from bot.messages import Kind, Reply, read_press
from bot.pending import is_asking, pending
from bot.photographed import photographed
from bot.pressing import button_named, pressed, stale
from bot.taking import begun, changed, filled_in
from bot.turn import Said, Turn, say
from handlers.declarations.amending import amended, another
from handlers.declarations.asked_on import asked_on
from handlers.declarations.in_words import in_words
from handlers.declarations.left import left
from handlers.foreign import pass_on
from handlers.overtaken import overtaken
from handlers.questions import answering
from handlers.questions.small_talk import bid_goodbye, hear_out, nod
from handlers.questions.terms import defined
from handlers.receiving import received
from handlers.reminders.answers import reported
from handlers.reminders.launched import launched
from handlers.reminders.replied import replied
from handlers.reminders.why_none import asked_why
from handlers.reminders.wishes import wished
from handlers.returning import returned
from handlers.roster.answering_lists import about_list
from handlers.roster.awaiting import about_codes
from handlers.roster.switch import switched_off
from handlers.support.afterthoughts import offer_to_add
from handlers.support.discussing import keep_silent
from handlers.support.speaking import speak_on
from handlers.teaching import replying
from handlers.wishes.denying import denied
from storage.talks import KeptTalk

Rule = Callable[[Turn, KeptTalk | None], Said | None]
"""What to say to the message, given the talk in the foreground; None leaves it to the next rule."""

UNREADABLE: Mapping[Kind, str] = {
    Kind.GROUP: "welcome/group",
    Kind.EDITED: "welcome/edited",
    Kind.UNREADABLE: "welcome/unreadable",
}


def foreign(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody answers a letter that was written to somebody else."""
    return pass_on(turn) if turn.heard.kind is Kind.FOREIGN else None


def decided(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody in charge of a school answers, in words, whether they accept a declaration past the limit."""
    return in_words(turn)


def reply_to_alert(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Somebody of the support team answers an alert: their words go to the person it is about."""
    said_something = turn.heard.kind is Kind.TEXT and turn.heard.text.strip()
    return replying.reply(turn) if said_something else None


def unreadable(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A group, an edited message, a sticker or a voice message: says what can be read."""
    says_nothing = turn.heard.kind is Kind.TEXT and not turn.heard.text.strip() and kept is None
    template = UNREADABLE.get(Kind.UNREADABLE if says_nothing else turn.heard.kind)
    if template is None:
        return None
    if kept is None or turn.heard.kind is Kind.GROUP:
        return say(template)
    return dialogue.go_on(turn, kept, Reply(template))


def press(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A button, or the number or words of one that was just shown."""
    found = read_press(turn.heard.press) if turn.heard.kind is Kind.PRESS else button_named(turn, kept)
    if found is None:
        return stale(turn, kept, "corrections/stale") if turn.heard.kind is Kind.PRESS else None
    return pressed(turn, kept, found)


def over(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to a letter whose talk has come to its end: nothing of it is taken for another talk."""
    return None if kept or not is_over(turn) or is_asking(turn) else say("corrections/finished")


def reply_to_nothing(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """Words that somebody of the support team meant for a person, in answer to something that is no request."""
    return replying.reply_to_nothing(turn) if turn.heard.kind is Kind.TEXT else None


def knowledge(turn: Turn, _kept: KeptTalk | None) -> Said:
    """Everything else is a question, even one that the knowledge base cannot answer."""
    return answering.answer(turn)


RULES: tuple[Rule, ...] = (
    foreign,
    switched_off,
    about_codes,
    keep_silent,
    decided,
    reply_to_alert,
    speak_on,
    received,
    photographed,
    replied,
    unreadable,
    another,
    changed,
    about_list,
    reported,
    launched,
    command,
    filled_in,
    overtaken,
    press,
    hear_out,
    bid_goodbye,
    defined,
    left,
    returned,
    asked_why,
    wished,
    pending,
    amended,
    asked_on,
    begun,
    over,
    reply_to_nothing,
    denied,
    nod,
    offer_to_add,
    knowledge,
)
FOR_FILES: tuple[Rule, ...] = (received, photographed)
"""What makes use of files; beside anything else that is said, what came with the words is named."""
ANSWERING: tuple[Rule, ...] = (defined, knowledge)
"""What tells somebody what they asked: a list that waits for a word is put again below it."""
