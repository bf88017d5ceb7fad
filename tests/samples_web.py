"""Data for what tells of the web; its own pages have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

LISTENS: Final = {
    "listen": "127.0.0.1:8080",
    "public": "https://declic.exemple.invalid",
    "standing": "listens",
}


def cases_of_web() -> tuple[Mapping[str, Any], ...]:
    """However it stands."""
    return tuple(
        {"web": {**LISTENS, "public": public, "standing": standing}}
        for standing in ("nobody", "unwell", "other")
        for public in (LISTENS["public"], None)
    )
