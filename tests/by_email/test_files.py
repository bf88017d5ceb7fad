"""Files by e-mail from end to end: a picture answers a question, and a letter brings a table."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.messages import File, Page
from storage import outbox
from storage.database import Database
from storage.outbox import NewLetter
from tests.bringing import file_named
from tests.postal import PostOffice

LIST = File("personnel été.csv", "text/csv", "nom;école\nCamille;Tilleuls\n".encode())


async def test_a_picture_fills_in_the_line_of_the_number(office: PostOffice) -> None:
    camille = await office.correspondent("camille")
    async with office.open():
        await camille.writes("Je veux déclarer mes copies.", "Déclaration")
        await camille.reads()
        await camille.replies("oui")
        assert "ISBN" in (await camille.reads()).text
        await camille.replies(
            "Genre : livre\nTitre : Le renard bleu\n", files=[file_named("code-barres.jpg")]
        )
        letter = await camille.reads()
    assert "ISBN ou ISSN\u00a0: 9782070612758" in letter.text
    assert "Le renard bleu" in letter.text
    assert "pièce jointe" not in letter.text


async def test_a_letter_brings_its_files(office: PostOffice, database: Database) -> None:
    camille = await office.correspondent("camille")
    letter = NewLetter("mail", camille.address, Page("Voici la liste.", files=(LIST,)))
    async with office.open():
        await database.write(lambda tx: outbox.put(tx, [letter], datetime.now(UTC)))
        received = await camille.reads()
    [attached] = received.message.iter_attachments()
    assert (attached.get_filename(), attached.get_payload(decode=True)) == (LIST.name, LIST.content)
    assert received.text.startswith("Voici la liste.")
