"""The link in a reminder's heading that ends reminders with one click (RFC 8058).

Mail scanners and proxies write such links down. So that it does not give away the letter's secret, which proves who
writes, it carries a digest that is good for this alone.
"""

from __future__ import annotations

import re
from hashlib import sha256
from hmac import compare_digest
from hmac import new as keyed
from typing import Final

PURPOSE: Final = "unsubscribe"
DIGITS: Final = 32
"""128 bits; in small letters, like the secret of a letter."""
NAMED: Final = re.compile(r"([1-9][0-9]{0,14})-([0-9a-f]{32})")


def link(public: str, letter_id: int, token: str) -> str:
    """`https://declic.example/unsubscribe/12-5f…`."""
    return f"{public}/{PURPOSE}/{letter_id}-{_digest(letter_id, token)}"


def named_in(last: str) -> tuple[int, str] | None:
    """The letter and the digest in the last part of a link; nothing tells yet that they fit."""
    found = NAMED.fullmatch(last)
    return (int(found[1]), found[2]) if found else None


def fits(digest: str, letter_id: int, token: str) -> bool:
    """Whether the digest is that letter's; takes as long whatever is wrong with it."""
    return compare_digest(digest, _digest(letter_id, token))


def _digest(letter_id: int, token: str) -> str:
    """The letter's secret is chance enough to be the key."""
    return keyed(token.encode(), f"{PURPOSE}:{letter_id}".encode(), sha256).hexdigest()[:DIGITS]
