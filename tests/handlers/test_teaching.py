"""The teaching loop: one ticket a question, answered once for everybody, and taught only on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from bot.messages import Call, Kind
from faq.loader import load_entries
from handlers.teaching.choices import A_PAGE
from storage import lessons
from storage.lessons import KeptLesson
from storage.tables import address, enquiry, role, ticket
from tests.cast import OF_THE_TEAM
from tests.editions import follow, found
from tests.stage import Player, Stage

FORWARD = "Transmettre ma question à l’équipe"
QUESTION = "Je m'appelle Camille Essai, où ranger les craies?"
SCRIPT = {
    QUESTION: found("unknown", "declare-how", "copy-limits"),
    "où sont les dates?": found("answer", "declare-deadlines", "declare-how"),
}


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


async def forwards(player: Player, question: str = QUESTION) -> str:
    await player.says(question)
    return await player.presses(FORWARD)


async def taught(stage: Stage) -> list[tuple[str, str | None, str | None]]:
    """The lessons in force: text, entry, answer."""
    found: tuple[KeptLesson, ...] = await stage.database.read(lessons.in_force)
    return [(one.text, one.entry, one.answer) for one in found]


async def tickets_open(stage: Stage) -> list[str]:
    open_ones = select(ticket.c.text).where(ticket.c.state == "open").order_by(ticket.c.id)
    return await stage.database.read(lambda tx: list(tx.scalars(open_ones)))


def shown(player: Player) -> list[str]:
    return [button.label for button in player.page.buttons]


async def presses(player: Player, command: str, argument: str) -> str:
    return await player.presses_old(str(Call(command, argument)))


async def test_the_entry_that_did_not_help_is_not_among_the_nearest(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("où sont les dates?")
    while FORWARD not in shown(camille):
        await camille.presses("👎 Pas utile")
    await camille.presses(FORWARD)
    assert shown(operator) == ["Comment déclarer une copie", "Une autre réponse…"]


async def test_a_question_is_handed_over_by_whoever_asked_it_alone(stage: Stage) -> None:
    await stage.person("camille").says(QUESTION)
    assert "n’est plus valable" in await presses(stage.person("lou"), "forward", "1")
    claimed = stage.person("camille").heard(kind=Kind.PRESS, press="!forward:1")
    await stage.hear(replace(claimed, proven=False))
    assert await tickets_open(stage) == []


async def test_a_question_that_was_passed_to_a_school_is_asked_of_the_team_by_others(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    await operator.presses_old("!pass:1-school")
    assert "La personne responsable de l’école a déjà cette question" in await camille.presses_earlier(
        FORWARD
    )
    assert "n°\N{NO-BREAK SPACE}2" in await forwards(stage.person("lou"))


async def test_somebody_who_asks_twice_has_one_ticket_and_one_answer(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    assert "L’équipe a déjà cette question (demande n°\u00a01)." in await forwards(camille)
    assert operator.reads().count("Demande n°") == 1
    assert "vers la personne (demande n°\u00a01)" in await operator.replies("Dans l'armoire.")
    assert camille.reads().count("Dans l'armoire.") == 1
    assert "a déjà répondu" in await presses(camille, "forward", "1")


async def test_the_operators_hear_once_that_somebody_else_asks_the_same(stage: Stage) -> None:
    await forwards(stage.person("camille"))
    for name in ("lou", "direction", "parent"):
        assert "la réponse viendra ici" in await forwards(stage.person(name))
    alerts = stage.person("operator").reads().replace("\u00a0", " ")
    assert alerts.count("une autre personne pose la même question\nDe : Lou Ailleurs") == 1
    assert alerts.count("Répondez à ce message") == 2
    page = await stage.person("operator").replies("Dans l'armoire.")
    assert "vers 4\u00a0personnes" in page


async def test_a_question_that_was_answered_before_is_a_new_ticket(stage: Stage) -> None:
    await forwards(stage.person("camille"))
    await stage.person("operator").replies("Dans l'armoire.")
    assert "n°\u00a02" in await forwards(stage.person("lou"))


async def test_when_no_operator_can_be_reached_the_asker_is_told(stage: Stage) -> None:
    gone = update(address).where(address.c.value.in_(OF_THE_TEAM)).values(dead_at=stage.clock.now())
    await stage.database.write(lambda tx: tx.execute(gone.values(dead_reason="blocked")))
    assert "Personne ne peut lire votre demande" in await forwards(stage.person("camille"))


@pytest.mark.parametrize("reply", ["2", "Combien peut-on copier?", " combien peut-on copier "])
async def test_a_reply_that_names_a_choice_of_the_alert_takes_it(stage: Stage, reply: str) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    assert "«\u00a0Combien peut-on copier?\u00a0»" in await operator.replies(reply)
    assert "Vous demandiez" in camille.reads()
    assert await taught(stage) == [("Je m'appelle •••, où ranger les craies?", "copy-limits", None)]


async def test_nothing_is_taught_unless_the_operator_says_so(stage: Stage) -> None:
    operator = stage.person("operator")
    await forwards(stage.person("camille"))
    await operator.replies("Bonjour Camille, dans l'armoire.")
    assert await taught(stage) == []
    await operator.presses("Redonner cette réponse")
    await operator.presses_earlier("Redonner cette réponse")
    learnt = ("Je m'appelle •••, où ranger les craies?", None, "Bonjour, dans l'armoire.")
    assert await taught(stage) == [learnt]
    await operator.presses("Ne pas le retenir")
    assert await taught(stage) == []


async def test_words_given_again_are_the_last_ones(stage: Stage) -> None:
    operator = stage.person("operator")
    await forwards(stage.person("camille"))
    alert = operator.mailbox.letters[-1].id
    await operator.replies("Dans l'armoire.")
    await stage.hear(operator.heard("Plutôt au local 12.", about=f"m{alert}"))
    assert "Plutôt" not in stage.person("camille").reads()
    await operator.presses("Les envoyer quand même")
    assert "Plutôt au local 12." in stage.person("camille").reads()
    assert "Je ne retrouve plus cela" in await operator.presses_earlier("Redonner cette réponse")
    await stage.hear(
        operator.heard(kind=Kind.PRESS, press=operator.mailbox.letters[-2].page.buttons[0].press)
    )
    assert [answer for _, _, answer in await taught(stage)] == ["Plutôt au local 12."]


async def test_an_answer_in_words_may_be_learnt_as_that_of_an_entry(stage: Stage) -> None:
    operator = stage.person("operator")
    await forwards(stage.person("camille"))
    await operator.replies("Dans l'armoire.")
    await operator.presses("Comment déclarer une copie")
    assert [entry for _, entry, _ in await taught(stage)] == ["declare-how"]


async def test_somebody_in_the_middle_of_something_keeps_their_numbers(stage: Stage) -> None:
    camille = stage.person("camille", "terminal")
    await forwards(camille)
    await camille.says("déclarer")
    await stage.person("operator").replies("1")
    answer = camille.reads()
    assert "[👍 Utile]" in answer
    assert "Quel est l’ISBN?" in await camille.says("1")


async def test_all_titles_can_be_had_page_by_page(stage: Stage) -> None:
    operator = stage.person("operator")
    await forwards(stage.person("camille"))
    await operator.presses("Une autre réponse…")
    labels = shown(operator)
    while "Suite" in shown(operator):
        await operator.presses("Suite")
        labels += shown(operator)
    entries = load_entries()
    assert sorted(set(labels) - {"Suite", "Page précédente"}) == sorted(
        one.answers[0].title for one in entries
    )
    assert labels.count("Suite") == (len(entries) - 1) // A_PAGE


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        ("teach", "1-no-such-entry"),
        ("teach", "99-declare-how"),
        ("teach", "2-declare-how"),
        ("teach", "declare-how"),
        ("lesson", "99-declare-how"),
        ("lesson", "1-no-such-entry"),
        ("reuse", "1-0a1b2c3d"),
        ("reuse", "99-0a1b2c3d"),
        ("unteach", "99"),
        ("unteach", "x"),
        ("titles", "declare-1-0"),
        ("titles", "teach-99-0"),
        ("titles", "teach-1"),
        ("titles", "teach-1-99"),
        ("titles", "lesson-x-0"),
        ("study", "99"),
    ],
)
async def test_what_is_not_there_any_more_changes_nothing(stage: Stage, command: str, argument: str) -> None:
    await forwards(stage.person("camille"))
    await stage.person("camille").says("parler à quelqu'un")
    await stage.person("camille").says("Mon compte est bloqué depuis hier.")
    assert "Je ne retrouve plus cela" in await presses(stage.person("operator"), command, argument)
    assert await taught(stage) == []
    assert len(await tickets_open(stage)) == 2


async def test_an_answer_reaches_those_whose_enquiry_is_forgotten(stage: Stage) -> None:
    await forwards(stage.person("camille"))
    await stage.database.write(lambda tx: tx.execute(delete(enquiry)))
    assert "vers la personne" in await stage.person("operator").replies("Dans l'armoire.")
    assert "Dans l'armoire." in stage.person("camille").reads()


async def test_two_operators_at_once_answer_once(postgres_url: str) -> None:
    async with Stage(postgres_url) as stage, Stage(postgres_url, beside=stage) as beside:
        for one in (stage, beside):
            follow(one, SCRIPT)
        camille = stage.person("camille")
        to_lou = update(role).where(role.c.person_id == 3).values(role="operator", school_id=None)
        await stage.database.write(lambda tx: tx.execute(to_lou))
        await forwards(camille)
        camille.reads()
        press = str(Call("teach", "1-declare-how"))
        both = (stage.person("operator"), beside.person("lou"))
        await asyncio.gather(*(one.stage.hear(one.heard(kind=Kind.PRESS, press=press)) for one in both))
        assert camille.reads().count("Vous demandiez") == 1
        assert len(await taught(stage)) == 1
