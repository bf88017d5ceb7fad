"""`declic faq export`: what operators taught, written into the entry files for review."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from shutil import copymode
from typing import Literal, TypeAlias

from bot.cli.start import opened
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.settings import Settings
from faq.additions import draft, one_line, with_wording
from faq.entry import Entry, Language, Wording
from faq.lesson import Lesson, answered_by, entry_of
from faq.loader import ENDING, EntriesFaulty, load_entries
from faq.text import normalise
from storage import lessons
from storage.lessons import KeptLesson

DRAFTS = "drafts"
"""The loader looks into no folder: what stands in this one is no entry yet."""


What: TypeAlias = Literal["added", "drafted", "known", "gone", "form", "faulty"]

GONE: tuple[What, str] = ("gone", "")


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one lesson."""

    what: What
    file: str
    text: str
    language: str
    faults: str = ""


async def export_lessons(settings: Settings, into: Path | None) -> Told:
    """The lessons in force, into that folder or our own."""
    async with opened(settings) as database:
        taught = await database.read(lessons.in_force)
    return _export(taught, into or Path(str(files("faq") / "entries")))


def _export(taught: Sequence[KeptLesson], folder: Path) -> Told:
    wording = operators_wording()
    try:
        told = [*_add_wordings(taught, folder), *_write_drafts(taught, folder, wording)]
    except OSError as error:
        refused = {"folder": str(folder), "reason": error.strerror or str(error)}
        return wording.told("cli/faq/not-writable", refused, ok=False)
    ok = all(one.what in ("added", "drafted", "known") for one in told)
    return wording.told("cli/faq/exported", {"exported": told, "folder": str(folder)}, ok=ok)


def _add_wordings(taught: Iterable[KeptLesson], folder: Path) -> Iterable[Exported]:
    names = {file.name for file in folder.iterdir()}
    own = {_name_of(lesson) for lesson in taught if lesson.answer is not None}
    for lesson in taught:
        name = f"{lesson.entry}{ENDING}"
        if lesson.entry is None or name in own - names:
            continue
        what, faults = _add(lesson, folder / name) if name in names else GONE
        yield Exported(what, name, one_line(lesson.text), lesson.language, faults)


def _add(lesson: KeptLesson, file: Path) -> tuple[What, str]:
    """Adds its wording unless the entry has it; whatever the loader would refuse is not written."""
    content = file.read_bytes()
    language = Language(lesson.language)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".") as aside:
            new = Path(aside) / file.name
            before = _load(new, content)
            if normalise(lesson.text) in _known(before):
                return "known", ""
            changed = with_wording(content, language, lesson.text)
            if changed is None or not _is_more_by_one(before, _load(new, changed), language):
                return "form", ""
            copymode(file, new)
            new.replace(file)
    except EntriesFaulty as faulty:
        return "faulty", str(faulty)
    return "added", ""


def _load(file: Path, content: bytes) -> Entry:
    """The entry that the file would be, from a folder of its own."""
    file.write_bytes(content)
    [entry] = load_entries(file.parent)
    return entry


def _known(entry: Entry) -> set[str]:
    """What adds nothing: the wordings that the entry has, and what holds no word at all."""
    return {"", *(normalise(wording.text) for wording in entry.wordings)}


def _is_more_by_one(before: Entry, after: Entry, language: Language) -> bool:
    """Whether the file says what it said, and one thing more in that language."""
    is_same = replace(before, wordings=()) == replace(after, wordings=())
    grown = [_said(after, one)[: -1 if one == language else None] for one in Language]
    return is_same and grown == [_said(before, one) for one in Language]


def _said(entry: Entry, language: Language) -> list[str]:
    return [wording.text for wording in entry.wordings if wording.language == language]


def _write_drafts(
    taught: Sequence[KeptLesson], folder: Path, wording: OperatorsWording
) -> Iterable[Exported]:
    notes = wording.told("cli/faq/draft", {}).text.splitlines()
    for lesson in taught:
        if lesson.answer is None:
            continue
        file = folder / DRAFTS / _name_of(lesson)
        is_there = file.exists() or (folder / file.name).exists()
        if not is_there:
            file.parent.mkdir(exist_ok=True)
            entry = replace(entry_of(_lesson(lesson)), wordings=tuple(_wordings(lesson, taught)))
            file.write_text(draft(entry, notes), encoding="utf-8")
        yield Exported(
            "known" if is_there else "drafted",
            f"{DRAFTS}/{file.name}",
            one_line(lesson.text),
            lesson.language,
        )


def _wordings(lesson: KeptLesson, taught: Iterable[KeptLesson]) -> Iterable[Wording]:
    """The question itself, and those that were taught as other ways of asking it; each once."""
    alike = [one for one in taught if f"{one.entry}{ENDING}" == _name_of(lesson)]
    once = {normalise(one.text): one for one in reversed((lesson, *alike))}
    return (Wording(Language(one.language), one.text) for one in reversed(once.values()))


def _name_of(lesson: KeptLesson) -> str:
    return f"{answered_by(_lesson(lesson))}{ENDING}"


def _lesson(kept: KeptLesson) -> Lesson:
    return Lesson(kept.id, Language(kept.language), kept.text, kept.entry, kept.answer)
