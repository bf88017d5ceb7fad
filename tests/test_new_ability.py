"""What the README promises: a new ability is one room, its templates, and one line in the table."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.compose import furnish
from bot.render import TEMPLATES
from handlers import ABILITIES
from tests.new_ability.copier import COPIER
from tests.stage import Stage, furnished
from tests.transcript import replay

ROOM = Path(__file__).parent / "new_ability"


async def test_a_new_ability_needs_its_room_its_templates_and_one_line(
    tmp_path: Path, sqlite_url: str
) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    shutil.copytree(ROOM / "templates", templates, dirs_exist_ok=True)
    house = furnish(furnished().settings, (*ABILITIES, COPIER), templates)
    written = (ROOM / "transcript.txt").read_text()
    async with Stage(sqlite_url, house=house) as stage:
        happened = await replay(written, stage)
    if os.environ.get("DECLIC_REWRITE") == "1":
        (ROOM / "transcript.txt").write_text(happened)
    assert happened == written
