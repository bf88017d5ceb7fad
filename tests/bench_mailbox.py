"""What waits in the mailbox that `make bench` catches up with: questions, replies in talks, bounces, machines' mail."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select

from bot import markup
from bot.assistant import Assistant
from bot.channels.mail.tokens import message_id, tagged
from bot.messages import Heard, Page
from faq.labelled import read_labelled
from storage import outbox, people, roster, sent_letters
from storage.database import Database, Transaction
from storage.outbox import NewLetter
from storage.people import Place
from storage.states import Role
from storage.tables import letter, school
from tests.bench_matching import OWN as LABELLED
from tests.bot.channels.mails import parts
from tests.cast import seed
from tests.correspondents import Correspondent
from tests.fakes.mail import MailServer

QUESTIONS, AUTOMATIC, BOUNCES, REPLIES = 3000, 1000, 500, 500
WAITING = QUESTIONS + AUTOMATIC + BOUNCES + REPLIES
EACH_ASKS = 2
"""How many questions come from one address."""
SIGNED = (
    "Bonjour,\n\n{question}\n\nMerci et bonne journée,\n\n--\nCamille Essai\nÉcole des Tilleuls fictifs\n"
)
ABSENT = "Bonjour,\n\nJe suis absente jusqu'à lundi. Pour une urgence, écrivez à la direction.\n"
LINES = (
    "Titre : Le renard bleu {number}\nAuteur : Odile Fictive\nPages copiées : 12 à 30\nNombre d'élèves : 28\n"
)


@dataclass(frozen=True, slots=True)
class Left:
    """A letter that left before the mailbox filled."""

    id: int
    token: str
    address: str
    page: Page


async def fill(mail: MailServer, database: Database, assistant: Assistant) -> None:
    """Puts WAITING mails into the assistant's mailbox, shuffled, and what they answer into the database."""
    now = datetime.now(UTC)
    teachers = await database.write(lambda tx: _teachers(tx, now))
    for address in teachers:
        await assistant.hear(Heard("mail", address, uuid4().hex, now, "déclarer", proven=True))
    await database.write(lambda tx: _strangers(tx, now))
    left = await database.read(_left)
    asked = [one for one in left if one.address in set(teachers)]
    lost = [one for one in left if one.address not in set(teachers)]
    raws = [*_questions(mail), *_automatic(mail), *_replies(mail, asked), *_bounces(mail, lost)]
    random.Random(5).shuffle(raws)
    mail.dovecot.fill(mail.address, raws)


def _teachers(tx: Transaction, now: datetime) -> list[str]:
    seed(tx, now)
    where = Place(Role.TEACHER, school_id=tx.execute(select(school.c.id).limit(1)).scalar_one())
    addresses = [f"enseignante.{number}@ecole.test" for number in range(REPLIES)]
    for number, address in enumerate(addresses):
        person_id = roster.add_person(tx, f"Enseignante {number}", "fr", (where,), now)
        people.link(tx, person_id, "mail", address, now)
    return addresses


def _strangers(tx: Transaction, now: datetime) -> None:
    """People who have moved away, and a letter to each."""
    for number in range(BOUNCES):
        address = f"partie.{number}@ailleurs.test"
        people.meet(tx, "mail", address, now)
        outbox.put(tx, [NewLetter("mail", address, Page("Un rappel.", language="fr"))], now)


def _left(tx: Transaction) -> list[Left]:
    rows = tx.execute(select(letter.c.id, letter.c.token).where(letter.c.channel == "mail"))
    found = ((row.id, row.token, sent_letters.with_token(tx, row.id, row.token)) for row in rows)
    return [Left(number, token, sent.address, sent.page) for number, token, sent in found if sent]


def _questions(mail: MailServer) -> Iterator[bytes]:
    asked = [line.question for line in read_labelled(LABELLED.name, LABELLED.read_bytes())]
    for number in range(QUESTIONS):
        parent = Correspondent(mail, f"parent.{number // EACH_ASKS}@maison.test")
        text = SIGNED.format(question=asked[number % len(asked)])
        yield parent.message(text, "Une question", mail.address).as_bytes()


def _automatic(mail: MailServer) -> Iterator[bytes]:
    for number in range(AUTOMATIC):
        absent = Correspondent(mail, f"absente.{number}@ecole.test")
        headers = [("Auto-Submitted", "auto-replied")]
        yield absent.message(ABSENT, "Absence du bureau", mail.address, headers).as_bytes()


def _replies(mail: MailServer, asked: Sequence[Left]) -> Iterator[bytes]:
    """Lines of the form, above the letter that has it."""
    for number, one in enumerate(asked):
        quoted = "\n".join(f"> {line}" for line in markup.to_plain(one.page.html).splitlines())
        written = f"{LINES.format(number=number)}\nLe mar. 17 nov. 2026 à 09:30, Déclic a écrit :\n{quoted}\n"
        to = tagged(mail.address, one.id, one.token)
        headers = [("In-Reply-To", message_id(one.id, one.token, mail.address))]
        yield Correspondent(mail, one.address).message(written, "Re: Déclaration", to, headers).as_bytes()


def _bounces(mail: MailServer, lost: Sequence[Left]) -> Iterator[bytes]:
    for one in lost:
        report = (
            "content-type: message/delivery-status\n\nreporting-mta: dns; mx.ailleurs.test\n\n"
            f"final-recipient: rfc822; {one.address}\naction: failed\nstatus: 5.1.1\n"
            "diagnostic-code: smtp; 550 5.1.1 no such user\n"
        )
        named = message_id(one.id, one.token, mail.address)
        given_back = f"content-type: text/rfc822-headers\n\nmessage-id: {named}\n"
        yield parts(
            "\n\nCould not deliver.",
            report,
            given_back,
            kind='report; report-type="delivery-status"',
            **{"from": "MAILER-DAEMON@mx.ailleurs.test", "to": mail.address, "message_id": f"<{uuid4()}@mx>"},
        )
