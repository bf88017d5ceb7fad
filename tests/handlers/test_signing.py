"""The guided help for a parent who cannot sign: every side's way, and what may be passed on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select, update

from bot import markup
from bot.markup import RULE
from bot.messages import read_press
from bot.question import Answer
from handlers.signing import questions as ask
from handlers.signing.letter import SUPPORT
from handlers.signing.paths import PATHS, side_of
from handlers.signing.states import Result, Side
from storage.database import Transaction
from storage.people import Person, Place
from storage.states import Role
from storage.tables import school, ticket
from tests.stage import Player, Stage, as_text

LINK = "https://planinterventionparent.cssdm.gouv.qc.ca/"
BEGIN = "un parent ne peut pas signer le PI"
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
LONGEST_MAILTO = 2000
"""Characters: some mail programs on Windows take no longer link."""
SIDES = dict(zip(Side, ("parent", "personnel", "secrétaire", "direction"), strict=True))
CHANNELS = ("telegram", "mail")
CHECKS = [(side, at) for side, path in PATHS.items() for at in range(len(path))]


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def begun(stage: Stage, side: Side, channel: str = "telegram") -> tuple[Player, str]:
    """Somebody unknown who takes a side, and the first question."""
    player = stage.person("stranger", channel)
    await told(player, BEGIN)
    return player, await told(player, SIDES[side])


async def told(player: Player, text: str) -> str:
    """What comes of it, said as one says it on the channel."""
    return await (player.writes(text) if player.channel == "mail" else player.says(text))


async def answers(player: Player, result: Result) -> str:
    """Takes a choice of the last page by what it stands for."""
    values = {read_press(button.press): button for button in player.page.buttons}
    button = next(one for press, one in values.items() if getattr(press, "value", "") == result)
    return await player.presses(button.label)


async def walked(player: Player) -> list[str]:
    """To the end, nothing being solved: every page on the way."""
    pages = []
    while any(button.press.endswith((":tried", ":skip")) for button in player.page.buttons):
        skips = any(button.press.endswith(":skip") for button in player.page.buttons)
        pages.append(await (player.presses("Passer") if skips else answers(player, Result.TRIED)))
    return pages


def copied(page: str) -> str:
    """The part to be copied, as it reads between its rules."""
    _, text, _ = page.split(RULE)
    return text.strip("\n")


@pytest.mark.parametrize("side", Side)
async def test_the_link_to_sign_at_comes_first(stage: Stage, side: Side) -> None:
    _, page = await begun(stage, side)
    assert LINK in page


@pytest.mark.parametrize(("side", "at"), CHECKS)
async def test_it_ends_as_soon_as_it_is_solved(stage: Stage, side: Side, at: int) -> None:
    player, _ = await begun(stage, side)
    path = [check for check in PATHS[side] if check.question.name != "create"]
    for _ in path[:at]:
        await answers(player, Result.TRIED)
    if at < len(path):
        page = await answers(player, Result.SOLVED)
        assert page.startswith("Bonne nouvelle")
        assert (page.count("▫️"), page.count("✅")) == (at, 1)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_a_parent_passes_on_holds_nothing_of_anybody(stage: Stage, channel: str) -> None:
    player, _ = await begun(stage, Side.PARENT, channel)
    page = (await walked(player))[-1]
    text = copied(page)
    assert re.findall(r"\S*[:/@]\S+", text) == [LINK]
    assert not re.search(r"\d{2}|\bn°", text)
    assert text in markup.visible(player.page.html)
    assert all(button.label not in text for button in player.page.buttons)
    assert [said in text for said in ("prêt à être signé", "GPI", "Signer pour autrui")] == [True] * 3


async def test_the_letter_opens_in_the_secretarys_own_mail_program(stage: Stage) -> None:
    claude = stage.person("claude", "mail")
    await claude.writes(BEGIN)
    page = (await walked(claude))[-1]
    hrefs = {run.href for run in markup.read(claude.page.html) if run.href.startswith("mailto:")}
    link = hrefs.pop()
    parts = urlsplit(link)
    sent = parse_qs(parts.query, strict_parsing=True)
    assert (hrefs, parts.path, len(link) <= LONGEST_MAILTO) == (set(), SUPPORT, True)
    assert sent["body"][0].replace("\r\n", "\n") == copied(page)
    assert f"Objet\u00a0: {sent['subject'][0]}\n" in page
    assert as_text(claude.page).count(SUPPORT) == 2


async def test_the_letter_is_a_blank_form_with_the_school_alone(stage: Stage) -> None:
    claude = stage.person("claude")
    await claude.says(BEGIN)
    page = (await walked(claude))[-1]
    filled = [line.partition("\u00a0:")[::2] for line in copied(page).splitlines() if "\u00a0:" in line]
    items, checked = filled[:5], filled[5:]
    assert [value.strip() for _, value in items] == ["École des Tilleuls fictifs", "", "", "", ""]
    assert [name for name, _ in checked] == ["Déjà vérifié"]
    assert copied(page).count("\n- ") == len(PATHS[Side.SECRETARY])
    assert "mailto" not in claude.page.html


@pytest.mark.parametrize("side", Side)
async def test_nobody_is_asked_for_a_number_or_a_name_of_a_pupil(stage: Stage, side: Side) -> None:
    player, first = await begun(stage, side)
    pages = [first, *await walked(player)]
    asked = [line for page in pages for line in re.split(r"(?<=[.!?])\s", page) if line.endswith("?")]
    assert len(asked) >= len(PATHS[side]) - 1
    assert [one for one in asked if re.search(r"num[ée]ro|fiche|code|nom ", one)] == []


async def test_nothing_is_kept_of_it_and_nobody_is_told(stage: Stage) -> None:
    player, _ = await begun(stage, Side.PARENT)
    await walked(player)
    count = select(func.count()).select_from(ticket)
    assert await stage.database.read(lambda tx: tx.execute(count).scalar_one()) == 0
    assert stage.person("operator").reads() == ""


@pytest.mark.parametrize(
    "said", ["jai pas de compte", "j’ai pas de mozaik", "I don't have an account", "pas encore de compte"]
)
async def test_whoever_has_no_account_is_not_asked_for_it_nor_for_its_address(
    stage: Stage, said: str
) -> None:
    assert ask.ACCOUNT.reader.read(Answer(said, NOW)) is Result.LACKING
    player, _ = await begun(stage, Side.PARENT)
    assert "Le compte se crée" in await player.says(said)
    assert "Compte Mozaïk : Non" in (await player.says("je ne peux pas essayer")).replace("\u00a0", " ")


async def test_what_is_solved_for_certain_may_still_get_stuck_again(stage: Stage) -> None:
    player, _ = await begun(stage, Side.PARENT)
    assert (await answers(player, Result.SOLVED)).startswith("Bonne nouvelle")
    assert "Trouvons ensemble" in await player.says("non ça marche pas")


async def test_no_pupils_name_gets_into_the_letter(stage: Stage) -> None:
    player, _ = await begun(stage, Side.SECRETARY)
    for _ in PATHS[Side.SECRETARY]:
        await answers(player, Result.TRIED)
    for said in ("fiche 1234567 Noé Exemple", "Noé Exemple", "mon élève est à l'école Noé", "en août"):
        assert "pas reconnu de nom d’école" in await player.says(said)
    assert "école\u00a0: École de la Colline" in copied(await player.says("École de la Colline"))


PHONE = "514 555-0142, poste 2001"


async def with_phone(stage: Stage) -> Player:
    """A parent who has checked all, where one school's phone is known: asked for the school."""

    def give(tx: Transaction) -> None:
        tx.execute(update(school).where(school.c.name.contains("Tilleuls")).values(phone=PHONE))

    await stage.database.write(give)
    player, _ = await begun(stage, Side.PARENT)
    for _ in range(3):
        await answers(player, Result.TRIED)
    assert "à quelle école va votre enfant?" in await answers(player, Result.TRIED)
    return player


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("École des Tilleuls fictifs",), f"(École des Tilleuls fictifs, {PHONE})"),
        (("tilleuls", "1"), f"(École des Tilleuls fictifs, {PHONE})"),
        (("les tileuls", "1"), f"(École des Tilleuls fictifs, {PHONE})"),
        (("ruisseau", "1"), "(École du Ruisseau fictif)"),
        (("tilleuls", "non"), "(tilleuls)"),
        (("École de la Colline",), "(École de la Colline)"),
        (("passer",), "l’école\u00a0: il"),
        (("tilleuls", "retour", "passer"), "l’école\u00a0: il"),
    ],
)
async def test_a_parent_who_names_the_school_gets_its_number(
    stage: Stage, said: tuple[str, ...], found: str
) -> None:
    player = await with_phone(stage)
    assert found in [await player.says(text) for text in said][-1]


@pytest.mark.parametrize(
    ("roles", "side"),
    [
        ((Role.TEACHER,), Side.STAFF),
        ((Role.TEACHER, Role.SPECIALIST), Side.STAFF),
        ((Role.SCHOOL_ADMIN,), Side.DIRECTION),
        ((Role.SECRETARY,), Side.SECRETARY),
        ((Role.PARENT,), Side.PARENT),
        ((Role.TEACHER, Role.PARENT), None),
        ((Role.TEACHER, Role.SCHOOL_ADMIN), None),
        ((Role.CSS_ADMIN,), None),
        ((Role.TEACHER, Role.OPERATOR), None),
        ((), None),
    ],
)
def test_a_role_is_asked_for_unless_it_is_certain(roles: tuple[Role, ...], side: Side | None) -> None:
    assert side_of(Person(1, places=tuple(Place(role) for role in roles))) is side


async def test_who_only_claims_to_be_somebody_proves_it_first(stage: Stage) -> None:
    camille = stage.person("camille", "mail")
    heard = replace(camille.heard(text=BEGIN), proven=False)
    await stage.hear(heard)
    page = camille.reads()
    assert "je dois m’assurer que c’est bien vous" in page
    assert LINK not in page
