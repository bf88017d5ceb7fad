"""E-mail from end to end: people write from real mailboxes to a real server, and read what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest

from storage import addresses, declarations, mailboxes, parked, people
from storage.addresses import Standing
from storage.database import Transaction
from tests.bot.channels.mails import parts
from tests.correspondents import Correspondent, Received
from tests.fakes.mail import MailServer
from tests.postal import PostOffice, eventually

QUESTION = "Bonjour,\n\nJ'ai oublié mon mot de passe, que faire?\n\nMerci,\nCamille\n"
REPORT = 'report; report-type="delivery-status"'
LINES = """\
Genre : livre
Titre : Le renard bleu
Auteur : Odile Fictive
Nombre total de pages : 240
Pages copiées : 12 à 30
Support : papier
Nombre d'élèves : 28
Date : hier
"""


async def test_a_question_is_answered_in_its_thread(office: PostOffice) -> None:
    parent = await office.correspondent("alex")
    async with office.open():
        asked = await parent.writes(QUESTION, "Mot de passe")
        letter = await parent.reads()
    assert "mot de passe" in letter.text.lower()
    assert letter.subject == "Re: Mot de passe"
    assert letter.message["in-reply-to"] == asked["message-id"]
    assert letter.message["auto-submitted"] == "auto-replied"
    assert "Équipe fictive" in letter.text


async def test_a_declaration_in_one_mail(office: PostOffice) -> None:
    camille = await office.correspondent("camille")
    async with office.open():
        assert "Titre" in (await _asked_and_proven(camille)).text
        await camille.replies(LINES)
        recap = await camille.reads()
        assert "Le renard bleu" in recap.text
        await camille.replies("oui")
        receipt = await camille.reads()
    assert "Déclaration envoyée" in receipt.text
    assert await _declared(office, camille) == ["Le renard bleu"]


async def test_a_declaration_in_four_mails_with_slips(office: PostOffice) -> None:
    camille = await office.correspondent("camille")
    async with office.open():
        await _asked_and_proven(camille)
        await camille.replies("2.\n\nMerci!\nCamille")
        assert "J’ai noté" in (await camille.reads()).text
        await camille.replies("Titre : Maths en folie\nTotal : 180\nPages : chapitre 3\n")
        assert "chapitre 3" in (await camille.reads()).text
        await camille.replies("Pages : 4-6\nSuport : papier\nÉlèves : 24\nDate : hier\n")
        assert "Brouillon" in (await camille.reads()).text
        await camille.replies("envoyer")
        assert "Déclaration envoyée" in (await camille.reads()).text
    assert await _declared(office, camille) == ["Maths en folie"]


async def test_the_same_mail_delivered_twice_is_answered_once(office: PostOffice) -> None:
    parent = await office.correspondent("alex")
    once = parent.message(QUESTION, "Mot de passe", office.mail.address).as_bytes()
    async with office.open():
        await office.mail.write(once, sender=parent.address)
        await office.mail.write(once, sender=parent.address)
        await parent.reads()
        await _next_is_about(parent, "calendrier scolaire")
    assert parent.read == 2


async def test_nothing_is_heard_twice_when_the_server_numbers_its_mail_anew(office: PostOffice) -> None:
    parent = await office.correspondent("alex")
    async with office.open():
        await parent.writes(QUESTION)
        await parent.reads()
        await asyncio.to_thread(office.mail.dovecot.change_uidvalidity, office.mail.address)
        await _next_is_about(parent, "calendrier scolaire")
    assert parent.read == 2


@pytest.mark.parametrize("what", ["kicked", "restarted"])
async def test_a_line_cut_while_it_waits_is_opened_again(office: PostOffice, what: str) -> None:
    parent, dovecot = await office.correspondent("alex"), office.mail.dovecot
    async with office.open():
        await office.mail.connected(office.mail.address)
        acts: dict[str, Callable[[], None]] = {
            "kicked": partial(dovecot.kick, office.mail.address),
            "restarted": dovecot.restart,
        }
        await asyncio.to_thread(acts[what])
        await _next_is_about(parent, "mot de passe")


async def test_mail_written_while_the_assistant_is_away_is_answered_when_it_is_back(
    office: PostOffice,
) -> None:
    parent = await office.correspondent("alex")
    async with office.open():
        await _next_is_about(parent, "mot de passe")
    await parent.writes("Où trouver mon calendrier scolaire?")
    async with office.open():
        await parent.reads()
    (cursor,) = await office.database.read(mailboxes.all_cursors)
    assert cursor.last_uid == 2


async def test_somebody_who_writes_in_another_name_learns_nothing_and_changes_nothing(
    office: PostOffice,
) -> None:
    camille, thief = await office.correspondent("camille"), await office.correspondent("voleuse")
    async with office.open():
        forged = camille.message("déclarer", "Déclaration", office.mail.address)
        await office.mail.write(forged.as_bytes(), sender=thief.address)
        letter = await camille.reads()
        assert "Répondez" in letter.text
        assert "Titre" not in letter.text
        await thief.replies("oui", to=letter)
        told = await thief.reads()
    assert "Camille" not in told.text
    assert await _declared(office, camille) == []


async def test_two_assistants_do_not_go_on_for_ever(office: PostOffice, mail_server: MailServer) -> None:
    """The other one answers every mail, and thinks nothing of the headers that ask it not to."""
    robot = await office.correspondent("robot")
    async with office.open():
        await robot.writes("Nous avons bien reçu votre courriel.", "Accusé")
        for _ in range(2):
            await robot.reads()
            await robot.replies("Nous avons bien reçu votre courriel.", quoting=False)
        waiting = await eventually(parked.newest, lambda found: len(found) > 0, office.database)
    assert [one.reason for one in waiting] == ["loop"]
    assert len(await mail_server.arrived(robot.address, 2)) == 2


async def test_an_automatic_answer_is_never_answered(office: PostOffice) -> None:
    parent = await office.correspondent("alex")
    async with office.open():
        await parent.writes("Je suis en vacances.", "Absence", headers=[("Auto-Submitted", "auto-replied")])
        await _next_is_about(parent, "mot de passe")
    assert parent.read == 1


async def test_a_bounce_marks_the_address(office: PostOffice) -> None:
    camille = await office.correspondent("camille")
    async with office.open():
        await camille.writes("Où trouver mon calendrier scolaire?")
        letter = await camille.reads()
        await office.mail.write(_bounce(letter, camille.address), to=letter.answer_to, sender="")
        standing = partial(_standing, address=camille.address)
        found = await eventually(standing, lambda found: found.dead_at is not None, office.database)
    assert found.dead_reason == "550 5.1.1 no such user"


async def _asked_and_proven(camille: Correspondent) -> Received:
    """A first mail proves nothing; the answer to the letter that comes of it does."""
    await camille.writes("Bonjour, je veux déclarer", "Déclaration")
    await camille.reads()
    await camille.replies("déclarer")
    return await camille.reads()


async def _next_is_about(person: Correspondent, words: str) -> None:
    """Whatever came before, the next letter answers this question."""
    await person.writes(f"Bonjour, une question : {words}?", words)
    assert (await person.reads()).subject == f"Re: {words}"


def _standing(tx: Transaction, address: str) -> Standing:
    found = people.by_address(tx, "mail", address)
    assert found
    return next(one for one in addresses.of_person(tx, found.id) if one.value == address)


def _bounce(letter: Received, recipient: str) -> bytes:
    """What a mail server sends when there is nobody to give the letter to."""
    report = (
        "content-type: message/delivery-status\n\nreporting-mta: dns; mx.ecole.test\n\n"
        f"final-recipient: rfc822; {recipient}\naction: failed\nstatus: 5.1.1\n"
        "diagnostic-code: smtp; 550 5.1.1 no such user\n"
    )
    given_back = f"content-type: text/rfc822-headers\n\nmessage-id: {letter.id}\n"
    headers = {"from": "MAILER-DAEMON@mx.ecole.test", "to": letter.answer_to, "message_id": "<dsn@mx.test>"}
    return parts("\n\nCould not deliver.", report, given_back, kind=REPORT, **headers)


async def _declared(office: PostOffice, person: Correspondent) -> list[str]:
    def titles(tx: Transaction) -> list[str]:
        found = people.by_address(tx, "mail", person.address)
        assert found
        last = declarations.last_of(tx, found.id)
        return [last.work.title] if last else []

    return await office.database.read(titles)
