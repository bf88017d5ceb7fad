"""Why a value does not suit a setting: one word, which the wording of the settings explains."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TROUBLES: Mapping[type[OSError], str] = {
    FileNotFoundError: "absent",
    NotADirectoryError: "absent",
    IsADirectoryError: "folder",
    PermissionError: "denied",
    FileExistsError: "exists",
}
"""What keeps a file from being read or written, in a word."""


class Unfit(ValueError):
    """A value that does not suit. `why`: the word; `detail`: what of the value it is about, if it can be told."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = detail


def trouble_of(error: OSError) -> str:
    """The word for what kept a file from being read or written."""
    return TROUBLES.get(type(error), "unreadable")


def toml_in(path: Path) -> dict[str, Any]:
    """What a TOML file says; raises Unfit."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unfit(trouble_of(error)) from error
    except UnicodeDecodeError as error:
        raise Unfit("not-utf-8") from error
    except tomllib.TOMLDecodeError as error:
        raise Unfit("not-toml", str(error)) from error
