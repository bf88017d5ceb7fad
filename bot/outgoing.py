"""What a turn says, put into the outbox as a letter to whoever wrote, beside those that it writes to others."""

from __future__ import annotations

from dataclasses import replace

from bot import markup
from bot.addressed import shown_on
from bot.messages import Kind, Page, Reply
from bot.turn import Said, Turn
from storage import outbox, people, talks
from storage.claims import Claimant
from storage.outbox import NewLetter, Put
from storage.states import TalkState

NOTICE = Reply("privacy/notice")
"""Ends the first answer that anybody gets: who runs the assistant, and what is kept."""


def put(turn: Turn, said: Said, claimant: Claimant | None) -> Put:
    """Keeps the buttons shown, so that "2" means the second of them, and puts the letters into the outbox."""
    first = turn.person.is_new and turn.heard.kind is not Kind.GROUP
    replies = (*said.replies, NOTICE) if first else said.replies
    page = turn.house.wording.page(replies, said.language or turn.language)
    # Beside a list of its own, the numbers of a letter's choices would be taken for those.
    unclear = turn.heard.envelope is not None and markup.has_numbered_list(page.html)
    page = replace(page, numbered=said.numbered and not unclear)
    _keep_offered(turn, said, page)
    heard, envelope = turn.heard, turn.heard.envelope
    answer = NewLetter(
        heard.channel,
        heard.chat or heard.sender,
        page,
        ticket_id=said.ticket_id,
        talk_id=said.talk.id if said.talk else None,
        thread=envelope.thread if envelope else None,
    )
    said_to_sender = () if said.silent else (answer,)
    return outbox.put(turn.tx, [*said_to_sender, *turn.others], turn.now, claimant)


def _keep_offered(turn: Turn, said: Said, page: Page) -> None:
    shown = shown_on(page)
    if said.talk and said.talk.state is TalkState.FOREGROUND:
        talks.save(turn.tx, replace(said.talk, offered=shown), turn.now)
    elif shown or turn.person.offered:
        people.set_offered(turn.tx, said.to_person or turn.person.id, shown)
