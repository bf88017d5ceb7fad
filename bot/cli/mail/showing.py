"""`declic mail show`: message files in, and how each would be read. Whatever the files are, it does not fail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.channels.mail.read import LARGEST, Mail, Verdict, read_mail
from bot.cli.told import operators_wording


def as_object(files: Iterable[Path]) -> Iterator[str]:
    """A JSON object for each file, in order."""
    for file in files:
        mail = _read(file)
        told = {
            "from": mail.sender,
            "subject": mail.subject,
            "verdict": mail.verdict,
            "text": mail.text,
            "cut": mail.cut,
            "reason": ": ".join(filter(None, (mail.reason, mail.shown_by))),
            "attachments": [
                {"name": one.name, "type": one.type, "size": one.size} for one in mail.attachments
            ],
        }
        yield json.dumps(told, ensure_ascii=False)


def in_words(files: Iterable[Path]) -> Iterator[str]:
    """The same in the operator's words, a paragraph a file."""
    wording = operators_wording()
    for file in files:
        data = {"file": str(file).encode(errors="replace").decode(), "mail": _read(file)}
        yield f"{wording.told('cli/mail/shown', data).text}\n"


def _read(file: Path) -> Mail:
    """The mail in a file; what is no ordinary file is not opened, for it may never end."""
    try:
        if not file.is_file():
            return Mail(Verdict.PARKED, "no-file")
        with file.open("rb") as opened:
            return read_mail(opened.read(LARGEST))
    except (OSError, ValueError) as error:
        return Mail(Verdict.PARKED, "no-file", type(error).__name__)
