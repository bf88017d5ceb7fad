"""A machine answers so much and no more: two that write to each other stop, and people are told why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.mail.fetch.caps import Echoes
from storage import addresses, volumes
from storage.sweeping import forget
from tests.bot.channels.mail.post_room import CAMILLE, OPERATOR, OURS, PASSED, STRANGER, MailRoom
from tests.bot.channels.mails import mail
from tests.stage import TUESDAY, furnished

HUMAN = "une personne de l’équipe va lire"
HOUR = timedelta(hours=1)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(database_url) as room:
        room.limit(per_hour=3, per_day=5)
        yield room


async def flood(room: MailRoom, count: int, **headers: str) -> list[str]:
    """So many mails of a stranger's, each different: what comes of each."""
    texts = (
        f"Mot de passe oublié, essai {word}"
        for word in ["un", "deux", "trois", "quatre", "cinq", "six"][:count]
    )
    return [await room.writes(STRANGER, text, **headers) for text in texts]


async def test_after_so_many_answers_a_human_reads(room: MailRoom) -> None:
    read = await flood(room, 6)
    assert all(read[:3])
    assert not any(HUMAN in one for one in read[:3])
    assert HUMAN in read[3]
    assert "someone on the team will read" in read[3]
    assert read[4:] == ["", ""]
    assert await room.parked() == ["too-many"] * 3
    alert = await room.alerts()
    assert alert.count("⚠️") == 1
    assert "trop de courriels" in alert


async def test_somebody_of_the_roster_who_is_proven_gets_more(room: MailRoom) -> None:
    read = [
        await room.writes(CAMILLE, f"Mot de passe oublié, essai {word}", authentication_results=PASSED)
        for word in ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    ]
    assert [HUMAN in one for one in read] == [False] * 9 + [True]


async def test_mails_without_a_word_are_no_loop(room: MailRoom) -> None:
    assert all([await room.writes(STRANGER, "", subject="") for _ in range(3)])
    assert await room.parked() == []


async def test_another_sender_is_answered_meanwhile(room: MailRoom) -> None:
    await flood(room, 4)
    assert HUMAN not in await room.writes(CAMILLE, "Mot de passe oublié")


async def test_the_next_hour_has_its_answers_until_the_day_is_full(room: MailRoom) -> None:
    await flood(room, 5)
    room.tick(HOUR)
    read = await flood(room, 4)
    assert [HUMAN in one for one in read] == [False, False, True, False]
    room.tick(HOUR)
    assert await flood(room, 1) == [""]
    room.tick(timedelta(days=1))
    assert HUMAN not in (await flood(room, 1))[0]


async def test_midnight_elsewhere_is_no_new_day(room: MailRoom) -> None:
    room.limit(per_hour=9)
    room.clock.at = datetime(2026, 11, 17, 23, 50, tzinfo=UTC)
    assert HUMAN in (await flood(room, 6))[5]
    room.tick(timedelta(minutes=20))
    assert await flood(room, 1) == [""]
    assert (await room.alerts()).count("⚠️") == 1


async def test_a_mail_that_was_put_aside_is_not_heard_at_a_second_look(room: MailRoom) -> None:
    await flood(room, 3)
    raw = mail("Mot de passe oublié", **{"from": STRANGER})
    await room.takes(raw)
    room.tick(timedelta(days=2))
    room.reads(STRANGER)
    await room.takes(raw)
    assert room.reads(STRANGER) == ""


async def test_somebody_known_is_told_in_their_language_alone(room: MailRoom) -> None:
    room.limit(per_hour=1)
    await room.writes("morgan@ecole.test", "Mot de passe oublié")
    read = await room.writes("morgan@ecole.test", "Compte verrouillé")
    assert "someone on the team will read" in read
    assert HUMAN not in read


async def test_answers_that_take_a_talk_further_do_not_count(room: MailRoom) -> None:
    read = await room.writes(CAMILLE, "déclarer", authentication_results=PASSED)
    for line in ("Genre : livre", "Titre : Le loup blanc", "Auteur : Zoé", "Pages : 12", "Élèves : 20"):
        read = await room.replies(CAMILLE, line)
        assert read
        assert HUMAN not in read
    assert await room.asks(lambda tx: volumes.count(tx, CAMILLE, TUESDAY - HOUR)) <= 3


