"""`declic roster`: lists put in by the operator's hand, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.roster.importing import Consent, put_in
from bot.settings import Settings
from tests.bot.cli.conftest import Organisation
from tests.bringing import FOLDER

DOCS = Path(__file__).parent.parent.parent.parent / "docs"
EXAMPLE = str(DOCS / "examples" / "personnel.csv")
LIST = str(FOLDER / "personnel.csv")


def spoken(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_list_is_shown_and_changes_nothing_where_nobody_can_be_asked(
    organisation: Organisation,
) -> None:
    done = await organisation("roster", "import", EXAMPLE)
    assert done.code == 1  # or a script would go on as if the people were there
    assert "🏫 Nouvelles écoles : 2" in spoken(done.out)
    assert "➕ Personnes à ajouter : 6" in spoken(done.out)
    assert done.err.endswith("Rien n’a été changé. Ajoutez --yes pour appliquer.\n")
    shown = await organisation("roster", "show", "peupliers")
    assert (shown.code, spoken(shown.err)) == (1, "Je ne connais pas d’école du nom de peupliers.\n")


async def test_a_list_is_applied_and_is_then_what_is_shown(organisation: Organisation) -> None:
    done = await organisation("roster", "import", EXAMPLE, "--yes")
    assert "Appliqué. Ajoutées : 6. Mises à jour : 0. Retirées : 0. Lignes refusées : 0." in spoken(done.out)
    shown = await organisation("roster", "show", "peupliers")
    assert [spoken(line) for line in shown.out.splitlines()][:2] == [
        "École des Peupliers fictifs (Centre de services fictif)",
        "Participe à la collecte; effectif : 24; secrétariat : 514 555-0101",
    ]
    assert "Camille Essai" in shown.out
    again = await organisation("roster", "import", EXAMPLE, "--yes")
    assert again.out.endswith("personnel.csv ne change rien.\n")
    schools = await organisation.having(language="en")("roster", "show")
    assert "Collège fictif des Érables: 2 people, 12 to declare" in schools.out


async def test_many_who_leave_take_a_second_yes(organisation: Organisation) -> None:
    done = await organisation.having(language="en")("roster", "import", LIST, "--yes")
    assert done.code == 1
    assert "2 of 4 people would leave their school." in done.err
    both = await organisation.having(language="en")("roster", "import", LIST, "--yes", "--yes-they-leave")
    assert (both.code, "Removed: 2. Lines refused: 1." in both.out) == (0, True)
    shown = await organisation.having(language="en")("roster", "show", "tilleuls")
    assert "Claude Secrétariat, no. " in shown.out
    assert "removed on" in shown.out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("photo.jpg", b"\xff\xd8", "ce n’est ni un fichier CSV ni un classeur XLSX"),
        ("a.csv", b"bonjour", "je n’y trouve pas de titres de colonnes"),
        ("a.csv", b"Courriel;Nom\na@b.ca;Roy", "il manque des colonnes"),
        ("a.csv", None, "il n’existe pas"),
    ],
)
async def test_what_is_no_list_is_told(
    organisation: Organisation, name: str, content: bytes | None, told: str
) -> None:
    file = organisation.folder / name
    if content is not None:
        file.write_bytes(content)
    done = await organisation("roster", "import", str(file))
    assert (done.code, done.out) == (1, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        (["non"], "Rien n’a été changé."),
        (["oui", "non"], "ajoutez --yes-they-leave."),
        (["oui", "OUI"], "Lignes refusées : 1."),
    ],
)
async def test_at_a_terminal_both_questions_are_put(
    organisation: Organisation, answers: list[str], ends: str
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return answers[len(asked) - 1]

    settings = Settings(_env_file=None, **organisation.settings)  # type: ignore[arg-type]
    told = await put_in(settings, Path(LIST), Consent(ask=answer), no_one)
    assert len(asked) == len(answers)
    assert spoken(told.text).endswith(ends)


no_one: Callable[[str], object] = len
"""Reads nothing of what is shown."""
