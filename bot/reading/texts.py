"""Free text and e-mail addresses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.question import Answer, Reader, Unreadable
from bot.reading.choices import is_nothing
from bot.reading.words import fold

QUOTES = (("«", "»"), ("“", "”"), ("„", "“"), ("‘", "’"), ('"', '"'), ("'", "'"))
LONGEST_LINE = 300
"""Characters; a text that may have more is prose."""
BARE_YES = frozenset(["oui", "ouais", "ok", "okay", "yes", "yep", "yeah"])
PAGES = re.compile(r"\d{1,4} ?(?:-|a|to) ?\d{1,4}")
NUMBERS = re.compile(r"[\d\W_]+|" + PAGES.pattern)
SAID = re.compile(
    r"^\s*(?:(?:non|no|en fait|actually|je (?:pense|crois) que|i think)[ ,]+)*"
    r"(?:c['’]est|c['’]était|ce sont|it['’]s|it is|it was)\s+(?=\S)",
    re.IGNORECASE,
)
"""What people put before a name."""
INVISIBLE = {"Cf", "Cs"}
CONTROL = {"Cc", "Zl", "Zp"}


def some_text(
    max: int = 300,  # noqa: A002 - said as it is at the call: some_text(max=80)
    min: int = 1,  # noqa: A002
    *,
    skips: bool = False,
    paragraphs: bool = False,
) -> Reader[str]:
    """A line of text of `min` to `max` characters, or with its `paragraphs`, tidied; it must hold a letter or a digit.

    Unless it `skips`, "passer" and "je sais pas" are no text either, save between quotation marks.
    """

    def read(answer: Answer) -> str:
        text = unquoted(tidied(answer.text) if paragraphs else one_line(answer.text))
        if not any(map(str.isalnum, text)):
            raise Unreadable("read/empty")
        if not skips and answer.value is None and is_nothing(answer.text) and not is_quoted(answer.text):
            raise Unreadable("read/needed")
        if len(text) < min:
            raise Unreadable("read/too-short", least=min)
        if len(text) > max:
            raise Unreadable("read/too-long", most=max, length=len(text))
        return text

    return Reader(read, reads_anything=True, prose=max > LONGEST_LINE)


def in_words(reader: Reader[str], *, numbers: bool = False) -> Reader[str]:
    """What `reader` reads, but a mere yes, pages, or, save where `numbers` may be meant, a number alone.

    Between quotation marks it may be anything.
    """
    refused = PAGES if numbers else NUMBERS

    def read(answer: Answer) -> str:
        typed = fold(answer.text)
        told = answer.value is None and not is_quoted(answer.text)
        if told and (typed in BARE_YES or refused.fullmatch(typed)):
            raise Unreadable("read/in-words", text=one_line(answer.text))
        return reader.read(answer)

    return replace(reader, read=read)


def named(reader: Reader[str]) -> Reader[str]:
    """What `reader` reads of a name, without « c’est » before it, save between quotation marks."""

    def read(answer: Answer) -> str:
        return reader.read(
            answer if answer.value else replace(answer, text=SAID.sub("", answer.text, count=1))
        )

    return replace(reader, read=read)


def one_line(text: str) -> str:
    """With single spaces, composed accents, and no control or invisible signs."""
    return " ".join("".join(map(_seen, unicodedata.normalize("NFC", text))).split())


def tidied(text: str) -> str:
    """The same line by line, with one empty line at most between them."""
    lines = "\n".join(one_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def unquoted(text: str) -> str:
    """Without the quotation marks around the whole, if there are."""
    for opening, closing in QUOTES:
        inner = text[1:-1]
        wrapped = text.startswith(opening) and text.endswith(closing) and len(text) > 1
        if wrapped and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def _within(text: str) -> re.Match[str] | None:
    """The address in a sentence; beside one word alone it may be a part of one that was cut in two."""
    words = [word.lstrip("\"'(<").rstrip("\"')>,;:.!?") for word in text.split()]
    return next(filter(None, map(ADDRESS.fullmatch, words)), None) if len(words) >= A_SENTENCE else None


A_SENTENCE = 3
"""Words."""


def is_quoted(text: str) -> bool:
    """Whether all of it stands in quotation marks: said as such, it is no command and no question."""
    line = one_line(text)
    return unquoted(line) != line


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in INVISIBLE:
        return ""
    return " " if kind in CONTROL else sign


LONGEST_ADDRESS = 254
"""Characters (RFC 5321)."""
MAILBOX = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
ADDRESS = re.compile(rf"(?:mailto:)?({MAILBOX}@{DOMAIN})")
NAMED = re.compile(r"[^<>@]*<([^<>]+)>")
INTRODUCED = re.compile(
    r"(?:(?:voici|here is|mon|my|le|the|(?:l')?adresse|address|courriel|e-?mail|mail|electronique"
    r"|électronique|c'est|it's|est|is)(?:\s*:\s*|\s+))+(?=\S+$)"
)


def an_address() -> Reader[str]:
    """One e-mail address, in small letters: alone, as "Name <address>" or as "my e-mail is address"."""
    return Reader(_address)


def _address(answer: Answer) -> str:
    text = one_line(answer.text).lower().rstrip(" .,;")
    if text.count("@") > 1:
        raise Unreadable("read/one-address")
    named = NAMED.fullmatch(text)
    introduced = INTRODUCED.match(text)
    alone = text[introduced.end() if introduced else 0 :]
    found = ADDRESS.fullmatch(named[1].strip() if named else alone.strip("\"'()"))
    found = found or _within(text)
    if found is None or len(found[1]) > LONGEST_ADDRESS:
        raise Unreadable("read/no-address")
    return found[1]
