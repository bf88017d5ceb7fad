"""What a message says and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from bot.attachments import LARGEST, MOST_FILES, is_of_use
from bot.channels.mail.read.charsets import cleaned, decoded
from bot.channels.mail.read.headers import header, words
from bot.channels.mail.read.hypertext import to_text

READABLE = ("text/plain", "text/html", "text/enriched")

LONGEST_TEXT = 1_000_000
"""Bytes of one text that are read; more is no letter."""
MOST_TEXT = 2_000_000
"""Bytes of all its texts: with these the last one is read."""
MOST_PARTS = 200
DEEPEST = 12
"""Parts within parts; a text that lies deeper was put there to do harm."""
LONGEST_NAME = 200

STUB = re.compile(
    r"(?=.{0,400}\Z)\W*(?:this (?:is an? html|message (?:requires|contains|is in) (?:an )?html)|"
    r".{0,120}(?:html (?:capable|compatible)|(?:not|does not|doesn't) support html|au format html|affichage html))",
    re.IGNORECASE | re.DOTALL,
)
"""A plain text that says nothing but to read the other one."""

ENCODINGS = ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue")


DECORATION = 20_000
"""Bytes of a picture shown within the text: a smaller one is a signature's logo, and nobody has sent it."""


DEBRIS = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)
"""What servers call the scraps that they make of a mail in several parts."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a message."""

    name: str
    type: str
    size: int
    """Bytes once decoded, as near as their encoded length tells."""
    content: bytes = field(default=b"", repr=False)
    """Of what may be of use; anything else is named, never opened."""
    decorates: bool = False
    """Whether nobody has sent it: a logo shown within the text, or a scrap."""


def text_of(message: Message) -> str:
    """The message's text, HTML made plain where there is nothing else."""
    return _text(message, DEEPEST, frozenset(_read_first(message)))


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """All that is neither text of the message nor one more form of it."""
    attachments: list[Attachment] = []
    left = MOST_FILES
    for part in filter(is_attached, leaves(message)):
        attachments.append(_attachment(part, open_it=left > 0))
        left -= bool(attachments[-1].content)
    return tuple(attachments)


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; a message within the message is one of them."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        if _is_multipart(part):
            waiting += reversed(inner_parts(part))
        else:
            yield part


def inner_parts(part: Message) -> list[Message]:
    """What stands within a part."""
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _is_multipart(part: Message) -> bool:
    return part.is_multipart() and part.get_content_maintype() != "message"


def is_attached(part: Message) -> bool:
    """Whether a part is there to be taken away, not to be read."""
    if part.get_content_maintype() == "multipart":
        return False
    is_text = part.get_content_maintype() == "text" and not file_name(part)
    return not is_text or part.get_content_disposition() == "attachment"


def _read_first(message: Message) -> Iterator[int]:
    """The parts whose texts are read: hundreds of pages, all in one mail, were put there to do harm."""
    left = MOST_TEXT
    for part in leaves(message):
        if left > 0 and not is_attached(part):
            left -= len(content(part))
            yield id(part)


def _text(part: Message, deeper: int, read: frozenset[int]) -> str:
    """A part's text, parts within parts as deep as that."""
    if not _is_multipart(part):
        return _leaf_text(part) if id(part) in read else ""
    if not deeper:
        return ""
    inner = inner_parts(part)[:MOST_PARTS]
    is_choice = part.get_content_subtype() == "alternative"
    return (_best_text if is_choice else _all_texts)(inner, deeper - 1, read)


def _all_texts(parts: list[Message], deeper: int, read: frozenset[int]) -> str:
    texts: list[str] = []
    for part in parts:
        text = _text(part, deeper, read).strip("\n")
        texts += [text] if text.strip() else []
        if sum(map(len, texts)) > LONGEST_TEXT:
            break
    return "\n\n".join(texts)


def _best_text(forms: list[Message], deeper: int, read: frozenset[int]) -> str:
    """Of several forms of one text the plainest that says something, or else the richest."""
    plain = [form for form in forms if form.get_content_type() == "text/plain"]
    rich = [form for form in reversed(forms) if form not in plain]
    said = ""
    for form in (*plain, *rich):
        text = _text(form, deeper, read)
        if text.strip() and not STUB.match(text):
            return text
        said = said or text
    return said


def _leaf_text(part: Message) -> str:
    if part.get_content_type() not in READABLE and part.get_content_maintype() != "multipart":
        return ""
    text = cleaned(decoded(content(part), charset_of(part)))
    return cleaned(to_text(text)) if part.get_content_subtype() == "html" else text


def content(part: Message, most: int = LONGEST_TEXT) -> bytes:
    """A part's bytes, decoded as far as they can be, at most so many of them."""
    encoding = header(part, "content-transfer-encoding").lower().strip(" ;\"'")
    if encoding in ENCODINGS:
        part.replace_header("content-transfer-encoding", encoding)
    payload = part.get_payload(decode=True)
    return payload[:most] if isinstance(payload, bytes) else b""


def charset_of(part: Message) -> str | None:
    """The charset that a part says it is in."""
    said = part.get_param("charset")
    return said[2] if isinstance(said, tuple) else said


def file_name(part: Message) -> str:
    """An attachment's file name as people read it, without folders; "" where it has none."""
    name = words(cleaned(decoded(part.get_filename("").encode(errors="surrogateescape"), None)))
    return name.replace("\\", "/").rpartition("/")[2].strip()[:LONGEST_NAME]


def _attachment(part: Message, *, open_it: bool) -> Attachment:
    inner = inner_parts(part)
    name = file_name(part) or (header(inner[0], "subject")[:LONGEST_NAME] if inner else "")
    kind, size = part.get_content_type(), _size(part)
    is_logo = kind.startswith("image/") and "content-id" in part and size < DECORATION
    decorates = is_logo or bool(DEBRIS.fullmatch(name))
    of_use = open_it and not inner and not decorates and size <= LARGEST and is_of_use(name, kind)
    return Attachment(name, kind, size, content(part, LARGEST) if of_use else b"", decorates)


def _size(part: Message) -> int:
    payload = part.get_payload()
    if isinstance(payload, list):
        return sum(_size(inner) for leaf in inner_parts(part) for inner in leaves(leaf))
    text = str(payload or "")
    if header(part, "content-transfer-encoding").lower().startswith("base64"):
        signs = len(text) - text.count("\n") - text.count("\r") - text.count("=", -4)
        return signs * 3 // 4
    return len(text)