async def test_an_operator_answers_as_many_alerts_as_there_are(room: MailRoom) -> None:
    room.limit(per_hour=2)
    await room.database.write(lambda tx: addresses.mark_dead(tx, "terminal", "operator", "x", TUESDAY))
    senders = [f"{n}@ailleurs.test" for n in range(4)]
    for sender in senders:
        await room.writes(sender, "humain")
        await room.replies(sender, "Mon compte est bloqué, rien ne va.")
    alerts = room.mailboxes["mail", OPERATOR].letters[:]
    for alert in alerts:
        assert "parti vers la personne" in await room.writes(
            OPERATOR, "C'est réglé.", in_reply_to=room.id_of(alert)
        )
    assert ["C'est réglé." in room.reads(sender) for sender in senders] == [True] * 4


async def test_another_assistant_is_not_answered(room: MailRoom) -> None:
    """Our letters say that a machine wrote them, so that not even a first answer comes."""
    raw = mail("Voici ce que je sais.", auto_submitted="auto-replied", **{"from": "robot@ailleurs.test"})
    await room.takes(raw)
    assert room.reads("robot@ailleurs.test") == ""


async def test_a_robot_that_says_so_to_nobody_stops_within_three_mails(room: MailRoom) -> None:
    room.limit(per_hour=10)
    read = [await room.writes("robot@ailleurs.test", "J'ai bien reçu votre message.")]
    while read[-1] and len(read) < 9:
        read.append(await room.replies("robot@ailleurs.test", "J'ai bien reçu votre message."))
    assert len(list(filter(None, read))) <= 3
    assert await room.parked() == ["loop"]
    assert "boucle possible entre deux robots" in await room.alerts()


async def test_a_robot_that_numbers_its_mails_stops_as_soon(room: MailRoom) -> None:
    texts = [f"Votre demande no {1000 + n} a bien été reçue." for n in range(3)]
    read = [await room.writes("robot@ailleurs.test", text) for text in texts]
    assert [bool(one) for one in read] == [True, True, False]
    assert await room.parked() == ["loop"]


def test_numbers_make_no_loop_where_they_are_answers_or_all_that_is_said() -> None:
    echoes = Echoes()
    for number in range(9):
        for text, taken in (("Pages 1 à {}", True), ("le {}", False)):
            said = text.format(number)
            assert not echoes.is_loop(text, said, TUESDAY)
            echoes.note(text, said, TUESDAY, taken=taken)


def test_somebody_may_say_yes_to_several_questions_but_no_machine_for_ever() -> None:
    echoes = Echoes()
    for _ in range(11):
        assert not echoes.is_loop(CAMILLE, "oui", TUESDAY)
        echoes.note(CAMILLE, "oui", TUESDAY, taken=True)
    assert echoes.is_loop(CAMILLE, "oui", TUESDAY)
    assert not echoes.is_loop(CAMILLE, "non", TUESDAY)
    assert not echoes.is_loop(STRANGER, "oui", TUESDAY)
    assert not echoes.is_loop(CAMILLE, "oui", TUESDAY + HOUR + timedelta(seconds=1))


def test_the_third_same_text_in_a_row_is_a_loop() -> None:
    echoes = Echoes()
    for text in ("a", "b", "a", "a"):
        assert not echoes.is_loop(STRANGER, text, TUESDAY)
        echoes.note(STRANGER, text, TUESDAY, taken=False)
    assert echoes.is_loop(STRANGER, " a\n", TUESDAY)


def test_no_number_of_senders_fills_the_memory() -> None:
    echoes = Echoes()
    for n in range(10_050):
        echoes.note(f"{n}@ailleurs.test", "a", TUESDAY + timedelta(seconds=n), taken=False)
    assert len(echoes._last) <= 10_000


async def test_what_is_done_with_is_forgotten(room: MailRoom) -> None:
    await flood(room, 4)
    await forget(room.database, furnished().settings.keep, TUESDAY + timedelta(days=13))
    assert await room.parked() == ["too-many"]
    assert await room.asks(lambda tx: volumes.newest(tx, STRANGER)) is None
    await forget(room.database, furnished().settings.keep, TUESDAY + timedelta(days=15))
    assert await room.parked() == []


async def test_our_own_address_never_answers_itself(room: MailRoom) -> None:
    assert await room.writes(OURS, "Mot de passe oublié") == ""
