"""`declic status`, `declic person` and `declic mail parked`: how things stand, for the operator."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Page
from storage import addresses, inbox, mailboxes, outages, outbox, parked, people, tickets
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.tickets import NewTicket
from tests.bot.cli.conftest import Organisation

POLLED = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)
CAME = POLLED - timedelta(days=1, minutes=15)
RAW = b"From: a\r\nSubject: =?x?\r\n\r\n\xff\x00\r\n"
TWO = "imaps://declic:x@imap.ecole.test:993/INBOX imaps://aide:y@imap.ecole.test:993/%C3%80%20lire"
FIRST, SECOND = "declic@imap.ecole.test:993/INBOX", "aide@imap.ecole.test:993/À lire"
MAIL = {"mail_address": "declic@ecole.test", "mailboxes": TWO, "smtp": "smtp+plain://localhost"}


def lived(tx: Transaction) -> None:
    """What an assistant that has run for a while leaves in the database."""
    mailboxes.begin(tx, FIRST, 1, 0, CAME, CAME)
    mailboxes.advance(tx, FIRST, 7, CAME, mail=True)
    mailboxes.polled(tx, FIRST, POLLED)
    outages.begun(tx, SECOND, "NO to LOGIN", CAME)
    parked.park(tx, FIRST, RAW, "unreadable", CAME)
    letters = [NewLetter("mail", f"{name}@ecole.test", Page(name)) for name in ("a", "b", "c")]
    outbox.put(tx, letters, POLLED)
    addresses.mark_dead(tx, "mail", "c@ecole.test", "550 no such user", POLLED)
    inbox.attempt(tx, "mail", "a@ecole.test", "key", POLLED)
    inbox.park(tx, "mail", "a@ecole.test", "key", "", POLLED)
    tickets.open_one(tx, NewTicket(1, "support", "Aidez-moi", "mail", "a@ecole.test"), POLLED)


async def test_how_things_stand_is_told_in_local_time(organisation: Organisation) -> None:
    await organisation.write(lived)
    by_mail = organisation.having(**MAIL)
    french, english, as_json = await asyncio.gather(
        by_mail("status"), by_mail.having(language="en")("status"), by_mail("status", "--json")
    )
    assert (french.code, french.err) == (0, "")
    assert french.out.splitlines() == [
        f"Boîte {FIRST} : relevée 2026-11-22 14:05; dernier courriel 2026-11-21 13:50",
        f"Boîte {SECOND} : relevée jamais; dernier courriel jamais",
        f"✗ En panne depuis 2026-11-21 13:50 (l’équipe n’est pas encore prévenue) : {SECOND}, NO to LOGIN",
        "Messages (mail) : 2 en attente, 1 sans suite, 0 en doute",
        "Courriels mis de côté : 1 (« declic mail parked »)",
        "Messages mis de côté : 1",
        "Demandes à l’équipe encore ouvertes : 1",
    ]
    assert english.out.splitlines()[1] == f"Mailbox {SECOND}: last polled never; last mail never"
    assert json.loads(as_json.out) == {
        "holds": [],
        "mailboxes": [
            {"name": FIRST, "polled_at": "2026-11-22T14:05:00-05:00", "mail_at": "2026-11-21T13:50:00-05:00"},
            {"name": SECOND, "polled_at": None, "mail_at": None},
        ],
        "outages": [
            {"line": SECOND, "since": "2026-11-21T13:50:00-05:00", "reason": "NO to LOGIN", "told": False}
        ],
        "letters": {"mail": {"waiting": 2, "dead": 1, "unknown": 0}},
        "parked_mails": 1,
        "parked_messages": 1,
        "open_tickets": 1,
        "web": None,
    }


async def test_a_database_without_any_history_has_a_status(organisation: Organisation) -> None:
    done = await organisation("status")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Courriels mis de côté : 0"


async def test_parked_mails_are_listed_and_written_as_they_came(organisation: Organisation) -> None:
    none = await organisation("mail", "parked")
    assert (none.code, none.out) == (0, "Aucun courriel n’est mis de côté.\n")
    await organisation.write(lived)
    listed, to_file = await asyncio.gather(
        organisation("mail", "parked"), organisation("mail", "parked", "1", "--output", "un.eml")
    )
    assert listed.out.splitlines()[0] == f"1 2026-11-21 13:50 {FIRST} : illisible"
    assert (to_file.code, to_file.out, to_file.err) == (0, "", "")
    assert (organisation.folder / "un.eml").read_bytes() == RAW
    again, missing = await asyncio.gather(
        organisation("mail", "parked", "1", "--output", "un.eml"), organisation("mail", "parked", "99")
    )
    assert (again.code, missing.code) == (1, 1)
    assert again.err.startswith("Je ne peux pas écrire un.eml (ce fichier existe déjà).")
    assert missing.err.startswith("Aucun courriel mis de côté ne porte le numéro 99.")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", ["illisible (le début seulement)", "Et 30 autres, plus anciens."]),
        ("en", ["unreadable (its beginning only)", "And 30 older ones."]),
    ],
)
async def test_when_many_are_parked_the_others_are_counted(
    organisation: Organisation, language: str, told: list[str]
) -> None:
    def park(tx: Transaction) -> None:
        for number in range(130):
            parked.park(tx, FIRST, f"{number}".encode(), "unreadable", CAME, keep=1)

    await organisation.write(park)
    lines = (await organisation.having(language=language)("mail", "parked")).out.splitlines()
    assert (len(lines), lines[0][-len(told[0]) :], lines[100]) == (102, *told)


async def test_a_parked_mail_goes_to_stdout_byte_for_byte(organisation: Organisation) -> None:
    readable = "From: a@ecole.test\r\nSubject: été\r\n\r\nÀ bientôt\r\n"
    await organisation.write(lambda tx: parked.park(tx, FIRST, readable.encode(), "unreadable", CAME))
    done = await organisation("mail", "parked", "1")
    assert (done.code, done.out, done.err) == (0, readable, "")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            [
                "Enseignement, École des Tilleuls fictifs",
                "✗ mail camille@ecole.test : hors service depuis 2026-11-22 14:05 (550 no such user)",
                "✓ telegram 101",
            ],
        ),
        (
            "en",
            [
                "Teacher, École des Tilleuls fictifs",
                "✗ mail camille@ecole.test: out of reach since 2026-11-22 14:05 (550 no such user)",
                "✓ telegram 101",
            ],
        ),
    ],
)
async def test_a_person_is_shown_with_dead_addresses_and_why(
    organisation: Organisation, language: str, told: list[str]
) -> None:
    def bounced(tx: Transaction) -> None:
        [camille] = people.find(tx, "Camille Essai")
        people.link(tx, camille.id, "mail", "camille@ecole.test", CAME)
        addresses.mark_dead(tx, "mail", "camille@ecole.test", "550 no such user", POLLED)

    await organisation.write(bounced)
    done = await organisation.having(language=language)("person", "Camille Essai")
    assert (done.code, done.err) == (0, "")
    name, *lines = done.out.splitlines()
    assert name.startswith("Camille Essai, ")
    assert [line for line in told if line not in lines] == []


async def test_a_person_nobody_knows_is_told(organisation: Organisation) -> None:
    done = await organisation("person", "Zoé Personne")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Je ne connais personne du nom ou du numéro Zoé Personne.")
