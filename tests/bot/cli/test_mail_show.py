"""`declic mail show`: how message files would be read, whatever the files are."""

from __future__ import annotations

import json
import os

import pytest

from tests.bot.channels.mails import MESSAGES, mail, parts
from tests.bot.cli.declic import Declic

REPLY = "Oui, 28.\n\nLe 3 mai 2026 à 10:15, D <d@css.test> a écrit :\n> Combien?\n"
FILES = {
    "oui.eml": mail(REPLY, content_type="text/plain; charset=utf-8"),
    "away.eml": mail("Lundi.", subject="Absence du bureau", content_type="text/plain; charset=utf-8"),
    "pdf.eml": parts("\nVoici", "Content-Type: application/pdf; name=a.pdf\n\nabc"),
    "empty.eml": b"",
    "binary.eml": bytes(range(256)) * 10,
}


@pytest.fixture
def files(declic: Declic) -> list[str]:
    """The files above, and some that are none."""
    for name, raw in FILES.items():
        (declic.folder / name).write_bytes(raw)
    (declic.folder / "folder").mkdir()
    os.mkfifo(declic.folder / "pipe")
    return [*FILES, "folder", "pipe", "nowhere.eml", "x" * 5000]


async def test_each_file_is_one_json_object(declic: Declic, files: list[str]) -> None:
    done = await declic("mail", "show", *files, "--json")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err, len(told)) == (0, "", len(files))
    assert told[0] == {
        "from": "camille@ecole.test",
        "subject": "Question",
        "verdict": "heard",
        "text": "Oui, 28.",
        "cut": "Le 3 mai 2026 à 10:15, D <d@css.test> a écrit :\n> Combien?",
        "reason": "",
        "attachments": [],
    }
    assert [one["verdict"] for one in told[1:3]] == ["automatic", "heard"]
    assert told[1]["reason"] == "out-of-office: Absence du bureau"
    assert told[2]["attachments"] == [{"name": "a.pdf", "type": "application/pdf", "size": 3}]
    assert {one["verdict"] for one in told[3:]} == {"parked"}
    assert all(one["reason"] for one in told[3:])


async def test_the_same_is_told_in_words(declic: Declic, files: list[str]) -> None:
    done = await declic("mail", "show", *files[:3], "folder")
    assert (done.code, done.err) == (0, "")
    for words in (
        "Texte lu :\nOui, 28.\n",
        "Verdict : automatique, aucune réponse ne part (absence du bureau : Absence du bureau)",
        "Pièce jointe : a.pdf, application/pdf, 3 octets",
        "folder\nCe fichier n’existe pas ou ne s’ouvre pas.",
    ):
        assert words in done.out


async def test_every_real_message_is_shown(declic: Declic) -> None:
    done = await declic("mail", "show", *map(str, MESSAGES))
    assert (done.code, done.err) == (0, "")
    assert done.out.count("Verdict :") >= len(MESSAGES)
