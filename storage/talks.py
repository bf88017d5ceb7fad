"""Talks under way: their answers, and which one is in the foreground."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, literal_column, select, update

from storage.database import Transaction
from storage.states import TalkState
from storage.tables import talk

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
ID_LENGTH = 10
RESUMABLE = (TalkState.FOREGROUND, TalkState.ASIDE, TalkState.CANCELLED)


class TalkMoved(Exception):
    """This talk is no longer what was read: whoever changes one locks its person first, and saves it once."""


@dataclass(frozen=True, slots=True)
class KeptTalk:
    """A talk as it is kept: its conversation's name and its answers, unread."""

    id: str
    person_id: int
    conversation: str
    state: TalkState
    seed: Mapping[str, str] = field(default_factory=dict)
    """What it was begun with, such as the declaration it starts from."""
    answers: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    editing: str = ""
    offered: tuple[dict[str, Any], ...] = ()
    """The buttons of its last page, so that "2" means the second."""
    held: Mapping[str, str] | None = None
    """A text that may be an answer or a question, until the person says which."""
    version: int = 1
    updated_at: datetime | None = None
    """When it was written last."""


def start(
    tx: Transaction, person_id: int, conversation: str, seed: Mapping[str, str], now: datetime
) -> KeptTalk:
    """A new talk in the foreground; the one that was there is set aside."""
    set_aside(tx, person_id, now)
    begun = KeptTalk(_new_id(), person_id, conversation, TalkState.FOREGROUND, dict(seed))
    tx.execute(
        insert(talk).values(
            id=begun.id,
            person_id=person_id,
            conversation=conversation,
            seed=dict(seed),
            answers={},
            state=begun.state,
            started_at=now,
            updated_at=now,
        )
    )
    return begun


def set_aside(tx: Transaction, person_id: int, now: datetime) -> None:
    """Leaves nothing in the foreground."""
    tx.execute(
        update(talk)
        .where(talk.c.person_id == person_id, talk.c.state == TalkState.FOREGROUND)
        .values(state=TalkState.ASIDE, version=talk.c.version + 1, updated_at=now)
    )


def foreground(tx: Transaction, person_id: int) -> KeptTalk | None:
    """The talk that the person is in."""
    row = tx.execute(_FOREGROUND, {"of_person": person_id}).first()
    return _kept(row) if row else None


def by_id(tx: Transaction, talk_id: str) -> KeptTalk | None:
    """The talk with this id, whoever's it is."""
    return _first(tx, select(talk).where(talk.c.id == talk_id))


def resumable(tx: Transaction, person_id: int) -> KeptTalk | None:
    """The talk to return to: the one set aside last, or else the one cancelled last."""
    for state in (TalkState.ASIDE, TalkState.CANCELLED):
        wanted = select(talk).where(talk.c.person_id == person_id, talk.c.state == state)
        found = _first(tx, wanted.order_by(talk.c.updated_at.desc()).limit(1))
        if found:
            return found
    return None


def unfinished(tx: Transaction, person_id: int, conversation: str) -> KeptTalk | None:
    """The talk of this kind that somebody began last and has neither finished nor dropped."""
    open_states = (TalkState.FOREGROUND, TalkState.ASIDE)
    wanted = select(talk).where(
        talk.c.person_id == person_id, talk.c.conversation == conversation, talk.c.state.in_(open_states)
    )
    return _first(tx, wanted.order_by(talk.c.updated_at.desc()).limit(1))


def save(tx: Transaction, kept: KeptTalk, now: datetime) -> KeptTalk:
    """Writes it back; raises TalkMoved when it is no longer what was read."""
    changed = tx.execute(
        _SAVE,
        {
            "of_id": kept.id,
            "of_version": kept.version,
            "answers": dict(kept.answers),
            "editing": kept.editing,
            "offered": list(kept.offered),
            "held": dict(kept.held) if kept.held else None,
            "state": kept.state,
            "updated_at": now,
        },
    )
    if changed.rowcount != 1:
        raise TalkMoved(kept.id)
    return replace(kept, version=kept.version + 1)


def _new_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def _first(tx: Transaction, wanted: Select[Any]) -> KeptTalk | None:
    row = tx.execute(wanted).first()
    return _kept(row) if row else None


def _kept(row: Row[Any]) -> KeptTalk:
    return KeptTalk(
        row.id,
        row.person_id,
        row.conversation,
        TalkState(row.state),
        row.seed,
        row.answers,
        row.editing,
        tuple(row.offered),
        row.held,
        row.version,
        row.updated_at,
    )


_FOREGROUND = select(talk).where(
    talk.c.person_id == bindparam("of_person"), literal_column(f"talk.state = '{TalkState.FOREGROUND}'")
)

_CHANGING = ("answers", "editing", "offered", "held", "state", "updated_at")

_SAVE = (
    update(talk)
    .where(talk.c.id == bindparam("of_id"), talk.c.version == bindparam("of_version"))
    .values({name: bindparam(name) for name in _CHANGING} | {"version": talk.c.version + 1})
)
