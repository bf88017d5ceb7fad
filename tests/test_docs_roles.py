"""docs/roles.md says who may do what, as the abilities do. DECLIC_REWRITE=1 writes it anew: read the diff."""

from __future__ import annotations

import os
from pathlib import Path

from bot.turn import Ability, Conversation
from handlers import ABILITIES
from storage.states import Role
from tests.stage import furnished

FILE = Path(__file__).parent.parent / "docs" / "roles.md"
ABOVE = "| ability | what it does | anybody |"
ANYBODY = "✓"


def table() -> str:
    """One row an ability, one column a role."""
    heads = [*ABOVE.strip("| ").split(" | "), *Role]
    rows = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*rows, *map(_row, ABILITIES)]) + "\n"


def _row(ability: Ability) -> str:
    does = furnished().wording.text(f"{ability.name}/command", "en", {})
    asks = " …" if isinstance(ability, Conversation) else ""
    anybody = "" if ability.roles else ANYBODY
    marks = [("✓" if role in ability.roles else "") if ability.roles else "" for role in Role]
    return "| " + " | ".join([f"`{ability.name}`", does + asks, anybody, *marks]) + " |"


def test_the_table_is_that_of_the_abilities() -> None:
    written = FILE.read_text()
    above, found, _ = written.partition(ABOVE)
    assert found
    if os.environ.get("DECLIC_REWRITE") == "1":
        FILE.write_text(above + table())
    else:
        assert written == above + table(), "DECLIC_REWRITE=1 writes it anew"
