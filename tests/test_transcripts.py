"""Every conversation in transcripts/ happens as it is written there. DECLIC_REWRITE=1 writes it anew: read the diff."""

from __future__ import annotations

import asyncio
import difflib
import os
from pathlib import Path

import pytest

from tests.stage import Stage
from tests.transcript import replay

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(FOLDER).with_suffix("")) for file in FILES])
def test_the_conversation_goes_as_written(file: Path, sqlite_url: str) -> None:
    written = file.read_text()
    happened = asyncio.run(_played(written, sqlite_url))
    if os.environ.get("DECLIC_REWRITE") == "1":
        file.write_text(happened)
    elif happened != written:
        lines = difflib.unified_diff(
            written.splitlines(), happened.splitlines(), "as written", "as it went", lineterm="", n=8
        )
        pytest.fail("\n".join(lines), pytrace=False)


async def _played(source: str, url: str) -> str:
    async with Stage(url) as stage:
        return await replay(source, stage)
