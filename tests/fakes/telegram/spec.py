"""Is this call allowed? Every field of every call is held against api.json."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Fields = dict[str, Any]

_API = json.loads(Path(__file__).with_name("api.json").read_text(encoding="utf-8"))
METHODS: Mapping[str, Fields] = _API["methods"]
TYPES: Mapping[str, Fields] = _API["types"]
UPDATE_KINDS: tuple[str, ...] = tuple(_API["updates"])


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """A value that came as text (a form, a query): still to be read as what the field holds."""

    value: str


def read(method: str, given: Mapping[str, object]) -> tuple[Fields, list[str]]:
    """Returns the fields as values, and what is wrong with them (nothing: the call is allowed).

    A part of a multipart body that another field names with attach:// is put in the place of that name.
    """
    declared = METHODS[method]
    attached = {f"attach://{name}": file for name, file in given.items() if isinstance(file, Upload)}
    values: Fields = {}
    for name, raw in given.items():
        kinds = declared.get(name, {"types": ["String"]})["types"]
        values[name] = _from_text(raw.value, kinds) if isinstance(raw, Text) else raw
    used = {text for text in _strings(values) if text in attached}
    values = {name: value for name, value in values.items() if f"attach://{name}" not in used}
    found = _faults_of_fields(values, declared, "")
    found += [f"{text}: no such file in the call" for text in _strings(values) if _dangling(text, attached)]
    return {name: _put_in_place(value, attached) for name, value in values.items()}, found


_INTEGER = re.compile(r"-?\d+\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def _from_text(text: str, kinds: list[str]) -> object:
    """Reads a form's text as the first of the kinds that it fits; text that fits none stays text."""
    if "Integer" in kinds and _INTEGER.match(text):
        return int(text)
    if "Float" in kinds and _NUMBER.match(text):
        return float(text)
    if "Boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if set(kinds) & {"String", "Integer", "Float", "Boolean"}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": _is_whole,
    "Float": lambda value: _is_whole(value) or isinstance(value, float),
    "Boolean": lambda value: isinstance(value, bool),
    "InputFile": lambda value: (
        isinstance(value, Upload) or (isinstance(value, str) and value.startswith("attach://"))
    ),
}


def _faults_of_fields(values: Mapping[str, Any], declared: Fields, where: str) -> list[str]:
    found = [f"{where}{name}: there is no such field" for name in values if name not in declared]
    for name, field in declared.items():
        if name in values:
            found += _faults_of_field(values[name], field, where + name)
        elif field.get("required"):
            found.append(f"{where}{name}: is required")
    return found


def _faults_of_field(value: object, field: Fields, where: str) -> list[str]:
    if field.get("only", value) != value:
        return [f"{where}: must be {field['only']!r}, not {value!r}"]
    return _fewest(_faults(value, kind, where) for kind in field["types"])


def _faults(value: object, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        return _faults_of_array(value, kind.removeprefix("Array of "), where)
    if kind in _PLAIN:
        return [] if _PLAIN[kind](value) else [f"{where}: must be {kind}, not {value!r}"]
    if subtypes := TYPES[kind].get("subtypes"):
        return _fewest(_faults(value, subtype, where) for subtype in subtypes)
    if not isinstance(value, dict):
        return [f"{where}: must be {kind}, not {value!r}"]
    return _faults_of_fields(value, TYPES[kind]["fields"], f"{where}.")


def _faults_of_array(value: object, kind: str, where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: must be an array of {kind}, not {value!r}"]
    return [fault for at, one in enumerate(value) for fault in _faults(one, kind, f"{where}[{at}]")]


def _fewest(readings: Iterable[list[str]]) -> list[str]:
    """Of several ways to take a value, the one with the least to complain about."""
    return min(readings, key=len)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _strings(one)]


def _dangling(text: str, attached: Mapping[str, Upload]) -> bool:
    return text.startswith("attach://") and text not in attached


def _put_in_place(value: Any, attached: Mapping[str, Upload]) -> Any:
    if isinstance(value, dict):
        return {name: _put_in_place(one, attached) for name, one in value.items()}
    if isinstance(value, list):
        return [_put_in_place(one, attached) for one in value]
    return attached.get(value, value) if isinstance(value, str) else value
