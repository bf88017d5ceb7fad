"""What we depend on: asked for, used, explained, and pinned with nothing of one index or machine."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import imports

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OURS = {"bot", "handlers", "faq", "storage"}
UNSEEN = {
    "asyncpg": "SQLAlchemy loads it for a postgresql URL",
    "tzdata": "zoneinfo reads it where the system has no zones",
}
"""Dependencies that no import names."""

LOCKS = ("requirements.lock", "requirements-dev.lock")
HASHED_PIN = re.compile(r"[a-z0-9-]+==\S+( ; [^\\\n]+)?( --hash=sha256:[0-9a-f]{64})+")
TIED = ("://", "file:", " @ ", "/opt", "--index", "--extra-index", "--find-links", "--trusted-host")

GROUPS = PROJECT["dependency-groups"]
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in GROUPS["build"] + GROUPS["dev"] if isinstance(line, str)]


def pins(lock: str) -> dict[str, str]:
    """A lock's lines, continuations joined, by package (and marker, where there are several)."""
    joined = re.sub(r" \\\n\s+", " ", (ROOT / lock).read_text())
    return {line.split(" --hash", 1)[0]: line for line in joined.splitlines()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    assert [line for line in pins(lock).values() if not HASHED_PIN.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_index_and_no_path_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert [word for word in TIED if word in text] == []


def test_the_dev_lock_holds_all_of_the_runtime_lock() -> None:
    runtime, dev = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    for lock, requirements in (("requirements.lock", RUNTIME), ("requirements-dev.lock", DEV)):
        versions = {pin.split("==")[0]: pin.split("==")[1].split(" ")[0] for pin in pins(lock)}
        for requirement in requirements:
            assert versions[canonicalize_name(requirement.name)] in requirement.specifier


def test_what_is_imported_is_asked_for_and_what_is_asked_for_is_imported() -> None:
    tops = {name.split(".")[0] for targets in imports().values() for name in targets}
    makers = packages_distributions()
    imported = {
        canonicalize_name(makers[top][0]) for top in tops - OURS - sys.stdlib_module_names if top in makers
    }
    assert imported | set(UNSEEN) == {canonicalize_name(requirement.name) for requirement in RUNTIME}


def test_each_dependency_has_a_line_that_says_why() -> None:
    explained = re.findall(
        r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE
    )
    assert explained
    assert set(explained) == {requirement.name for requirement in RUNTIME + DEV}
