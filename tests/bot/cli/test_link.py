"""`declic link`: the operator's hand ties an address to a person."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from storage import people
from tests.bot.cli.conftest import Organisation
from tests.fakes.telegram import FakeTelegram

FAULTY: Mapping[tuple[str, ...], str] = {
    ("fr", "Zoé Personne", "telegram", "301"): "Je ne connais personne du nom ou du numéro Zoé Personne.",
    ("en", "9999", "telegram", "302"): "I know nobody by the name or number 9999.",
    ("fr", "1", "pigeon", "301"): "Il n’y a pas de canal « pigeon » : choisissez mail, telegram.",
    ("fr", "1", "telegram", "@camille"): "« @camille » n’est pas une adresse sur Telegram",
    ("fr", "1", "courriel", "camille"): "« camille » n’est pas une adresse courriel : donnez-la seule",
    (
        "en",
        "1",
        "email",
        "Camille <camille@ecole.test>",
    ): "“Camille <camille@ecole.test>” is no e-mail address",
    ("en", "1", "telegram", "12.5"): "“12.5” is no address on Telegram: give the number of the account",
}
"""What is told to the language and words given."""


async def test_what_cannot_be_tied_is_told(organisation: Organisation) -> None:
    given = [(organisation.having(language=language), words) for language, *words in FAULTY]
    done = await asyncio.gather(*(declic("link", *words) for declic, words in given))
    assert [(one.code, one.out) for one in done] == [(1, "")] * len(FAULTY)
    for told, one in zip(FAULTY.values(), done, strict=True):
        assert one.err.startswith(told)


async def test_people_of_one_name_are_told_apart_by_their_numbers(organisation: Organisation) -> None:
    now = datetime.now(UTC)
    twins = [await organisation.write(lambda tx: people.add(tx, now, "Claude Double")) for _ in range(2)]
    done = await organisation("link", "Claude Double", "telegram", "101")
    assert done.code == 1
    assert done.err.splitlines() == [
        "Plusieurs personnes s’appellent Claude Double. Donnez le numéro :",
        *(f"{number} Claude Double" for number in twins),
    ]
    again = await organisation.having(language="en")("link", str(twins[1]), "telegram", "101", "--yes")
    assert (again.code, again.err) == (0, "")
    assert again.out.splitlines() == [
        "Linked: telegram 101 is now Claude Double.",
        "Before, this address belonged to Camille Essai.",
    ]


async def test_somebody_elses_address_is_asked_about_first(organisation: Organisation) -> None:
    refused = await organisation("link", "Camille Essai", "telegram", "103")
    assert refused.code == 1
    first, second, *_ = refused.err.splitlines()
    assert first.startswith("telegram 103 est à Lou Ailleurs (n° ")
    assert first.endswith("ne pourra plus lui écrire. La donner à Camille Essai?")
    assert second.endswith("Pour le faire quand même, ajoutez --yes.")
    found = await organisation.write(lambda tx: people.by_address(tx, "telegram", "103"))
    assert found
    assert found.name == "Lou Ailleurs"
    done = await organisation("link", "Camille Essai", "telegram", "103", "--yes")
    assert "L’assistant ne peut plus écrire à Lou Ailleurs" in done.out


async def test_the_person_is_known_on_telegram_from_then_on(
    on_telegram: Organisation, telegram: FakeTelegram
) -> None:
    zoe = telegram.person(301, "Zoé")
    async with on_telegram.running():
        await zoe.says("mes déclarations")
        [stranger] = await zoe.hears()
        assert "je ne connais pas encore cette adresse" in stranger.text
        linked = await on_telegram("link", "Lou Ailleurs", "telegram", "301")
        assert (linked.code, linked.err) == (0, "")
        assert linked.out.splitlines()[0] == "C’est relié : telegram 301 est maintenant Lou Ailleurs."
        assert "une personne sans nom" in linked.out
        await zoe.says("bonjour")
        [known] = await zoe.hears()
        assert known.text.startswith("Bonjour Lou Ailleurs!")


@pytest.mark.parametrize("channel", ["email", "mail", "Courriel", "e-mail"])
async def test_an_email_address_is_tied_in_small_letters(organisation: Organisation, channel: str) -> None:
    done = await organisation("link", "Camille Essai", channel, "Camille.Essai@Ecole.test")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("C’est relié : mail camille.essai@ecole.test est maintenant Camille Essai.")
    found = await organisation.write(lambda tx: people.by_address(tx, "mail", "camille.essai@ecole.test"))
    assert found
    assert (found.name, found.linked) == ("Camille Essai", True)
