"""With keys, the whole assistant works as before, and its database says nothing to whoever has only that."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select, text

from storage import keys, lessons
from storage.database import Transaction, open_database
from storage.lessons import NewLesson
from storage.schema import migrate
from storage.sealing import new_key
from storage.tables import letter, metadata
from tests.stage import Stage

KEY = new_key()
SAID = ("mandoline violette", "clé de casier", "girafe bleue")


LESSON = NewLesson("fr", SAID[0], None, SAID[1], 1)


class SealedStage(Stage):
    """A stage on a database that is sealed."""

    def _open(self) -> None:
        super()._open()
        database = self.database
        self.database = open_database(self.url, [KEY])
        for one in (self.post, self.assistant):
            one._database = self.database
        self._first = database


async def talk(stage: Stage) -> list[str]:
    """Questions, a request answered by the team, half a declaration, a data export: every page that is read."""
    camille, operator = stage.person("camille"), stage.person("operator")
    pages = [await camille.says(f"où ranger la {SAID[0]}?")]
    pages += [await camille.says(words) for words in ("humain", f"Ma {SAID[1]} est perdue.")]
    operator.reads()
    await operator.replies(f"Cherchez près de la {SAID[2]}.")
    pages.append(camille.reads())
    pages += [await camille.says(words) for words in ("déclarer", "livre", "passer", SAID[0], "mes données")]
    return [re.sub(r"\d\d:\d\d", "", page) for page in pages]


async def test_people_see_no_difference(sqlite_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'plain.db'}"
    plain = open_database(other)
    await migrate(plain)
    await plain.close()
    async with Stage(other) as stage:
        expected = await talk(stage)
    async with SealedStage(sqlite_url) as stage:
        assert await talk(stage) == expected


async def test_what_was_said_stands_nowhere_in_the_database(database_url: str) -> None:
    async with SealedStage(database_url) as stage:
        await talk(stage)
        await stage.database.write(lambda tx: [lessons.teach(tx, LESSON, stage.clock.now()) for _ in "12"])
        [taught] = await stage.database.read(lessons.in_force)
        assert (taught.text, taught.answer) == SAID[:2]
        tokens = await stage.database.read(lambda tx: tx.scalars(select(letter.c.token)).all())
        raw = await stage.database.read(everything)
        assert [words for words in (*SAID, *filter(None, tokens)) if words in raw] == []
        assert len(set(tokens)) > len(SAID)
        assert await stage.database.read(keys.left) == {}


def everything(tx: Transaction) -> str:
    """All that lies in the tables, as it lies there."""
    rows = (tx.execute(text(f'SELECT * FROM "{table}"')).all() for table in metadata.tables)  # noqa: S608
    return "\n".join(str(tuple(row)) for some in rows for row in some)
