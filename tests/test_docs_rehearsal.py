"""docs/rehearsal.md shows what `declic rehearse` prints of the demo. DECLIC_REWRITE=1 writes it anew: read the diff."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.cli.rehearsal import Wanted, rehearse
from bot.cli.start import demo_defaults
from bot.settings import Settings

FILE = Path(__file__).parent.parent / "docs" / "rehearsal.md"
FENCE = "```text\n"
END = "\n```\n"


async def test_the_printout_is_that_of_the_command() -> None:
    demo: Mapping[str, Any] = demo_defaults()
    settings = Settings(_env_file=None, **demo)
    printed = (await rehearse(settings, Wanted("2026-2027"), in_demo=True)).text
    written = FILE.read_text()
    above, _, rest = written.partition(FENCE)
    _, _, below = rest.partition(END)
    made = f"{above}{FENCE}{printed}{END}{below}"
    if os.environ.get("DECLIC_REWRITE") == "1":
        FILE.write_text(made)
    else:
        assert written == made, "DECLIC_REWRITE=1 writes it anew"
