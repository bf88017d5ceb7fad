"""Returning: what somebody is told when the assistant is back, with the question that waited meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import dialogue
from bot.addressed import shown_on
from bot.messages import Heard, Reply
from bot.talk import Waiting
from bot.turn import House, Said, Turn
from storage import people, talks
from storage.database import Transaction
from storage.discussions import Discussion
from storage.outbox import NewLetter
from storage.people import Person


def back(house: House, tx: Transaction, ended: Discussion, now: datetime, why: str) -> NewLetter:
    """The letter to whoever talked with a human: one line about why that is over, and where they were."""
    person = people.by_address(tx, ended.channel, ended.address)
    if person is None or person.id != ended.person_id:
        person = Person(ended.person_id)
    here = now.astimezone(house.settings.zone)
    heard = Heard(ended.channel, ended.address, f"back:{ended.ticket_id}", here)
    turn = Turn(house, tx, heard, person, here)
    said = _where_they_were(turn, Reply("support/assistant-back", {"number": ended.ticket_id, "why": why}))
    page = replace(house.wording.page(said.replies, turn.language), numbered=said.numbered)
    if said.talk:
        talks.save(tx, replace(said.talk, offered=shown_on(page)), here)
    return NewLetter(ended.channel, ended.address, page, talk_id=said.talk.id if said.talk else None)


def _where_they_were(turn: Turn, lead: Reply) -> Said:
    kept = dialogue.current(turn)
    waiting = dialogue.look(turn, kept) if kept else None
    if kept is None or not isinstance(waiting, Waiting):
        return Said((lead,), numbered=False)
    return dialogue.put(turn, kept, waiting, lead)
