"""Cuts this folder's api.json from the full description of the Bot API.

The full file is api.json of the project telegram-bot-api-spec by Paul Larsen (MIT, see LICENSE here).
To take a newer version, run from the root of the repository:

    python tests/fakes/telegram/cut.py FULL-API.json > tests/fakes/telegram/api.json

What stays: every method, every type that a field of a method may hold, and of each field its types, whether
it is required, and the one value it must have where the description says so. Answers and descriptions go.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ONLY_VALUE = re.compile(r'\b(?:must be (\w+)|always "(\w+)")\s*\Z')


def cut(full: dict[str, Any]) -> dict[str, Any]:
    """Returns what is needed to check calls: version, update kinds, methods, and the types they take."""
    methods = {name: _fields(method) for name, method in sorted(full["methods"].items())}
    update_kinds = [field["name"] for field in full["types"]["Update"]["fields"][1:]]
    return {
        "version": full["version"],
        "updates": update_kinds,
        "methods": methods,
        "types": _types_taken_by(methods.values(), full["types"]),
    }


def _fields(holder: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: _field(field) for field in holder.get("fields", [])}


def _field(field: dict[str, Any]) -> dict[str, Any]:
    slim: dict[str, Any] = {"types": field["types"]}
    if field["required"]:
        slim["required"] = True
    if only := ONLY_VALUE.search(field["description"]):
        slim["only"] = only[1] or only[2]
    return slim


def _types_taken_by(holders: Iterable[dict[str, Any]], types: dict[str, Any]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    waiting = {name for fields in holders for name in _names(fields)}
    while waiting:
        name = waiting.pop()
        if name in taken or name not in types:
            continue
        subtypes = types[name].get("subtypes", [])
        taken[name] = {"subtypes": subtypes} if subtypes else {"fields": _fields(types[name])}
        waiting |= set(subtypes) | _names(taken[name].get("fields", {}))
    return dict(sorted(taken.items()))


def _names(fields: dict[str, Any]) -> set[str]:
    kinds = (kind for field in fields.values() for kind in field["types"])
    return {kind.split("Array of ")[-1] for kind in kinds}


def _as_text(slim: dict[str, Any]) -> str:
    """JSON with one method or type a line, so that a newer version gives a readable difference."""
    parts = [f'"{name}": {json.dumps(slim[name])}' for name in ("version", "updates")]
    for name in ("methods", "types"):
        lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in slim[name].items())
        parts.append(f'"{name}": {{\n{lines}\n}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(_as_text(cut(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
