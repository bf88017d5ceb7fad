"""What a mail server vouches for: the domain that DMARC passed for, in its Authentication-Results (RFC 8601).

Read by hand: authres (1.2, from 2019) refuses the unquoted signatures that servers write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from bot.channels.mail.read.headers import LONGEST, address, addresses, raw_headers

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[=;]|[^\s=;"]+)')
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
DEEPEST = 20
"""Comments within comments."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the server that wrote the topmost header says; whether that server is ours to believe is not said here."""

    server: str
    """Its name, in small letters."""
    domain: str
    """The sender's domain, in small letters, which DMARC passed for."""


class Malformed(ValueError):
    """A header that reads one way for some and another way for others: nothing in it is believed."""


def vouched(message: Message) -> Vouched | None:
    """Who vouches for the domain in From; None where nobody does, or where more than one address could be meant."""
    domain = _only_domain(message)
    topmost = next(raw_headers(message, "authentication-results"), "")
    if not domain or not topmost or len(topmost) >= LONGEST:
        return None
    try:
        server, *results = _statements(topmost)
    except Malformed:
        return None
    passed = [_passed(result) for result in results if _method(result) == "dmarc"]
    return Vouched(server[0].lower(), domain) if server and passed == [domain] else None


def _only_domain(message: Message) -> str:
    """The domain in From, where there is one From with one address in it and no other sign of one."""
    headers = list(raw_headers(message, "from"))
    if len(headers) != 1 or len(addresses(message, "from")) != 1:
        return ""
    is_plain = QUOTED.sub("", headers[0]).count("@") == 1
    return address(message, "from").rpartition("@")[2] if is_plain else ""


def _method(result: list[str]) -> str:
    return result[0].partition("/")[0].lower() if result else ""


def _passed(result: list[str]) -> str:
    """The domain that one result is about, if it is a pass and about one; else ""."""
    _, equals, verdict, *facts = (*result, "", "")
    named = [facts[at + 2] for at in range(len(facts) - 2) if facts[at].lower() == "header.from"]
    is_pass = equals == "=" and verdict.lower() == "pass" and len(named) == 1
    return named[0].strip('"').lower().rstrip(".") if is_pass else ""


def _statements(value: str) -> list[list[str]]:
    """The words of what stands between semicolons."""
    found: list[list[str]] = [[]]
    for word in _words(_uncommented(value)):
        if word == ";":
            found.append([])
        else:
            found[-1].append(word)
    return found


def _words(text: str) -> Iterator[str]:
    """Quoted ones keep their marks, so that none is taken for a sign."""
    at, text = 0, text.strip()
    while at < len(text):
        token = TOKEN.match(text, at)
        if not token:
            raise Malformed
        yield token[1]
        at = token.end()


def _uncommented(text: str) -> str:
    """The header without what stands in brackets outside quotation marks."""
    kept: list[str] = []
    depth, quoted, at = 0, False, 0
    while at < len(text):
        sign = text[at]
        step = 2 if sign == "\\" and (quoted or depth) else 1
        if sign == '"' and not depth:
            quoted = not quoted
        if not quoted and sign in "()":
            depth += 1 if sign == "(" else -1
            kept.append(" ")
        elif not depth:
            kept.append(text[at : at + step])
        if not 0 <= depth <= DEEPEST:
            raise Malformed
        at += step
    if depth or quoted:
        raise Malformed
    return "".join(kept)
