"""What letters look like, in docs/pictures: `python -m tests.pictures [FOLDER]`. Needs Chromium."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.messages import Letter
from storage.database import open_database
from storage.schema import migrate
from tests.fakes.chromium import draw
from tests.mailed import parsed, text_of, written
from tests.memory import memory_folder
from tests.stage import Stage

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTHS = {"phone": 375, "desktop": 800}
FILLED = """\
Genre : un livre
ISBN : passer
Titre : Le grand livre fictif des animaux de la forêt
Auteur : Gabrielle Exemple
Éditeur : Les Éditions fictives
Année : 2019
Pages au total : 240
Pages copiées : 12-30
Support : papier
Élèves : 28
Date : hier
Niveau : 4e année
"""


async def letters() -> Mapping[str, Letter]:
    """The first letter of a declaration, with its form, the one that asks whether all is right, and the receipt."""
    with memory_folder() as folder:
        url = f"sqlite:///{folder}/declic.db"
        database = open_database(url)
        await migrate(database)
        await database.close()
        async with Stage(url) as stage:
            camille = stage.person("camille", "mail")
            shown = {}
            for name, text in {"form": "Déclarer mes copies", "recap": FILLED, "receipt": "Envoyer"}.items():
                await camille.writes(text)
                shown[name] = camille.mailbox.letters[-1]
    return shown


def page_of(letter: Letter) -> str:
    """The letter as HTML, taken out of the mail that would leave."""
    return text_of(parsed(written(letter)), "html")


def main(folder: Path = FOLDER) -> None:
    """Draws the form and the receipt at every width, and what is asked in between in the dark."""
    folder.mkdir(exist_ok=True)
    pages = {name: page_of(letter) for name, letter in asyncio.run(letters()).items()}
    for name in ("form", "receipt"):
        for device, width in WIDTHS.items():
            draw(pages[name], width, folder / f"mail-{name}-{device}.png")
    draw(pages["recap"], WIDTHS["phone"], folder / "mail-recap-dark.png", dark=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
