"""Whose certificates are believed."""

from __future__ import annotations

import ssl
from pathlib import Path


def trusting(authorities: Path | None) -> ssl.SSLContext:
    """What the system trusts, and the authorities in a PEM file. It reads files, some milliseconds of work."""
    context = ssl.create_default_context()
    if authorities:
        context.load_verify_locations(authorities)
    return context
