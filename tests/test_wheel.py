"""The built wheel, installed in an environment of its own and run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "faq", "storage", "templates")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, in an environment that points nowhere near the source."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))
    }
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with no network and no isolation."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, which borrows the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "--python", python, "install", "--no-index", "--no-deps", wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but its own .pth files (the editable install) are not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    here = {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}
    assert packed == here
    assert any(name.startswith("templates/fr/") for name in packed)
    assert any(name.startswith("faq/entries/") for name in packed)
    assert any(name.startswith("storage/migrations/versions/") for name in packed)


def test_the_installed_command_says_its_version_in_another_folder(installed: Path, tmp_path: Path) -> None:
    assert VERSION in run(installed / "bin/declic", "--version", cwd=tmp_path)


def test_the_installed_code_is_the_wheel_not_the_source(installed: Path, tmp_path: Path) -> None:
    where = "import bot, storage; print(bot.__file__); print(storage.__file__)"
    for file in run(installed / "bin/python", "-c", where, cwd=tmp_path).split():
        assert Path(file).is_relative_to(installed)
