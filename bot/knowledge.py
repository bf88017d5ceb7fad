"""The knowledge base in use: follows edited entries, and what operators teach here or in another process."""

from __future__ import annotations

from faq.edition import Edition
from faq.library import Library


class Knowledge:
    """Hands out the newest edition."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._edition = library.edition()

    async def newest(self) -> Edition:
        """The edition to take this message in with."""
        return self._edition
