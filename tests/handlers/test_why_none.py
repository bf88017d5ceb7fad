"""« Pourquoi n’ai-je pas reçu de rappel? », in people’s own words, and what they are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reading.words import fold
from handlers.reminders.why_none import NOT_SENT, SENT
from storage import campaigns, people, reminders
from storage.database import Transaction
from storage.states import ReminderKind
from tests.campaigning import act, at, by_hand, declares, id_of, local
from tests.handlers.test_headcount_reminder import seen
from tests.stage import Stage

WHY_NONE = "pourquoi je n’ai pas reçu de rappel?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Pourquoi je n’ai pas reçu de rappel?", NOT_SENT),
        ("pourquoi n’ai-je pas reçu de rappel", NOT_SENT),
        ("pourquoi j’ai pas eu de rappel cette semaine", NOT_SENT),
        ("pourquoi on ne m’a pas rappelé l’échéance?", NOT_SENT),
        ("pourquoi je ne reçois plus de rappels", NOT_SENT),
        ("Je n’ai reçu aucun rappel, pourquoi?", NOT_SENT),
        ("comment ça se fait que j’ai pas eu de rappel", NOT_SENT),
        ("pourquoi pas de rappel?", NOT_SENT),
        ("why did I not get a reminder?", NOT_SENT),
        ("Why wasn’t I reminded?", NOT_SENT),
        ("how come I got no reminder", NOT_SENT),
        ("I never got a reminder. Why?", NOT_SENT),
        ("j’ai reçu un rappel pourquoi", SENT),
        ("pourquoi je reçois un rappel alors que je n’ai pas fait de copies", SENT),
        ("why did I get a reminder when I have not copied anything", SENT),
        ("why am I getting reminders", SENT),
        ("pourquoi je n’ai pas reçu le code?", None),
        ("pourquoi je ne me rappelle pas de mon mot de passe", None),
        ("je n’ai pas reçu de rappel", None),
        ("rappelle-moi pourquoi on déclare", None),
        ("comment arrêter les rappels", None),
        ("why not", None),
    ],
)
def test_how_it_is_asked(text: str, meant: object) -> None:
    said = fold(text)
    assert next((one for one in (NOT_SENT, SENT) if one.search(said)), None) is meant


def stopped(tx: Transaction) -> None:
    people.set_reminders(tx, id_of(tx, "lou"), False)


def wants_no_deadlines(tx: Transaction) -> None:
    reminders.choose(tx, id_of(tx, "lou"), ReminderKind.DEADLINES, wanted=False)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        pytest.param(
            stopped,
            (
                "un rappel le 23 novembre 2026. Il ne vous est pas parvenu : vous ne vouliez aucun rappel.",
                "27 novembre 2026. Il ne partirait pas non plus.",
            ),
            id="stopped",
        ),
        pytest.param(
            lambda tx: declares(tx, "lou"), ("vous aviez déjà déclaré", "27 novembre 2026"), id="declared"
        ),
        pytest.param(wants_no_deadlines, ("vous ne vouliez pas de ce genre de rappel",), id="unwanted"),
        pytest.param(
            lambda _tx: None,
            (
                "Le dernier est parti sur Telegram le 23 novembre 2026 à 8 h",
                "(les échéances de déclaration) : 27 novembre 2026, sur Telegram, si ce n’est pas déjà fait.",
            ),
            id="it came",
        ),
    ],
)
async def test_what_the_person_is_told(
    sqlite_url: str, meanwhile: Callable[[Transaction], object], told: tuple[str, ...]
) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, meanwhile)
        await at(stage, local(23, 8))
        await stage.post.drain()
        lou = stage.person("lou")
        lou.reads()
        page = seen(await lou.says(WHY_NONE))
        for line in told:
            assert line in page


async def test_of_one_that_was_called_off_it_is_said_who_had_it_sent(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        await act(stage, lambda tx: campaigns.cancel(tx, number, stage.clock.now()))
        await at(stage, local(18, 8))
        assert "la campagne a été annulée" in await stage.person("lou").says(WHY_NONE)


async def test_before_any(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        page = seen(await stage.person("lou").says(WHY_NONE))
        assert "Aucun rappel n’était prévu pour vous depuis le 18 septembre 2026." in page
        assert "23 novembre 2026, sur Telegram" in page


async def test_in_the_middle_of_a_declaration_its_question_comes_below(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        lou = stage.person("lou")
        await lou.says("déclarer")
        page = await lou.says(WHY_NONE)
        assert "Aucun rappel n’était prévu" in page
        assert "Qu’avez-vous copié?" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("parent", "Les rappels ne sont pas pour votre rôle"),
        ("stranger", "je ne connais pas encore cette adresse"),
    ],
)
async def test_who_gets_none_is_told_so(sqlite_url: str, name: str, said: str) -> None:
    async with Stage(sqlite_url) as stage:
        assert said in await stage.person(name).says(WHY_NONE)
