"""`declic accounts import`: who has an account with whoever collects, by a list; and who is reminded to create one."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.roster.account_list import Line, lines_of
from handlers.roster.lines import words_of
from tests.bot.cli.conftest import Organisation
from tests.stage import furnished

ACCOUNT = frozenset({"compte", "account"})


def spoken(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("Courriel",), ("a@x.invalid",)], [Line(2, "a@x.invalid")]),
        ([("a@x.invalid",), ("b@x.invalid",)], [Line(1, "a@x.invalid"), Line(2, "b@x.invalid")]),
        ([("Nom", ""), ("Anne", "a@x.invalid")], [Line(2, "a@x.invalid")]),
        (
            [("Liste", "", ""), ("Nom", "Courriel", "Compte"), ("Anne", "a@x.invalid", "oui"), ("", "", "")],
            [Line(3, "a@x.invalid", says=True)],
        ),
        (
            [("E-mail", "Account"), ("a@x.invalid", "no"), ("b@x.invalid", "?"), ("c@x.invalid", "")],
            [Line(2, "a@x.invalid", says=False), Line(3, "b@x.invalid", says="?"), Line(4, "c@x.invalid")],
        ),
        ([("Nom",), ("Anne",)], []),
        ([], []),
    ],
)
def test_what_a_list_says(rows: list[tuple[str, ...]], lines: list[Line]) -> None:
    assert list(lines_of(rows, words_of(furnished().wording), ACCOUNT)) == lines


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Two of the staff, twice one of them, a secretary, a stranger, and what is no address."""
    file = tmp_path / "comptes.csv"
    file.write_text(
        "Nom;Courriel;Compte\n"
        "Camille;Camille@tilleuls.invalid;oui\n"
        "Morgan;morgan@tilleuls.invalid;non\n"
        "Camille;camille@tilleuls.invalid;\n"
        "Claude;claude@tilleuls.invalid;oui\n"
        "Inconnue;inconnue@ailleurs.invalid;oui\n"
        "Oups;tilleuls;oui\n"
        "Morgan;morgan@tilleuls.invalid;peut-être\n"
    )
    return file


def bare_list(beside: Path) -> str:
    """A file with one address and no headings."""
    file = beside.with_name("sans.csv")
    file.write_text("camille@tilleuls.invalid\n")
    return str(file)


async def test_it_is_shown_line_by_line_and_changes_nothing_unasked(
    organisation: Organisation, listed: Path
) -> None:
    done = await organisation("accounts", "import", str(listed))
    told = spoken(done.out)
    assert "✅ Ont un compte : 1\nligne 2 : Camille Essai" in told
    assert "✖️ N’en ont pas : 1\nligne 3 : Morgan Sample" in told
    assert "ligne 5, claude@tilleuls.invalid : cette personne n’a pas à déclarer" in told
    assert (
        "ligne 6, inconnue@ailleurs.invalid : personne n’a cette adresse dans la liste du personnel" in told
    )
    assert "ligne 7, tilleuls : ce n’est pas une adresse de courriel" in told
    assert "ligne 8, morgan@tilleuls.invalid : écrivez oui ou non" in told
    assert "Les comptes de Copibec ne se voient pas d’ici" in told
    again = await organisation("accounts", "import", str(listed))
    assert "✅ Ont un compte : 1" in spoken(again.out)


async def test_it_is_applied_once_and_the_last_list_counts(organisation: Organisation, listed: Path) -> None:
    done = await organisation("accounts", "import", str(listed), "--yes")
    assert "Appliqué. Ont un compte : 1. N’en ont pas : 1. Lignes laissées de côté : 4." in spoken(done.out)
    again = await organisation("accounts", "import", str(listed), "--yes")
    assert again.out.endswith("comptes.csv ne change rien.\n")
    without = await organisation("accounts", "import", bare_list(listed), "--without", "--yes")
    assert "Ont un compte : 0. N’en ont pas : 1." in spoken(without.out)


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """Camille has one, and has none."""
    file = tmp_path / "comptes.csv"
    file.write_text("E-mail,Account\ncamille@tilleuls.invalid,yes\ncamille@tilleuls.invalid,no\n")
    return file


async def test_two_lines_that_disagree_count_for_nothing(organisation: Organisation, torn: Path) -> None:
    done = await organisation.having(language="en")("accounts", "import", str(torn), "--yes")
    assert "line 2, Camille Essai: two lines say the opposite of each other" in done.out
    assert done.out.endswith("comptes.csv changes nothing.\n")


@pytest.mark.parametrize(("content", "told"), [(None, "il n’existe pas"), ("Nom\nAnne\n", "aucune adresse")])
async def test_what_cannot_be_read_is_told(
    organisation: Organisation, tmp_path: Path, content: str | None, told: str
) -> None:
    file = tmp_path / "liste.csv"
    if content is not None:
        file.write_text(content)
    done = await organisation("accounts", "import", str(file))
    assert done.code == 1
    assert told in done.err
