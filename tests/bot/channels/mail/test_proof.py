"""Who writes: a reply that carries the secret of a letter to that very person, or our own mail server's word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage import addresses, tickets
from tests.bot.channels.mail.post_room import (
    CAMILLE,
    CAMILLE_AT_HOME,
    MORGAN,
    OPERATOR,
    PASSED,
    QUESTION,
    STRANGER,
    MailRoom,
)

DECLARE = "déclarer"
PROVE = "je dois m’assurer que c’est bien vous qui écrivez"
ELSEWHERE = "une autre adresse que la vôtre"


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(sqlite_url) as room:
        yield room


def begun(read: str) -> bool:
    """Whether a declaration was begun, which nobody unproven may."""
    return PROVE not in read and "Titre" in read


async def test_a_from_alone_proves_nothing(room: MailRoom) -> None:
    assert PROVE in await room.writes(CAMILLE, DECLARE)


async def test_a_reply_to_what_was_sent_to_them_proves_it(room: MailRoom) -> None:
    await room.writes(CAMILLE, DECLARE)
    assert begun(await room.replies(CAMILLE, DECLARE))


@pytest.mark.parametrize(
    "header", ["in_reply_to", "references", "to", "cc", "delivered_to", "references in small letters"]
)
async def test_the_secret_counts_wherever_programs_put_it(room: MailRoom, header: str) -> None:
    await room.writes(CAMILLE, QUESTION)
    letter = room.last_to(CAMILLE)
    message_id, tag = room.id_of(letter), room.tag_of(letter)
    headers = {
        "references": {"references": f"<a@b> {message_id} <other@ecole.test>"},
        "references in small letters": {"references": message_id.upper()},
    }.get(header, {header: message_id if header == "in_reply_to" else f"Déclic <{tag}>"})
    assert begun(await room.writes(CAMILLE, DECLARE, **headers))


async def test_our_own_mail_servers_word_proves_it(room: MailRoom) -> None:
    assert begun(await room.writes(CAMILLE, DECLARE, authentication_results=PASSED))


WORTHLESS = {
    "another server": PASSED.replace("mx.exemple.test", "mx.autre.test"),
    "another domain": PASSED.replace("ecole.test", "autre.test"),
    "a failure": PASSED.replace("pass", "fail"),
}


@pytest.mark.parametrize("name", WORTHLESS)
async def test_any_other_word_proves_nothing(room: MailRoom, name: str) -> None:
    assert PROVE in await room.writes(CAMILLE, DECLARE, authentication_results=WORTHLESS[name])


async def test_without_a_trusted_server_no_header_is_believed(room: MailRoom) -> None:
    room.limit(trusted="")
    assert PROVE in await room.writes(CAMILLE, DECLARE, authentication_results=PASSED)
    assert PROVE in await room.writes(CAMILLE, DECLARE, authentication_results=f"; {PASSED}")


async def test_a_guess_is_no_secret(room: MailRoom) -> None:
    await room.writes(CAMILLE, QUESTION)
    guess = f"<{room.last_to(CAMILLE).id}.{'0' * 24}@exemple.test>"
    assert PROVE in await room.writes(CAMILLE, DECLARE, in_reply_to=guess)


async def test_a_secret_holds_for_ninety_days(room: MailRoom) -> None:
    await room.writes(CAMILLE, QUESTION)
    room.tick(timedelta(days=89))
    assert begun(await room.replies(CAMILLE, DECLARE))
    room.tick(timedelta(days=91))
    assert PROVE in await room.replies(CAMILLE, DECLARE)


async def test_what_came_to_one_address_may_be_answered_from_another_of_the_same_person(
    room: MailRoom,
) -> None:
    read = await room.writes(CAMILLE, DECLARE, authentication_results=PASSED)
    assert begun(read)
    letter = room.last_to(CAMILLE)
    read = await room.writes(CAMILLE_AT_HOME, "Titre : Le loup blanc", in_reply_to=room.id_of(letter))
    assert "Le loup blanc" in read
    assert ELSEWHERE not in read


async def test_an_old_secret_of_somebody_elses_is_nothing_at_all(room: MailRoom) -> None:
    await room.writes(CAMILLE, QUESTION)
    room.tick(timedelta(days=91))
    read = await room.writes(STRANGER, QUESTION, in_reply_to=room.id_of(room.last_to(CAMILLE)))
    assert ELSEWHERE not in read
    assert "Mot de passe oublié" in read


async def test_an_answer_to_somebody_elses_letter_goes_to_the_operators(room: MailRoom) -> None:
    await room.writes(CAMILLE, DECLARE, authentication_results=PASSED)
    await room.alerts()
    letter = room.last_to(CAMILLE)
    read = await room.writes(MORGAN, "Titre : Le loup blanc", in_reply_to=room.id_of(letter))
    assert "a letter that I sent to another address" in read
    assert "no. 1" in read
    assert not any(word in read for word in ("Camille", "Titre", "Title", "loup"))
    alert = await room.alerts()
    assert "répond à un message que j’avais envoyé à quelqu’un d’autre" in alert
    assert "Le loup blanc" in alert
    assert not any(word in alert for word in ("Camille", "Morgan"))
    assert "Le loup blanc" not in await room.replies(CAMILLE, "récapitulatif")
    ticket = await room.asks(lambda tx: tickets.by_id(tx, 1))
    assert ticket
    assert (ticket.kind, ticket.address) == ("foreign", MORGAN)


async def test_even_a_proven_sender_may_answer_for_nobody_else(room: MailRoom) -> None:
    await room.writes(CAMILLE, DECLARE, authentication_results=PASSED)
    foreign = room.id_of(room.last_to(CAMILLE))
    headers = {"authentication_results": PASSED, "in_reply_to": foreign}
    assert "another address" in await room.writes(MORGAN, "oui", **headers)
    assert "another address" in await room.writes(MORGAN, DECLARE, **headers)


async def test_a_question_of_such_a_sender_is_answered_all_the_same(room: MailRoom) -> None:
    await room.writes(CAMILLE, QUESTION)
    read = await room.writes(STRANGER, QUESTION, in_reply_to=room.id_of(room.last_to(CAMILLE)))
    assert "Mot de passe oublié" in read
    assert ELSEWHERE in read


async def test_the_operators_answer_reaches_such_a_sender(room: MailRoom) -> None:
    await room.database.write(
        lambda tx: addresses.mark_dead(tx, "terminal", "operator", "x", room.clock.now())
    )
    await room.writes(CAMILLE, QUESTION)
    await room.writes(STRANGER, "Je réponds pour elle.", in_reply_to=room.id_of(room.last_to(CAMILLE)))
    assert "Je réponds pour elle." in room.reads(OPERATOR)
    await room.replies(OPERATOR, "Qui êtes-vous?")
    assert "Qui êtes-vous?" in room.reads(STRANGER)


async def test_somebody_unknown_is_told_how_to_become_known(room: MailRoom) -> None:
    read = await room.writes(STRANGER, DECLARE)
    assert "Liez cette adresse à votre nom" in read
    assert PROVE not in read


async def test_whoever_is_proven_to_write_can_be_reached_again(room: MailRoom) -> None:
    await room.database.write(lambda tx: addresses.mark_dead(tx, "mail", CAMILLE, "5.1.1", room.clock.now()))
    await room.writes(CAMILLE, QUESTION)
    assert (await room.standing(CAMILLE)).dead_reason == "5.1.1"
    await room.writes(CAMILLE, QUESTION, authentication_results=PASSED)
    assert (await room.standing(CAMILLE)).dead_at is None
