"""Chromium without a window: what a page looks like, and how wide it gets."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--no-first-run",
    "--virtual-time-budget=2000",
)
DARK = "--blink-settings=preferredColorScheme=0"
PATIENCE = 60
"""Seconds; the first start on a busy machine is slow."""
FRAME = """\
<!DOCTYPE html><title>-</title><body style="margin:0; overflow:hidden">
<iframe style="display:block; border:0; width:{width}px; height:{height}px" srcdoc="{page}"
 onload="const of = this.contentDocument.documentElement; document.title = [of.scrollWidth, of.scrollHeight]">
</iframe>
"""
"""A window is never narrower than 500 pixels; a frame is as narrow as a phone."""


class ChromiumMissingError(RuntimeError):
    """No Chromium on this machine: install the package `chromium`."""


def find_chromium() -> str:
    """The program. Raises ChromiumMissingError."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise ChromiumMissingError(f"none of {', '.join(NAMES)} here")
    return found


def measured(page: str, width: int) -> tuple[int, int]:
    """How wide and high a page is in a frame of that width; wider than the frame, it overflows."""
    seen = _run(page, width, 100, "--dump-dom")
    found = re.search(r"<title>(\d+),(\d+)</title>", seen)
    if not found:
        raise RuntimeError(f"Chromium showed no page but {seen[:300]!r}")
    return int(found[1]), int(found[2])


def draw(page: str, width: int, file: Path, *, dark: bool = False) -> None:
    """Writes the whole page at that width (CSS pixels), half as large again, into a PNG file."""
    _, height = measured(page, width)
    options = ("--force-device-scale-factor=1.5", f"--screenshot={file}", *((DARK,) if dark else ()))
    _run(page, width, height, *options)


def _run(page: str, width: int, height: int, *options: str) -> str:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        framed = Path(folder) / "page.html"
        framed.write_text(FRAME.format(width=width, height=height, page=html.escape(page)))
        own = (f"--user-data-dir={folder}/profile", f"--window-size={width},{height}")
        command = (find_chromium(), *QUIET, *own, *options, framed.as_uri())
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout
