"""Mail that could not be delivered: which address, for how long, and why (RFC 3464, and servers that know none)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from bot.channels.mail.read.body import content, inner_parts, leaves, text_of
from bot.channels.mail.read.charsets import decoded
from bot.channels.mail.read.headers import MESSAGE_ID, address, header, message_ids, raw_headers

LONGEST_SAID = 300
MOST_TOLD = 8_000
"""Characters of a notice without a report that are searched."""
MOST_FAILURES = 100

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
CODE = re.compile(r"\b([45]\d\d)(?=[ -])")

MACHINES = re.compile(
    r"\b(?:mailer-daemon|mail-daemon|maildaemon|postmaster|mdaemon|mail delivery (?:sub)?system)\b"
)
TOLD = re.compile(
    r"undeliver|not? (?:be )?delivered|deliver\w* (?:status|fail|problem|incomplete|delayed)|"
    r"(?:fail\w*|error|problem).{0,20}(?:deliver|sending your)|failure notice|returned (?:mail"
    r"|to sender)|mail system error|bounce|could not send"
    r"|non[ -](?:remis|distribu|livr)|(?:échec|échoué).{0,30}(?:remise|envoi|distribution|livraison)"
    r"|(?:remise|distribution|livraison).{0,20}(?:impossible|échou|retard)|retourné à l'expéditeur"
)
ORIGINAL = re.compile(
    r"^[-\s]*(?:(?:the |below is a copy of the |this is a copy of the "
    r"|enclosed is a copy of the )?(?:original message|"
    r"message headers|message follows|body of (?:the )?message|message original|copy of the message|bounced e-mail)|"
    r"return-path:|received:)",
    re.IGNORECASE | re.MULTILINE,
)


GIVEN_BACK = re.compile(
    rf"^[ \t>|]{{0,8}}message-id:\s{{0,9}}({MESSAGE_ID.pattern})", re.IGNORECASE | re.MULTILINE
)
MOST_GIVEN_BACK = 40_000
"""Characters that a mail given back is looked for in."""


class Severity(StrEnum):
    """What a failure says of the address."""

    HARD = "hard"
    """There is no such mailbox."""
    SOFT = "soft"
    """It failed this time: a full mailbox, a refused text, a server that was down."""
    DELAYED = "delayed"
    """It has not failed yet."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that a mail did not reach."""

    address: str
    severity: Severity
    status: str
    """RFC 3463, such as 5.1.1; "" where nothing tells."""
    said: str
    """The server's words, on one line."""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.address, self.severity, self.status)))


SOFT_STATUS = re.compile(r"4|5\.2\.[23]$|5\.3\.|5\.4\.|5\.6\.|5\.7\.")
"""Full, too large, not routed, not converted, refused by a rule: it says nothing of the mailbox (RFC 3463)."""
FULL = re.compile(r"quota|full|too large|over ?size|size limit|spam|blocked|blacklist|pleine", re.IGNORECASE)
UNKNOWN = re.compile(
    r"unknown|no such|not? (?:exist|found)|doesn't exist|invalid|inexist|inconnu"
    r"|no mailbox|disabled|inactive",
    re.IGNORECASE,
)
PASSING = re.compile(r"will (?:be )?(?:retr|keep trying)|still (?:being|undelivered)|delayed", re.IGNORECASE)


def failures_in(message: Message) -> tuple[Failure, ...] | None:
    """The addresses that a bounce names (perhaps none); None where the message is no bounce.

    A mail of somebody's with a bounce in it, forwarded or attached, is none.
    """
    reports = [part for part in leaves(message) if part.get_content_type() == "message/delivery-status"]
    is_report = message.get_param("report-type") == "delivery-status"
    if reports and (is_report or _is_from_a_machine(message)):
        found = tuple(failure for report in reports for failure in _reported(report))
        return found[:MOST_FAILURES] or _told(message)
    if is_report or (_is_from_a_machine(message) and _tells_of_failure(message)):
        return _told(message)
    return None


def is_delivery(message: Message) -> bool:
    """Whether all that a report says is that the mail arrived."""
    reports = [part for part in leaves(message) if part.get_content_type() == "message/delivery-status"]
    actions = {_action(block) for report in reports for block in _recipients(report)}
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}


