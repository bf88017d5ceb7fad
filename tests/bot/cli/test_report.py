"""`declic report participation`: a summary for the operator, and files of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.declarations.periods import period_of
from storage import declarations, people, roster
from storage.database import Transaction
from storage.people import Place
from storage.states import Role
from tests.bot.cli.conftest import Organisation, today

PEOPLE = 9


def _staff(tx: Transaction) -> None:
    """More people for the first two schools, one of whom has nothing to declare."""
    now = datetime.now(UTC)
    for school_id in (1, 2):
        for number in range(PEOPLE):
            places = (Place(Role.TEACHER, school_id),)
            person_id = roster.add_person(tx, f"Personne {school_id} {number}", "fr", places, now)
            people.link(tx, person_id, "mail", f"p{number}@ecole{school_id}.invalid", now)
            if number == 0:
                for period in (period_of(today()), period_of(today()).before):
                    declarations.say_nothing(tx, person_id, period.key, now)


async def test_the_report_is_printed_and_written(organisation: Organisation) -> None:
    await organisation.write(_staff)
    files = ("--csv", "p.csv", "--xlsx", "p.xlsx", "--png", "p.png")
    done = await organisation("report", "participation", *files)
    assert (done.code, done.err) == (0, "")
    assert "Participation, toutes les écoles" in done.out
    assert "Ont participé : 2 sur 21" in done.out
    written = {name: (organisation.folder / f"p.{name}").read_bytes() for name in ("csv", "xlsx", "png")}
    assert written["csv"].startswith("\N{BYTE ORDER MARK}Groupe;".encode())
    assert written["xlsx"].startswith(b"PK")
    assert written["png"].startswith(b"\x89PNG")
    assert all((organisation.folder / f"p.{name}").stat().st_mode & 0o077 == 0 for name in written)
    again = await organisation("report", "participation", "--csv", "p.csv")
    assert (again.code, again.out) == (1, "")
    assert again.err.startswith("Je ne peux pas écrire p.csv (ce fichier existe déjà)")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--school", "Tilleuls"), "Participation, École des Tilleuls fictifs"),
        (("--centre", "fictif"), "Participation, Centre de services fictif"),
        (("--period", "2025-2"), "mardi 31 mars 2026"),
        (("--school", "fictif"), "Plusieurs noms contiennent"),
        (("--school", "Érables"), "Aucune école"),
        (("--period", "2025-4"), "n’est pas une période"),
    ],
)
async def test_it_is_about_what_is_named(
    organisation: Organisation, words: tuple[str, ...], says: str
) -> None:
    await organisation.write(_staff)
    done = await organisation("report", "participation", *words)
    assert says in (done.err if done.code else done.out)
    assert done.code == ("Participation" not in done.out)
