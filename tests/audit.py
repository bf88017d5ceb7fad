"""Asks an advisory service about every pinned package: `python -m tests.audit FILE`.

Ends with 1 when a package has a known weakness. A service that does not answer is said, and is no fault: the
code is not worse for it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SERVICES = ("osv", "pypi")
"""pip-audit's names of the services, in the order they are tried."""
PATIENCE = 60
"""Seconds that one service has to answer for all the packages."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a service said of the packages: `weak` lists them, `checked` counts those it knows."""

    checked: int
    weak: tuple[str, ...] = ()


def read_report(report: str) -> Verdict:
    """The verdict in a report of pip-audit's JSON form; anything else is a service that knows nothing."""
    try:
        packages: Sequence[Any] = json.loads(report)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return Verdict(0)
    known = [package for package in packages if "vulns" in package]
    weak = (
        f"{package['name']} {package['version']}: {weakness['id']}, "
        f"fixed in {', '.join(weakness['fix_versions']) or 'no release yet'}"
        for package in known
        for weakness in package["vulns"]
    )
    return Verdict(len(known), tuple(weak))


def ask(service: str, lock: str) -> Verdict:
    """What the service says of the packages in a lock file."""
    options = ("--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json")
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", service, "-r", lock, *options]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return Verdict(0)
    return read_report(run.stdout)


def audit(lock: str) -> int:
    """Prints what the first service that answers says, and how to end."""
    for service in SERVICES:
        verdict = ask(service, lock)
        if verdict.checked:
            print(
                *verdict.weak,
                f"audit: {verdict.checked} packages, {len(verdict.weak)} known weaknesses",
                sep="\n",
            )
            return 1 if verdict.weak else 0
    print(f"audit: skipped, no advisory service answers here ({', '.join(SERVICES)})")
    return 0


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1]))
