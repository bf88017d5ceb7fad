"""Tells those in charge, operators or responsibles of a school: a letter each, on the channel that they answer on.

Alerts about tickets of one kind that follow each other are gathered into lists, so that nothing can flood anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from bot.clock import Clock
from bot.gathering import SCHOOL, TEAM, desk_of, gathers, lists_due, next_list
from bot.messages import Letter, Reply
from bot.render import DEFAULT_LANGUAGE, Wording
from bot.sending import ALERT, ANSWER
from bot.turn import House, Turn
from storage import care, outbox, people, roles, tickets
from storage.database import Transaction
from storage.gathered import Wait
from storage.outbox import NewLetter
from storage.states import Role

ABOUT_DEAD = "dead-letter"
"""Begins the key of an alert about a letter that could not be sent: no alert is about such an alert."""


def alert_operators(turn: Turn, reply: Reply, ticket_id: int | None = None, key: str | None = None) -> int:
    """Tells every operator that has an address, with the same key only once: how many those are."""
    own = _asker(turn.tx, ticket_id)
    return _alert(turn, TEAM, members(turn.tx, TEAM, besides=own), reply, ticket_id, key)


def alert_responsibles(
    turn: Turn,
    school_id: int | None,
    reply: Reply,
    ticket_id: int | None = None,
    key: str | None = None,
    besides: int | None = None,
) -> int:
    """Tells those in charge of a school, with whom a ticket then lies, or the operators where nobody is reached."""
    own = besides or _asker(turn.tx, ticket_id)
    in_charge = roles.in_charge_of(turn.tx, school_id, own) if school_id else ()
    count = _alert(turn, desk_of(school_id), in_charge, reply, ticket_id, key)
    if school_id and count and ticket_id:
        care.lie_with_school(turn.tx, ticket_id, school_id)
    return count or alert_operators(turn, reply, ticket_id, key)


def _asker(tx: Transaction, ticket_id: int | None) -> int | None:
    """Who asked: nobody is told of their own request as one to take up."""
    ticket = tickets.by_id(tx, ticket_id) if ticket_id else None
    return ticket.person_id if ticket else None


def _alert(
    turn: Turn, desk: str, to: Iterable[int], reply: Reply, ticket_id: int | None, key: str | None
) -> int:
    letters = list(to_people(turn.tx, turn.house.wording, to, reply, ticket_id, key))
    if letters and ticket_id and gathers(turn, desk, ticket_id, reply, key or token_hex(8)):
        turn.others.extend(_lists(turn, desk, ticket_id))
    else:
        turn.others.extend(letters)
    return len(letters)


def _lists(turn: Turn, desk: str, ticket_id: int) -> Iterator[NewLetter]:
    """The list of what has been gathered, where that is enough for one."""
    listed = next_list(turn, desk, ticket_id)
    return _of_list(turn.tx, turn.house.wording, desk, listed) if listed else iter(())


def tell_what_waits(tx: Transaction, house: House, now: datetime) -> None:
    """Lists the alerts that were gathered for an hour, each once whoever looks."""
    for desk, listed in lists_due(tx, now):
        outbox.put(tx, _of_list(tx, house.wording, desk, listed), now)


def _of_list(tx: Transaction, wording: Wording, desk: str, listed: tuple[Wait, ...]) -> Iterator[NewLetter]:
    """To each of the desk what they are in charge of: not what they asked themself."""
    lines: dict[int, list[dict[str, object]]] = defaultdict(list)
    for one in listed:
        for person_id in members(tx, desk, _asker(tx, one.ticket_id)):
            lines[person_id].append(_line(one))
    for person_id, theirs in lines.items():
        reply = Reply("desk/alerts", {"listed": theirs})
        yield from to_people(tx, wording, [person_id], reply, key=f"list:{listed[0].id}")


def _line(one: Wait) -> dict[str, object]:
    subjects = {language: page.subject for language, page in one.pages.items()}
    return {"number": one.ticket_id, "subjects": subjects}


def members(tx: Transaction, desk: str, besides: int | None = None) -> tuple[int, ...]:
    """The ids of those in charge at a desk; `besides`: somebody who asks, and does not answer themself."""
    school = desk.removeprefix(SCHOOL) if desk.startswith(SCHOOL) else ""
    if school:
        return roles.in_charge_of(tx, int(school), besides)
    return tuple(one for one in roles.holders(tx, Role.OPERATOR) if one != besides)


def tell_of_dead_letter(house: House, clock: Clock) -> Callable[[Transaction, Letter, str], None]:
    """What the post calls when a letter could not be sent for a reason that somebody can mend."""

    def tell(tx: Transaction, letter: Letter, reason: str) -> None:
        if letter.key and letter.key.startswith(f"{ALERT}{ABOUT_DEAD}"):
            return
        alert = of_dead_letter(tx, house.wording, letter.id, letter.channel, letter.key, reason)
        outbox.put(tx, alert, clock.now())

    return tell


def of_dead_letter(
    tx: Transaction, wording: Wording, number: int, channel: str, key: str | None, reason: str
) -> Iterator[NewLetter]:
    """The alert about the letter of that number and key, which did not arrive."""
    facts = {"channel": channel, "number": number, "reason": reason, "ticket": ticket_answered(key)}
    return to_operators(tx, wording, Reply("support/alert-dead", facts), key=f"{ABOUT_DEAD}:{number}")


def to_operators(
    tx: Transaction, wording: Wording, reply: Reply, key: str | None = None, avoid: str = ""
) -> Iterator[NewLetter]:
    """One letter to every operator, as `to_people` writes it."""
    return to_people(tx, wording, roles.holders(tx, Role.OPERATOR), reply, key=key, avoid=avoid)


def to_people(
    tx: Transaction,
    wording: Wording,
    person_ids: Iterable[int],
    reply: Reply,
    ticket_id: int | None = None,
    key: str | None = None,
    avoid: str = "",
) -> Iterator[NewLetter]:
    """One letter to each on their newest address, in their language; none to one without an address.

    It comes while they may be at something else, so that a number that they type is not about it. The channel to
    avoid is taken only where there is no other.
    """
    for person_id in person_ids:
        person, reachable = people.by_id(tx, person_id), people.addresses(tx, person_id)
        if person and reachable:
            page = replace(wording.page([reply], person.language or DEFAULT_LANGUAGE), numbered=False)
            own_key = f"{ALERT}{key or token_hex(8)}:{person_id}"
            to = next((one for one in reachable if one.channel != avoid), reachable[0])
            yield NewLetter(to.channel, to.value, page, ticket_id=ticket_id, key=own_key)


def ticket_answered(key: str | None) -> str | None:
    """The number of the ticket that the letter with this key answers."""
    key = key or ""
    return key.removeprefix(ANSWER).partition(":")[0] if key.startswith(ANSWER) else None
