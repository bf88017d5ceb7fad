"""The secret that ties a reply to the letter it answers: part of the letter's Message-ID and of its Reply-To."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

MADE: Final = re.compile(r"([1-9][0-9]{0,14})\.([0-9a-f]{16,32})")
"""A letter's number and its secret; some servers write addresses in small letters, so that both are."""


def message_id(letter_id: int, token: str, address: str) -> str:
    """The Message-ID of a letter, the same at every try: `<12.5f…@domain>`."""
    return f"<{letter_id}.{token}@{domain_of(address)}>"


def tagged(address: str, letter_id: int, token: str) -> str:
    """Our address with the letter's secret as its `+tag`, for servers that deliver such mail."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{letter_id}.{token}@{domain}"


def tokens_in(address: str, ids: Iterable[str], recipients: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The letters that a mail to `address` names: by the tag it was sent to, then by the ids it answers.

    `ids` stand with or without their angle brackets, the nearest first. Nothing tells yet that they are ours.
    """
    local, _, domain = address.lower().rpartition("@")
    for recipient in recipients:
        name, _, at = recipient.lower().rpartition("@")
        base, _, tag = name.partition("+")
        if (base, at) == (local, domain) and (made := MADE.fullmatch(tag)):
            yield int(made[1]), made[2]
    for one in ids:
        left, _, at = one.strip("<> ").lower().rpartition("@")
        if at == domain and (made := MADE.fullmatch(left)):
            yield int(made[1]), made[2]


def domain_of(address: str) -> str:
    """What stands behind the @, in small letters."""
    return address.rpartition("@")[2].lower()