def returned_ids(message: Message) -> tuple[str, ...]:
    """The ids of the mail that a bounce gives back: from the mail or its headers, or from what the notice quotes."""
    given = [
        one for part in leaves(message) if part.get_content_maintype() == "message" for one in _inner(part)
    ]
    headers = (part for part in leaves(message) if part.get_content_type() == "text/rfc822-headers")
    quoted = [decoded(content(part), None) for part in headers] or [text_of(message)]
    found = (one[1] for text in quoted for one in GIVEN_BACK.finditer(text[:MOST_GIVEN_BACK]))
    return tuple(dict.fromkeys((*given, *found)))[:MOST_FAILURES]


def _inner(part: Message) -> Iterator[str]:
    return (one for inner in inner_parts(part) for one in message_ids(inner, "message-id"))


def _is_from_a_machine(message: Message) -> bool:
    """Whether a mail server is the sender, or nobody."""
    senders = [next(raw_headers(message, name), "").lower() for name in ("from", "sender")]
    if any(MACHINES.search(sender) for sender in senders):
        return True
    return has_no_return(message) or senders[0].strip() == "<>"


def has_no_return(message: Message) -> bool:
    """Whether the envelope's sender is empty: nothing may be sent back (RFC 5321)."""
    paths = list(raw_headers(message, "return-path"))[:1]
    return any(path.strip() in ("<>", "") for path in paths)


def _tells_of_failure(message: Message) -> bool:
    if "x-failed-recipients" in message:
        return True
    return bool(TOLD.search(header(message, "subject").lower().replace("’", "'")))


def _recipients(report: Message) -> Iterator[Message]:
    """The blocks of a report that tell of one address each."""
    return (
        block for block in inner_parts(report) if "final-recipient" in block or "original-recipient" in block
    )


def _action(block: Message) -> str:
    return header(block, "action").lower().partition(" ")[0].strip(";")


def _reported(report: Message) -> Iterator[Failure]:
    for block in _recipients(report):
        action = _action(block)
        if action in ("delivered", "relayed", "expanded"):
            continue
        named = (header(block, name) for name in ("original-recipient", "final-recipient"))
        found = [
            one[0].lower() for value in named if (one := ADDRESS.search(value.partition(";")[2] or value))
        ]
        said = header(block, "diagnostic-code")
        status = _finest(header(block, "status"), said)
        yield Failure(found[0] if found else "", _severity(action, status, said), status, said[:LONGEST_SAID])


def _finest(status: str, said: str) -> str:
    """The status, or the server's own where it says more than « something of that class »."""
    coarse = STATUS.search(status)
    finer = STATUS.search(said)
    if coarse and finer and coarse[1].endswith(".0.0") and finer[1][0] == coarse[1][0]:
        return finer[1]
    return coarse[1] if coarse else finer[1] if finer else ""


def _severity(action: str, status: str, said: str) -> Severity:
    if action == "delayed":
        return Severity.DELAYED
    code = CODE.search(said)
    kind = status or (code[1] if code else "")
    if not kind.startswith("4") and UNKNOWN.search(said):
        return Severity.HARD
    is_coarse = len(kind) < len("5.1.1") or kind.endswith(".0.0")
    is_soft = not kind or SOFT_STATUS.match(kind) or (is_coarse and FULL.search(said))
    return Severity.SOFT if is_soft else Severity.HARD


def _told(message: Message) -> tuple[Failure, ...]:
    """What a notice in plain words says: the address that failed is named first, before the original."""
    text = text_of(message)[:MOST_TOLD]
    original = ORIGINAL.search(text)
    notice = text[: original.start()] if original and original.start() else text
    ours = {address(message, name) for name in ("to", "from", "sender", "delivered-to")}
    listed = [
        one.lower() for value in raw_headers(message, "x-failed-recipients") for one in ADDRESS.findall(value)
    ]
    named = [one.lower().strip(".") for one in ADDRESS.findall(notice)]
    found = listed or [one for one in named if one not in ours and "." in one.partition("@")[2]][:1]
    status = STATUS.search(notice)
    said = _words_of_failure(notice)
    severity = (
        Severity.DELAYED if PASSING.search(notice) else _severity("", status[1] if status else "", said)
    )
    return tuple(Failure(one, severity, status[1] if status else "", said) for one in dict.fromkeys(found))


def _words_of_failure(notice: str) -> str:
    """The line of a notice that holds the server's code, else what begins with a reason."""
    lines = [" ".join(line.split()) for line in notice.split("\n")]
    telling = (line for rule in (STATUS, CODE, UNKNOWN, FULL) for line in lines if rule.search(line))
    return next(telling, "")[:LONGEST_SAID]
