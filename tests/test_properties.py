"""However somebody gets there, the declaration sent is the one that the final answers, given straight through, make."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from sqlalchemy import select

from storage import declarations
from storage.database import Transaction
from storage.declarations import Declaration
from storage.tables import declaration
from tests.cast import CAST
from tests.memory import make_database, memory_folder
from tests.reader import asked, draft
from tests.stage import TUESDAY, Player, Stage

Answers = Mapping[str, str]

MOST_TURNS = 80
EXAMPLES = int(os.environ.get("DECLIC_EXAMPLES", "8"))
"""Each is two whole conversations, half a second."""
numbers = itertools.count()

some_title = st.sampled_from(["Le renard bleu", "1984", "Où est Charlie?", "« Retour »", "Aide-mémoire"])
some_name = st.sampled_from(["passer", "Odile Fictive", "Rémi Inventé"])
kinds = st.sampled_from(["livre", "manuel", "article", "paroles", "pièce", "image", "autre"])


@st.composite
def final_answers(draw: st.DrawFn) -> Answers:
    """What somebody means to declare: an answer to every question that may come."""
    total = draw(st.integers(20, 400))
    first = draw(st.integers(1, total))
    return {
        "kind": draw(kinds),
        "origin": "un extrait d'une œuvre publiée",
        "source": draw(st.sampled_from(["inédite", "adel", "publiée"])),
        "isbn": draw(st.sampled_from(["passer", "978-2-07-061275-8"])),
        "title": draw(some_title),
        "author": draw(some_name),
        "publisher": draw(some_name),
        "year": draw(st.sampled_from(["passer", "2019", "1998"])),
        "total": str(total),
        "copied": f"{first}-{draw(st.integers(first, total))}",
        "medium": draw(st.sampled_from(["papier", "numérique", "3"])),
        "pupils": str(draw(st.integers(1, 60))),
        "used": draw(st.sampled_from(["hier", "12 nov", "2026-10-05"])),
        "level": draw(st.sampled_from(["passer", "4e année"])),
        "note": "passer",
    }


FIELDS = (
    "genre",
    "isbn",
    "titre",
    "auteur",
    "année",
    "total",
    "pages",
    "support",
    "élèves",
    "date",
    "niveau",
)
ASIDE = (
    "restart",
    "repeat",
    "another channel",
    "an old button",
    "wander",
    "c'est quoi la date limite?",
    "aide",
    "???",
    "retour",
    "modifier",
    *(f"modifier {name}" for name in FIELDS),
)
moves = st.lists(st.one_of(st.just("answer"), st.just("other"), st.sampled_from(ASIDE)), max_size=18)


BEYOND = re.compile(r"l’œuvre (?:en )?a (\d+)")
"""Why the pages are asked again: it may be the total that is wrong."""
SETTLED = {"held": "C'est ma réponse", "which": "retour", "dropped": "reprendre", "recap": "modifier"}
"""What she says to the questions that are not the form's."""


@dataclass(slots=True)
class Walk:
    """One person's way to a declaration."""

    stage: Stage
    camille: Player
    pages: list[str] = field(default_factory=list)
    """The page that each turn brought."""
    drafted: Answers = field(default_factory=dict)
    """What the last draft said, by field."""
    sent: tuple[Declaration, ...] = ()

    async def begins(self) -> None:
        self.pages.append(await self.camille.says("déclarer"))

    async def says(self, text: str) -> None:
        self.pages.append(await self.camille.says(text))

    async def answers(self, answers: Answers) -> None:
        """Gives the answer to whatever is asked."""
        name = asked(self.pages[-1])
        await self.says(SETTLED.get(name) or answers[name])

    async def moves(self, move: str, other: Answers, final: Answers) -> None:
        if move == "answer":
            await self.answers(final)
        elif move == "other":
            await self.answers(other)
        elif move == "restart":
            await self.stage.restart()
        elif move == "repeat":
            assert await self.stage.redeliver_last() == ""
        elif move == "another channel":
            self.camille.channel = {"telegram": "terminal", "terminal": "telegram"}[self.camille.channel]
        elif move == "wander":
            await self.says("annuler")
            await self.says("reprendre")
        elif move == "an old button":
            await self.presses_old()
        else:
            await self.says(move)

    async def presses_old(self) -> None:
        letters = self.camille.mailbox.letters
        button = next((button for letter in letters[:-1] for button in letter.page.buttons), None)
        if button and not button.press.startswith("!"):
            self.pages.append(await self.camille.presses_old(button.press))

    async def finishes(self, final: Answers, drafted: Answers) -> None:
        """Answers what is asked, corrects what the draft says otherwise, and sends it."""
        while asked(self.pages[-1]) != "sent":
            assert len(self.pages) < MOST_TURNS, "\n\n".join(self.pages[-4:])
            if asked(self.pages[-1]) == "recap":
                self.drafted = draft(self.pages[-1])
                wrong = self._wrong(drafted) if drafted else None
                await self.says(f"modifier {wrong}" if wrong else "envoyer")
            elif (beyond := BEYOND.search(self.pages[-1])) and beyond[1] != final["total"]:
                await self.says("modifier total")
            else:
                await self.answers(final)

    def _wrong(self, drafted: Answers) -> str | None:
        """The first field that the draft does not show as it should be."""
        fields = {**drafted, **self.drafted}
        return next((name for name in fields if self.drafted.get(name) != drafted.get(name)), None)

    @property
    def letters(self) -> int:
        """How many letters she was sent, on all channels."""
        own = CAST["camille"].addresses.items()
        return sum(len(self.stage.mailboxes[address].letters) for address in own)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A database to copy for each walk."""
    with memory_folder() as folder:
        yield make_database(folder / "template.db", TUESDAY)


async def walked(
    template: Path, way: Sequence[str], other: Answers, final: Answers, drafted: Answers
) -> Walk:
    """Goes that way, then makes the draft right and sends it."""
    file = template.with_name(f"{next(numbers)}.db")
    shutil.copyfile(template, file)
    async with Stage(f"sqlite:///{file}") as stage:
        walk = Walk(stage, stage.person("camille"))
        await walk.begins()
        for move in way:
            await walk.moves(move, other, final)
        await walk.finishes(final, drafted)
        walk.sent = await stage.database.read(_declarations)
    return walk


def _declarations(tx: Transaction) -> tuple[Declaration, ...]:
    """Everything sent, but for the moment of sending."""
    rows = tx.execute(select(declaration.c.id).order_by(declaration.c.id)).scalars()
    found = [one for number in rows if (one := declarations.by_id(tx, number))]
    return tuple(replace(one, filing=replace(one.filing, sent_at=TUESDAY)) for one in found)


@hypothesis(max_examples=EXAMPLES)
@given(final=final_answers(), other=final_answers(), way=moves)
def test_any_way_leads_to_the_declaration_of_the_final_answers(
    template: Path, final: Answers, other: Answers, way: list[str]
) -> None:
    straight = asyncio.run(walked(template, (), final, final, {}))
    roundabout = asyncio.run(walked(template, way, other, final, straight.drafted))
    assert len(straight.sent) == 1
    assert roundabout.sent == straight.sent
    assert roundabout.letters == len(roundabout.pages)
