"""Text and its entities: Telegram's HTML, and what Telegram finds in plain text.

Offsets and lengths of entities count UTF-16 code units, as Telegram's do.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.errors import Refusal, misuse

Entity = dict[str, Any]


def units(text: str) -> int:
    """The length in UTF-16 code units: an emoji beyond U+FFFF counts two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def piece(text: str, entity: Entity) -> str:
    """What an entity covers."""
    wide = text.encode("utf-16-le")
    start = 2 * entity["offset"]
    return wide[start : start + 2 * entity["length"]].decode("utf-16-le")


_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[^\s<>]*)(?P<attributes>(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?)*)\s*>"""
)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")
_BARE = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_LINK = re.compile(r"(?:https?|tg|ton)://\S+\Z", re.IGNORECASE)
_PERSON_LINK = re.compile(r"tg://user\?id=(\d+)\Z")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Returns the text people see and its entities; refuses what Telegram refuses, and a bare &.

    Telegram asks that every & be escaped but lets a bare one through; here it is refused, since it means that
    something was not escaped. A bare > is let through by both.
    """
    if bare := _BARE.search(source):
        raise _broken(f"Unescaped & at byte offset {_bytes(source, bare.start())}")
    text, entities = "", list[Entity]()
    still_open: list[_Open] = []
    at = 0
    for tag in _tags(source):
        text += html.unescape(source[at : tag.start()])
        at = tag.end()
        if tag["end"]:
            entities += _closed(still_open, tag, text)
        else:
            still_open.append(_opened(tag, text))
    text += html.unescape(source[at:])
    if still_open:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{still_open[-1].name}"')
    return trimmed(text, entities)


def _tags(source: str) -> list[re.Match[str]]:
    found, at = [], source.find("<")
    while at >= 0:
        tag = _TAG.match(source, at)
        if tag is None:
            raise _broken(f"Unclosed or malformed tag at byte offset {_bytes(source, at)}")
        found.append(tag)
        at = source.find("<", tag.end())
    return found


def _opened(tag: re.Match[str], text: str) -> _Open:
    name, where = tag["name"].lower(), _bytes(tag.string, tag.start())
    if name not in _TAGS:
        raise _broken(f'Unsupported start tag "{name}" at byte offset {where}')
    attributes = {key: html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(tag["attributes"])}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return _Open(name, attributes, units(text))


def _closed(still_open: list[_Open], tag: re.Match[str], text: str) -> list[Entity]:
    where = _bytes(tag.string, tag.start())
    if not still_open:
        raise _broken(f"Unexpected end tag at byte offset {where}")
    start = still_open.pop()
    if tag["name"].lower() != start.name:
        found = f'expected "</{start.name}>", found "</{tag["name"].lower()}>"'
        raise _broken(f"Unmatched end tag at byte offset {where}, {found}")
    length = units(text) - start.offset
    return _entity(start, length, text) if length else []


def _entity(start: _Open, length: int, text: str) -> list[Entity]:
    """An entity, or none where Telegram silently drops a link it does not take."""
    entity: Entity = {"type": _TAGS[start.name], "offset": start.offset, "length": length}
    given = start.attributes
    if start.name == "a":
        return _link(entity, given.get("href") or piece(text, entity))
    if start.name == "blockquote" and "expandable" in given:
        entity["type"] = "expandable_blockquote"
    if start.name == "code" and given.get("class", "").startswith("language-"):
        entity["language"] = given["class"].removeprefix("language-")
    if start.name == "tg-emoji":
        entity["custom_emoji_id"] = given.get("emoji-id", "")
    if start.name == "tg-time":
        entity |= {"unix_time": int(given.get("unix", 0)), "date_time_format": given.get("format", "")}
    return [entity]


def _link(entity: Entity, url: str) -> list[Entity]:
    if person := _PERSON_LINK.match(url):
        user = {"id": int(person[1]), "is_bot": False, "first_name": ""}
        return [entity | {"type": "text_mention", "user": user}]
    return [entity | {"url": url}] if _LINK.match(url) else []


def _bytes(source: str, at: int) -> int:
    return len(source[:at].encode())


def _broken(what: str) -> Refusal:
    return misuse(f"can't parse entities: {what}")


_BLANK = " \t\r\n"


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cuts blanks off both ends, as Telegram does, and puts language blocks into one entity."""
    shift = len(text) - len(text.lstrip(_BLANK))
    text = text.strip(_BLANK)
    kept = [_within(entity, shift, units(text)) for entity in entities]
    return text, _one_block([entity for entity in kept if entity["length"] > 0])


def _within(entity: Entity, shift: int, end: int) -> Entity:
    start = max(entity["offset"] - shift, 0)
    stop = min(entity["offset"] + entity["length"] - shift, end)
    return entity | {"offset": start, "length": stop - start}


def _one_block(entities: list[Entity]) -> list[Entity]:
    """<pre><code class="language-x"> is one `pre` with a language; a lone <code> has none."""
    blocks = {(e["offset"], e["length"]) for e in entities if e["type"] == "pre"}
    inner = {(e["offset"], e["length"]): e.pop("language") for e in entities if "language" in e}
    for entity in entities:
        place = (entity["offset"], entity["length"])
        if entity["type"] == "pre" and place in inner:
            entity["language"] = inner[place]
    inside = blocks & inner.keys()
    kept = [e for e in entities if not (e["type"] == "code" and (e["offset"], e["length"]) in inside)]
    return sorted(kept, key=lambda e: (e["offset"], -e["length"]))


_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("url", re.compile(r"""https?://[^\s<>"«»]*[^\s<>"«».,;:!?)]""")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z]\w{3,31}\b(?![.@])")),
)


def find_entities(text: str, known: list[Entity] | None = None) -> list[Entity]:
    """The commands, links and addresses that Telegram itself marks, beside the entities already known."""
    entities = list(known or [])
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
            if not any(_overlap(entity, other) for other in entities if other["type"] in _ALONE):
                entities.append(entity)
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


_ALONE = {"code", "pre", "text_link", "text_mention", "bot_command", "url", "email"}


def _overlap(one: Entity, other: Entity) -> bool:
    first, second = sorted((one, other), key=lambda e: int(e["offset"]))
    return bool(second["offset"] < first["offset"] + first["length"])
