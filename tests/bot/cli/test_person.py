"""`declic person`, `unlink` and `invite`: the operator's hand on the roster."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import discussions, people, tickets
from storage.database import Transaction
from storage.discussions import Discussion
from storage.tables import letter
from storage.tickets import NewTicket
from tests.bot.cli.conftest import Organisation

RUISSEAU = "École du Ruisseau fictif"
MAIL = {
    "mail_address": "declic@exemple.invalid",
    "mailboxes": "imaps://declic:x@imap.exemple.invalid",
    "smtp": "smtps://declic:x@smtp.exemple.invalid",
}


@pytest.fixture
def by_mail(organisation: Organisation) -> Organisation:
    return Organisation(organisation.folder, {**organisation.settings, **MAIL})


async def roles_of(organisation: Organisation, name: str) -> list[tuple[str, str | None]]:
    def read(tx: Transaction) -> list[tuple[str, str | None]]:
        [found] = people.find(tx, name)
        return [(str(place.role), place.school) for place in found.places]

    return await organisation.write(read)


async def letters(organisation: Organisation) -> dict[str, str]:
    """What waits to leave, by address."""

    def read(tx: Transaction) -> dict[str, str]:
        return {row.address: row.html for row in tx.execute(select(letter.c.address, letter.c.html))}

    return await organisation.write(read)


async def test_a_move_is_passed_on_and_told_and_settles_what_was_asked(by_mail: Organisation) -> None:
    def ask(tx: Transaction) -> int:
        [camille] = people.find(tx, "Camille Essai")
        new = NewTicket(camille.id, "school-changed", "J’ai changé d’école.", "telegram", "101")
        return tickets.open_one(tx, new, datetime.now(UTC))

    number = await by_mail.write(ask)
    contact = by_mail.having(copibec_contact="soutien@copibec.exemple.invalid")
    done = await contact("person", "move", "Camille Essai", "ecole du ruisseau fictif")
    assert (done.code, done.err) == (0, "")
    assert f"est maintenant à {RUISSEAU} (avant : École des Tilleuls fictifs)" in done.out
    assert f"Demande n° {number} fermée." in done.out
    assert await roles_of(by_mail, "Camille Essai") == [("teacher", RUISSEAU)]
    written = await letters(by_mail)
    assert "Camille Essai a changé d’école" in written.pop("soutien@copibec.exemple.invalid")
    [told] = written.values()
    assert RUISSEAU in told
    assert "seul Copibec peut" in told


async def test_a_move_ends_the_discussion_about_it(by_mail: Organisation) -> None:
    def talk(tx: Transaction) -> int:
        [camille], [sacha] = people.find(tx, "Camille Essai"), people.find(tx, "Sacha Équipe")
        new, now = (
            NewTicket(camille.id, "school-changed", "J’ai changé.", "telegram", "101"),
            datetime.now(UTC),
        )
        number = tickets.open_one(tx, new, now)
        discussions.begin(tx, Discussion(camille.id, number, sacha.id, "telegram", "101", now))
        return camille.id

    person_id = await by_mail.write(talk)
    assert (await by_mail("person", "move", "Camille Essai", "ecole du ruisseau fictif")).code == 0
    assert await by_mail.write(lambda tx: discussions.of_person(tx, person_id)) is None
    assert sum("la discussion" in html for html in (await letters(by_mail)).values()) == 2


@pytest.mark.parametrize("contact", ["", "514 555-1234"])
async def test_without_an_address_of_copibecs_the_operator_is_told_to_call(
    by_mail: Organisation, contact: str
) -> None:
    done = await by_mail.having(copibec_contact=contact)("person", "move", "Lou Ailleurs", "1")
    assert done.code == 0
    assert "À faire : demandez à Copibec" in done.out
    assert contact in done.out
    assert list(await letters(by_mail)) == ["103"]


UNCLEAR = {
    ("person", "move", "Zoé", "1"): "Je ne connais personne du nom ou du numéro Zoé.",
    ("person", "move", "Camille Essai", "Ruiseau fictif"): "Je ne connais aucune école",
    ("person", "move", "Sacha Équipe", "1"): "Sacha Équipe n’a aucun rôle dans une école.",
    ("person", "close", "Zoé"): "Je ne connais personne",
    ("person", "role", "add", "Camille Essai", "teacher"): "Le rôle « teacher » se donne dans une école",
    (
        "person",
        "role",
        "add",
        "Camille Essai",
        "css-admin",
        "Ailleurs",
    ): "Le rôle « css-admin » se donne dans un centre",
    ("person", "role", "add", "Camille Essai", "pilot"): "Le rôle « pilot » ne se donne pas ici",
    ("person", "role", "close", "Camille Essai", "secretary", "1"): "Camille Essai n’a pas ce rôle",
    ("unlink", "Camille Essai", "telegram", "999"): "telegram 999 n’est pas à Camille Essai.",
    (
        "person",
        "move",
        "Camille Essai",
        "École",
    ): "Plusieurs écoles correspondent à École. Donnez le numéro :",
    ("person", "move", "Camille Essai", ""): "Donnez un nom ou un numéro.",
    ("person", "  "): "Donnez un nom ou un numéro.",
    ("person", "9" * 30): "Je ne connais personne",
    (
        "person",
        "Camile Esai",
    ): "Je ne connais personne du nom ou du numéro Camile Esai.\nPeut-être 1 Camille Essai",
    ("person", "role", "add", "Camille Essai", "operator", "1"): "Le rôle « operator » se donne sans lieu",
    ("person", "role", "add", "Camille Essai", "operator"): "L’équipe de soutien voit les demandes",
    ("invite",): "Donnez une personne, ou",
    ("invite", "Camille Essai", "--all"): "Donnez une personne, ou",
}


@pytest.mark.parametrize(
    ("words", "told"), UNCLEAR.items(), ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
async def test_what_is_not_clear_is_told_and_changes_nothing(
    by_mail: Organisation, words: tuple[str, ...], told: str
) -> None:
    before = await roles_of(by_mail, "Camille Essai")
    done = await by_mail(*words)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(told)
    assert await roles_of(by_mail, "Camille Essai") == before
    assert await letters(by_mail) == {}


async def test_of_several_schools_one_is_named(organisation: Organisation) -> None:
    added = await organisation("person", "role", "add", "Camille Essai", "specialist", RUISSEAU)
    assert "Enseignement spécialisé" in added.out
    unclear = await organisation("person", "move", "Camille Essai", "1")
    assert unclear.err.startswith("Camille Essai a des rôles dans plusieurs écoles.")
    moved = await organisation("person", "move", "Camille Essai", "1", "--from", "2")
    assert moved.code == 0
    assert sorted(await roles_of(organisation, "Camille Essai")) == [
        ("specialist", "École des Tilleuls fictifs"),
        ("teacher", "École des Tilleuls fictifs"),
    ]


async def test_a_part_of_a_name_and_other_capitals_are_enough(organisation: Organisation) -> None:
    moved = await organisation("person", "move", "camille essai", "ruisseau")
    assert f"est maintenant à {RUISSEAU}" in moved.out
    added = await organisation("person", "role", "add", "Camille Essai", "secretary", "tilleuls")
    assert added.out.strip() == "Camille Essai : Secrétariat, École des Tilleuls fictifs, ajouté."
    operator = await organisation("person", "role", "add", "Camille Essai", "operator", "--yes")
    assert operator.out.strip() == "Camille Essai : Équipe de soutien, ajouté."


async def test_who_has_left_has_no_role_and_comes_back_by_one(organisation: Organisation) -> None:
    asked = await organisation("person", "close", "Camille Essai")
    assert (asked.code, asked.err.splitlines()[0].endswith("Rien n’est effacé. Fermer?")) == (1, True)
    done = await organisation("person", "close", "Camille Essai", "--yes")
    assert done.out.startswith("Camille Essai n’a plus aucun rôle.")
    again = await organisation("person", "close", "Camille Essai")
    assert again.out.startswith("Camille Essai n’avait déjà plus aucun rôle.")
    assert await roles_of(organisation, "Camille Essai") == []
    await organisation("person", "role", "add", "Camille Essai", "teacher", "1")
    assert await roles_of(organisation, "Camille Essai") == [("teacher", "École des Tilleuls fictifs")]
    shown = await organisation("person", "show", "Camille Essai")
    assert (await organisation("person", "Camille Essai")).out == shown.out


async def test_an_address_is_taken_away(organisation: Organisation) -> None:
    asked = await organisation("unlink", "Lou Ailleurs", "telegram", "103")
    assert asked.err.startswith("telegram 103 est la dernière adresse de Lou Ailleurs")
    done = await organisation("unlink", "Camille Essai", "telegram", "101")
    assert done.out.startswith("C’est fait : telegram 101 n’est plus à Camille Essai.")
    assert "101" not in (await organisation("person", "Camille Essai")).out


@pytest.mark.parametrize(("answer", "count"), [("y\n", 1), ("n\n", 0)])
async def test_invitations_are_counted_and_asked_about(
    by_mail: Organisation, answer: str, count: int
) -> None:
    done = await by_mail("invite", "--all", typed=answer)
    assert done.code == 0, done.err
    assert "Une personne sans Telegram recevrait une invitation, sans lien" in done.out
    assert len(await letters(by_mail)) == count


async def test_nobody_is_invited_twice_a_day_with_all(by_mail: Organisation) -> None:
    for _ in range(2):
        assert (await by_mail("invite", "--all", "--yes")).code == 0
    assert len(await letters(by_mail)) == 1


async def test_a_school_with_everybody_on_telegram_is_asked_nothing(by_mail: Organisation) -> None:
    done = await by_mail("invite", "--school", RUISSEAU)
    assert (done.code, done.out.strip()) == (0, "Aucune invitation à envoyer.")


async def test_without_mail_nobody_is_invited(organisation: Organisation) -> None:
    done = await organisation("invite", "--all")
    assert done.err.startswith("Les invitations partent par courriel, et le courriel n’est pas réglé.")
