"""What a message goes on with: the letter of ours that it answers, or else the talk in the foreground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot import dialogue
from bot.messages import Kind, Page
from bot.turn import Turn
from storage import people, sent_letters, talks
from storage.sent_letters import Sent
from storage.states import TalkState
from storage.talks import KeptTalk


def answered(turn: Turn) -> Sent | None:
    """The letter that the message is a reply to, if it is one of ours to the sender."""
    return turn.once(_answered)


def in_hand(turn: Turn) -> Turn:
    """The turn with the page that the sender has before them: a typed "2" is the second button of that one."""
    sent = answered(turn) if turn.heard.kind is Kind.TEXT else None
    if sent:
        return replace(turn, person=replace(turn.person, offered=shown_on(sent.page)))
    return replace(turn, person=replace(turn.person, offered=())) if turn.heard.envelope else turn


def talk_of(turn: Turn) -> KeptTalk | None:
    """The talk that the message goes on with, now in the foreground.

    A letter that begins a thread goes on with none: what is written in it was not asked for.
    """
    sent = answered(turn) if turn.heard.kind is Kind.TEXT else None
    if sent and sent.talk_id:
        return _brought_back(turn, sent.talk_id, sent.page)
    return None if turn.heard.envelope else dialogue.current(turn)


def is_over(turn: Turn) -> bool:
    """Whether it answers a letter of a talk that has come to its end."""
    sent = answered(turn) if turn.heard.kind is Kind.TEXT else None
    kept = talks.by_id(turn.tx, sent.talk_id) if sent and sent.talk_id else None
    return kept is not None and kept.state is TalkState.FINISHED


def shown_on(page: Page) -> tuple[dict[str, Any], ...]:
    """The buttons of a page as they are kept while it lies before somebody."""
    return tuple(
        {"label": button.label, "press": button.press, "also": button.also, "numbered": page.numbered}
        for button in page.buttons
    )


def _answered(turn: Turn) -> Sent | None:
    heard = turn.heard
    if not heard.about or heard.kind is Kind.FOREIGN or turn.unproven:
        return None
    to_sender = sent_letters.sent_as(turn.tx, heard.channel, heard.chat or heard.sender, heard.about)
    return to_sender or next(_to_other_addresses(turn), None)


def _to_other_addresses(turn: Turn) -> Iterator[Sent]:
    """Somebody may have several on one channel, and answer from one what came to another."""
    heard = turn.heard
    own = people.addresses(turn.tx, turn.person.id) if turn.known else ()
    found = (
        sent_letters.sent_as(turn.tx, heard.channel, one.value, heard.about)
        for one in own
        if one.channel == heard.channel
    )
    return (sent for sent in found if sent)


def _brought_back(turn: Turn, talk_id: str, page: Page) -> KeptTalk | None:
    kept = talks.by_id(turn.tx, talk_id)
    if kept is None or kept.person_id != turn.person.id or not dialogue.is_open(turn, kept):
        return None
    if kept.state not in (TalkState.FOREGROUND, TalkState.ASIDE):
        return None
    if kept.state is TalkState.ASIDE:
        kept = talks.save(turn.tx, dialogue.to_front(turn, kept), turn.now)  # "annuler" means this very one
    return replace(kept, offered=shown_on(page))
