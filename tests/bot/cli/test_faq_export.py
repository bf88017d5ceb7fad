"""`declic faq export`: what operators taught, in the entry files, for somebody to review."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from faq.entry import Entry
from faq.loader import EntriesFaulty, load_entries
from storage import lessons, roles
from storage.database import Transaction
from storage.lessons import NewLesson
from storage.states import Role
from tests.bot.cli.conftest import Organisation
from tests.bot.cli.declic import Declic

NOW = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
LOCKED, HOW = "account-locked", "declare-how"
TAUGHT: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("fr", "Mon cadenas virtuel est rouillé", LOCKED, None),
    ("en", "My virtual padlock is rusty", LOCKED, None),
    ("fr", "mon COMPTE est verrouille!", LOCKED, None),
    ("fr", "Mon ordinateur est verrouillé", LOCKED, None),
    ("fr", "Où est passée l'entrée?", "went-away", None),
    ("fr", "Le babillard est-il à {{ jour }}?", None, "Oui, depuis hier.\nVoyez <l'affiche>."),
    ("en", "Is the board up to date?", "lesson-6", None),
    ("fr", "Une question oubliée", HOW, None),
)
"""Language, question, entry, answer; the fourth is a near miss of its entry, and the last one is withdrawn."""

TOLD = """\
Dans {folder} :
✓ account-locked.toml (fr), formulation ajoutée : Mon cadenas virtuel est rouillé
✓ account-locked.toml (en), formulation ajoutée : My virtual padlock is rusty
✓ account-locked.toml (fr), s’y trouve déjà : mon COMPTE est verrouille!
✗ account-locked.toml (fr), n’y convient pas : Mon ordinateur est verrouillé
account-locked.toml:{line}: unlike: 'Mon ordinateur est verrouillé' says the same as line {first}
✗ went-away.toml n’existe plus; à placer ailleurs : Où est passée l'entrée?
✓ drafts/lesson-6.toml, réponse à relire et à traduire : Le babillard est-il à {{{{ jour }}}}?

Relisez les fichiers changés avant de les publier.
"""

DRAFT = """\
id = "lesson-6"
audience = ["all"]
source = "an operator"
labels = []
guides = []

[fr]
title = "Le babillard est-il à {{ jour }}?"
answer = '''
Oui, depuis hier.
Voyez &lt;l'affiche&gt;.
'''
wordings = '''
Le babillard est-il à {{ jour }}?
'''

[en]
title = "Le babillard est-il à {{ jour }}?"
answer = '''
Oui, depuis hier.
Voyez &lt;l'affiche&gt;.
'''
wordings = '''
Is the board up to date?
'''
"""


def teach(tx: Transaction) -> None:
    """The lessons of the table, by the operator of the cast."""
    operator, *_ = roles.holders(tx, Role.OPERATOR)
    numbers = [lessons.teach(tx, NewLesson(*lesson, operator), NOW) for lesson in TAUGHT]
    lessons.withdraw(tx, numbers[-1], NOW)


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    """A copy of our own entry files."""
    folder = tmp_path / "entries"
    shutil.copytree(Path(str(files("faq"))) / "entries", folder)
    return folder


def contents(folder: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def loaded(folder: Path) -> Mapping[str, Entry]:
    return {entry.id: entry for entry in load_entries(folder)}


async def test_what_was_taught_is_in_the_entry_files_and_nothing_else_has_changed(
    organisation: Organisation, entries: Path
) -> None:
    await organisation.write(teach)
    before, knew = contents(entries), loaded(entries)
    done = await organisation("faq", "export", "--into", str(entries))
    after, knows = contents(entries), loaded(entries)
    near_miss = "\nMon ordinateur est verrouillé\n".encode()
    first = after[f"{LOCKED}.toml"].partition(b"Mon cadenas")[0].count(b"\n") + 2
    line = after[f"{LOCKED}.toml"].partition(near_miss)[0].count(b"\n") + 3
    assert (done.code, done.out) == (1, "")
    assert done.err == TOLD.format(folder=entries, line=line, first=first)

    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {f"{LOCKED}.toml", "drafts/lesson-6.toml"}
    ours = ("Mon cadenas virtuel est rouillé\n", "My virtual padlock is rusty\n")
    without = after[f"{LOCKED}.toml"]
    for line_of_ours in ours:
        without = without.replace(f"{line_of_ours}'''\n".encode(), b"'''\n")
    assert without == before[f"{LOCKED}.toml"]
    assert len(knows[LOCKED].wordings) == len(knew[LOCKED].wordings) + 2
    assert {wording.text for wording in knows[LOCKED].wordings} >= {line.strip() for line in ours}

    draft = after["drafts/lesson-6.toml"].decode()
    assert draft.startswith("# La réponse qu’une personne de l’équipe a donnée")
    assert "".join(line for line in draft.splitlines(keepends=True) if line[0] != "#") == DRAFT
    moved = entries / "lesson-6.toml"
    moved.write_text(draft)
    assert set(loaded(entries)) == {*knew, "lesson-6"}


async def test_a_second_export_writes_nothing(organisation: Organisation, entries: Path) -> None:
    await organisation.write(teach)
    await organisation("faq", "export", "--into", str(entries))
    (entries / "drafts/lesson-6.toml").write_text("in review")
    before = contents(entries)
    done = await organisation.having(language="en")("faq", "export", "--into", str(entries))
    assert contents(entries) == before
    assert "✓ account-locked.toml (fr), already there: Mon cadenas virtuel est rouillé\n" in done.err
    assert "✓ drafts/lesson-6.toml (fr), already there: Le babillard" in done.err
    assert "added" not in done.err


async def test_a_file_that_is_at_fault_is_left_as_it_is(organisation: Organisation, entries: Path) -> None:
    await organisation.write(teach)
    faulty = entries / f"{LOCKED}.toml"
    faulty.write_text(faulty.read_text().replace('id = "account-locked"', "id = 3"))
    before = contents(entries)
    done = await organisation("faq", "export", "--into", str(entries))
    assert {name: text for name, text in contents(entries).items() if name in before} == before
    assert "✗ account-locked.toml (fr), n’y convient pas : Mon cadenas" in done.err
    assert "account-locked.toml:1: id: must be a text" in done.err
    with pytest.raises(EntriesFaulty):
        load_entries(entries)


async def test_where_nothing_was_taught_there_is_nothing_to_write(
    organisation: Organisation, declic: Declic, entries: Path
) -> None:
    before = contents(entries)
    french, english = await asyncio.gather(
        organisation("faq", "export", "--into", str(entries)),
        declic.having(language="en")("faq", "export", "--into", str(entries)),
    )
    assert (french.code, french.out) == (0, "Rien à écrire : aucune question n’a encore été apprise.\n")
    assert (english.code, english.out) == (0, "Nothing to write: no question has been taught yet.\n")
    assert contents(entries) == before


async def test_a_folder_that_cannot_be_written_into_is_refused(organisation: Organisation) -> None:
    await organisation.write(teach)
    done = await organisation("faq", "export", "--into", "nowhere")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "Je ne peux pas écrire dans nowhere (No such file or directory).",
        "Donnez avec « --into » le dossier faq/entries d’une copie du code que vous pouvez modifier.",
    ]
