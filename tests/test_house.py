"""The house rules that files show: who imports whom, how long a file is, where wording stands."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house import PACKAGES, ROOT, imports, modules, tree

SHELVES = (
    ("bot.cli",),
    ("bot.compose",),
    ("bot.channels", "bot.post", "bot.schedule", "bot.assistant"),
    ("bot.router",),
    ("bot.rules",),
    ("bot.pending",),
    ("bot.commands", "bot.photographed"),
    ("bot.pressing",),
    ("bot.taking",),
    ("handlers",),
    ("bot.several",),
    ("bot.unasked",),
    ("bot.form_lines", "bot.sentence"),
    ("bot.spoken",),
    ("bot.outgoing", "bot.using"),
    ("bot.addressed", "bot.masking"),
    ("bot.dialogue", "bot.naming", "bot.alerts"),
    ("bot.by_letter",),
    ("bot.gathering",),
    ("bot.turn", "bot.errands", "bot.witness"),
    ("bot.logs", "bot.knowledge", "bot.cleaning", "bot.attachments", "bot.lookup", "bot.preparing"),
    ("storage", "bot.render", "bot.channels.doors"),
    ("bot.form",),
    ("bot.asked", "bot.barcodes", "bot.writing"),
    ("bot.letter_lines", "bot.statements", "bot.heads"),
    ("bot.reading", "bot.sending"),
    ("bot.talk",),
    ("bot.filling", "bot.working_days"),
    ("bot.settings",),
    (
        "bot.mailing",
        "bot.question",
        "bot.messages",
        "bot.dates",
        "bot.clock",
        "bot.markup",
        "bot.blanking",
        "bot.anonymity",
    ),
    ("faq",),
)
"""From the top down. A room imports from itself and from lower shelves: no neighbour, nothing higher."""

NARROWER = {
    "bot.channels": ("bot", "storage"),
    "storage": ("bot.messages",),
}
"""Rooms that may import less of ours than what stands below them."""

CALLERS = {
    "handlers": (
        "bot.cli",
        "bot.compose",
        "bot.assistant",
        "bot.router",
        "bot.rules",
        "bot.pending",
        "bot.photographed",
        "bot.pressing",
        "bot.taking",
        "bot.schedule",
    ),
    "bot.router": ("bot.cli", "bot.compose", "bot.assistant"),
}
"""Rooms that may be imported by these only."""

LIBRARIES = {
    "aiohttp": ("bot.channels",),
    "aioimaplib": ("bot.channels",),
    "aiosmtplib": ("bot.channels",),
    "alembic": ("storage",),
    "asyncpg": ("storage",),
    "cryptography": ("storage",),
    "httpx": ("bot.channels", "bot.lookup"),
    "holidays": ("bot.working_days",),
    "matplotlib": ("handlers.reports",),
    "openpyxl": ("bot.reading", "bot.writing", "handlers.reports"),
    "prompt_toolkit": ("bot.channels",),
    "pydantic": ("bot.settings",),
    "pydantic_settings": ("bot.settings",),
    "PIL": ("bot.barcodes",),
    "rich": ("bot.channels", "bot.cli"),
    "sqlalchemy": ("storage",),
    "telegram": ("bot.channels",),
    "typer": ("bot.cli",),
    "zxingcpp": ("bot.barcodes",),
}
"""Libraries that are one room's business."""

LONGEST_FILE = 300
"""Lines. The aim is 250; what is longer holds two nouns."""


def within(name: str, *rooms: str) -> bool:
    """Whether a module is one of the rooms, or in it."""
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def room_of(name: str) -> tuple[int, str] | None:
    """The shelf and the narrowest room of a module; None for a package's own front door such as `bot`."""
    rooms = ((shelf, room) for shelf, row in enumerate(SHELVES) for room in row if within(name, room))
    return max(rooms, key=lambda found: len(found[1]), default=None)


