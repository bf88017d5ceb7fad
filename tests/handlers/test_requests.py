"""The short forms: each ends in a ticket with what the team needs, or says why none is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from faq.loader import load_entries
from handlers.requests.table import REQUESTS
from storage import tickets
from storage.tickets import Ticket
from tests.stage import Stage


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def kept(stage: Stage) -> Ticket | None:
    """The first ticket."""
    return await stage.database.read(lambda tx: tickets.by_id(tx, 1))


@pytest.mark.parametrize(
    ("who", "said", "kind", "text", "tried"),
    [
        (
            "camille",
            ("compte bloqué", "copibec", "camille@tilleuls.invalid", "hier", "deux essais", "envoyer"),
            "account-locked",
            (
                "Compte\u00a0: Celui pour déclarer (Copibec)\nCourriel du compte\u00a0: camille@tilleuls.invalid\n"
                "Depuis\u00a0: lundi 16 novembre 2026\n\nÀ transmettre à Copibec\u00a0: lui seul redonne l’accès."
            ),
            "deux essais",
        ),
        (
            "morgan",
            ("changed school", "École A", "École B", "yesterday", "send"),
            "school-changed",
            (
                "Ancienne école\u00a0: École A\nNouvelle école\u00a0: École B\nDepuis\u00a0: lundi 16 novembre 2026\n\n"
                "1. Déplacer la personne dans notre liste.\n"
                "2. Transmettre à Copibec\u00a0: lui seul change l’école du compte."
            ),
            "",
        ),
        (
            "claude",
            ("questa", "en partie", "oui", "oui", "Accès refusé", "envoyer"),
            "questa",
            (
                "Aide de l’équipe\u00a0: Oui, de l’aide\nMessage affiché\u00a0: Accès refusé\n\n"
                "La personne fait elle-même la demande Questa\u00a0: l’aider à la faire."
            ),
            "Guide d’accès\u00a0: En partie; Vérifié dans le GPI\u00a0: Oui, tout est exact",
        ),
        (
            "direction",
            ("avis de frais", "passer", "12", "Que dois-je accepter?", "envoyer"),
            "fees",
            (
                "Numéro de la déclaration\u00a0: 12\nQuestion\u00a0: Que dois-je accepter?\n\n"
                "Ne donner aucun montant\u00a0: seul Copibec les connaît."
            ),
            "",
        ),
        (
            "stranger",
            ("autre demande", "autre chose", "Un prospectus à imprimer", "demandé à l’école", "envoyer"),
            "other",
            "Sujet\u00a0: Autre chose\nDemande\u00a0: Un prospectus à imprimer",
            "demandé à l’école",
        ),
    ],
)
async def test_a_request_ends_in_a_ticket(
    stage: Stage, who: str, said: tuple[str, ...], kind: str, text: str, tried: str
) -> None:
    player, (*before, last) = stage.person(who), said
    for words in before:
        await player.says(words)
    assert await kept(stage) is None
    page = await player.says(last)
    found = await kept(stage)
    assert found
    assert (found.kind, found.text, found.tried) == (kind, text, tried)
    assert ("What now" if who == "morgan" else "Et maintenant") in page


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("compte bloqué", "pi"), "La plateforme PI ne se débloque pas par Copibec"),
        (("compte bloqué", "un autre"), "Un autre compte se débloque auprès de qui le gère"),
        (("questa", "oui", "oui", "non"), "faites la «\u00a0Demande Questa\u00a0»"),
    ],
)
async def test_no_ticket_where_the_team_can_do_nothing(
    stage: Stage, said: tuple[str, ...], answer: str
) -> None:
    camille = stage.person("camille")
    assert answer in [await camille.says(words) for words in said][-1]
    assert await kept(stage) is None


@pytest.mark.parametrize(
    ("listed", "followed", "advice"),
    [
        ("pas encore", "oui", "Faites d’abord vérifier le GPI"),
        ("oui", "en partie", "Suivez d’abord le guide"),
        ("oui", "oui", "Tout est vérifié"),
    ],
)
async def test_the_questa_request_comes_after_what_is_left_to_check(
    stage: Stage, listed: str, followed: str, advice: str
) -> None:
    camille = stage.person("camille")
    assert advice in [await camille.says(words) for words in ("questa", followed, listed)][-1]


async def test_the_same_school_twice_is_no_change(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("j'ai changé d'école")
    await camille.presses("École des Tilleuls fictifs")
    assert "C’est la même école que l’ancienne" in await camille.says("ecole des tilleuls fictifs")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("en août", "pas reconnu de nom d’école"),
        ("je veux faire une demande questa", "À quelle école étiez-vous?"),
        ("j'ai oublié mon mot de passe", "À quelle école étiez-vous?"),
        ("envoyer", "avant d’envoyer"),
        ("tilleuls", "À quelle école êtes-vous maintenant?"),
        ("École de la Colline", "À quelle école êtes-vous maintenant?"),
    ],
)
async def test_a_school_is_what_is_named_like_one(stage: Stage, said: str, answer: str) -> None:
    camille = stage.person("camille")
    await camille.says("j'ai changé d'école")
    assert answer in await camille.says(said)


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("hier", "Depuis\u00a0: lundi 16 novembre 2026"),
        ("avant la rentrée", "Depuis\u00a0: avant la rentrée"),
        ("cet été", "Depuis\u00a0: cet été"),
        ("last August", "Depuis\u00a0: last August"),
        ("je sais pas", "Nouvelle école\u00a0: École B\n\nRien"),
        ("demain", "pas encore passé"),
        ("il fait beau", "pas reconnu de date"),
    ],
)
async def test_since_when_may_be_told_roughly(stage: Stage, said: str, since: str) -> None:
    camille = stage.person("camille")
    for words in ("j'ai changé d'école", "École A", "École B"):
        await camille.says(words)
    assert since in await camille.says(said)


def test_the_entries_lead_to_them() -> None:
    flows = {entry.flow for entry in load_entries()}
    assert {one.name for one in REQUESTS} - {"other"} <= flows
