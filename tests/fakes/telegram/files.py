"""Files that went through Telegram, by their identifiers."""

import mimetypes
from dataclasses import dataclass
from itertools import count

from tests.fakes.telegram.errors import Refusal, bad_request
from tests.fakes.telegram.spec import Upload

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes of the largest file that a bot may fetch."""


@dataclass(frozen=True, slots=True)
class File:
    """A stored file; `size` in bytes may be claimed larger than the content that stands for it."""

    id: str
    path: str
    name: str
    mime: str
    content: bytes
    size: int

    def as_json(self) -> dict[str, str | int]:
        return {"file_id": self.id, "file_unique_id": f"unique-{self.id}", "file_size": self.size}


class Files:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._numbers = count(1)

    def keep(self, name: str, content: bytes, mime: str | None = None, size: int | None = None) -> File:
        number = next(self._numbers)
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        path = f"files/file_{number}{mimetypes.guess_extension(mime) or '.bin'}"
        file = File(f"file-{number}", path, name, mime, content, size or len(content))
        self._files[file.id] = file
        return file

    def sent(self, given: Upload | str, largest: int) -> File:
        """The file of a call: uploaded with it (at most `largest` bytes), or known by its identifier."""
        if isinstance(given, str):
            return self.by_id(given, "wrong file identifier/HTTP URL specified")
        if not given.content:
            raise bad_request("file must be non-empty")
        if len(given.content) > largest:
            raise Refusal(413, "Request Entity Too Large")
        return self.keep(given.name, given.content, given.mime)

    def by_id(self, identifier: str, otherwise: str) -> File:
        if identifier not in self._files:
            raise bad_request(otherwise)
        return self._files[identifier]

    def by_path(self, path: str) -> File | None:
        """The file behind a download address, unless a bot may not fetch it."""
        found = (file for file in self._files.values() if file.path == path)
        return next((file for file in found if file.size <= LARGEST_DOWNLOAD), None)