def own_imports() -> Iterator[tuple[str, str]]:
    """Every arrow from a module of ours to another room of ours."""
    for name, targets in imports().items():
        for target in sorted(targets):
            if within(target, *PACKAGES) and room_of(name) != room_of(target):
                yield name, target


def test_every_module_stands_on_a_shelf() -> None:
    assert [name for name in modules() if name != "bot" and not room_of(name)] == []


def test_imports_go_down_only() -> None:
    upward = [
        f"{name} -> {target}"
        for name, target in own_imports()
        if (here := room_of(name)) and (there := room_of(target)) and there[0] <= here[0]
    ]
    assert upward == []


def test_rooms_import_no_more_than_they_may() -> None:
    too_much = [
        f"{name} -> {target}"
        for name, target in own_imports()
        for room, allowed in NARROWER.items()
        if within(name, room) and not within(target, room, *allowed)
    ]
    assert too_much == []


def test_rooms_are_imported_only_by_their_callers() -> None:
    strangers = [
        f"{name} -> {target}"
        for name, target in own_imports()
        for room, callers in CALLERS.items()
        if within(target, room) and not within(name, room, *callers)
    ]
    assert strangers == []


def test_a_library_is_imported_only_where_it_belongs() -> None:
    strays = [
        f"{name} -> {target}"
        for name, targets in imports().items()
        for target in sorted(targets)
        for library, rooms in LIBRARIES.items()
        if within(target, library) and not within(name, *rooms)
    ]
    assert strays == []


def test_no_module_imports_itself_by_a_detour() -> None:
    arrows = {
        name: {target for target in targets if target in modules()} for name, targets in imports().items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_file_is_longer_than_one_noun_takes() -> None:
    files = [*modules().values(), *sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {str(file.relative_to(ROOT)): file.read_text().count("\n") for file in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


WORDING = re.compile(r"(?=.*\s)(?=.*[À-ÖØ-öø-ÿŒœ«»])(?!.*[|\\])", re.DOTALL)
"""Words with a letter or a quotation mark that only a sentence for people has; patterns are not wording."""


def wording_in(module: ast.Module) -> Iterator[str]:
    """The string constants that look like wording, docstrings left out."""
    seen = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            seen |= {id(part) for part in node.values}
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen:
            text = node.value
        else:
            continue
        if WORDING.match(text):
            yield f"line {node.lineno}: {text!r}"


def test_wording_stands_in_templates_and_entries_only() -> None:
    found = {
        name: list(wording_in(tree(file))) for name, file in modules().items() if not within(name, "faq")
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('"""Une phrase décrite."""', 0),
        ('say("Déclaration envoyée.")', 1),
        ('say(f"Année {year} passée")', 1),
        ('WORDS = ("août", "à")', 0),
        ('PATTERN = r"(lundi|mardi) (passé|dernier)"', 0),
        ('log("sent", again=True)  # une phrase à côté', 0),
    ],
)
def test_wording_is_told_from_other_strings(source: str, count: int) -> None:
    assert len(list(wording_in(ast.parse(source)))) == count


# Put together here, or this file would be the first to name them.
HOSTS = tuple(
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
)
PATHS = tuple(
    "/".join(("", *path)) for path in (("work", ""), ("opt", "pypi"), ("opt", "wheels"), ("root", ""))
)


def project_files() -> Iterator[Path]:
    """Every file that is, or could be, committed; a copy that is no git checkout has only what was."""
    if not (ROOT / ".git").exists():
        pytest.skip("only a git checkout tells which files are the project's")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


@pytest.mark.parametrize(
    "is_foreign",
    [
        pytest.param(lambda text: [host for host in HOSTS if host in text], id="registry host"),
        pytest.param(lambda text: [path for path in PATHS if path in text], id="machine path"),
    ],
)
def test_no_file_names_a_registry_or_a_path_of_one_machine(is_foreign: Callable[[str], list[str]]) -> None:
    texts = {str(file.relative_to(ROOT)): file.read_text(errors="ignore") for file in project_files()}
    found = {name: is_foreign(text) for name, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}
