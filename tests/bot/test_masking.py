"""Whoever writes a pupil's number is told once that it was masked, whatever they were doing, on every channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.blanking import BLANK
from bot.cleaning import cleaned
from bot.messages import Envelope, File, Heard, Kind, Thread
from storage.database import Transaction
from storage.tables import metadata
from tests.letters import Draft
from tests.stage import TUESDAY, Stage

TOLD = "J’ai masqué un numéro"
CODE = "TREM 1234 5678"
PLAIN = Heard("telegram", "101", "1", TUESDAY)


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize("channel", ["telegram", "terminal", "mail"])
async def test_it_is_told_once_a_message_on_every_channel(stage: Stage, channel: str) -> None:
    camille = stage.person("camille", channel)
    says = camille.writes if channel == "mail" else camille.says
    assert (await says(f"Les fiches 1234567 et 7654321, et {CODE}")).count(TOLD) == 1
    assert TOLD not in await says("bonjour")


BEFORE: Sequence[tuple[str, ...]] = (
    (),
    ("déclarer",),
    ("déclarer", "livre", "passer"),
    ("je ne peux pas signer le PI",),
    ("questa", "oui", "oui", "oui"),
    ("autre demande", "pi"),
    ("parler à quelqu'un",),
)
"""What somebody may be doing."""


@pytest.mark.parametrize("before", BEFORE)
async def test_it_is_told_in_the_middle_of_anything(stage: Stage, before: Sequence[str]) -> None:
    camille = stage.person("camille")
    for text in before:
        assert TOLD not in await camille.says(text)
    page = await camille.says("Voici la fiche 1234567 de l'élève")
    assert page.startswith(TOLD)
    assert "1234567" not in page


@pytest.mark.parametrize("text", ["9782070612758", "978207061275", "207061275", "0317847"])
async def test_a_slip_in_a_books_number_is_asked_about_and_no_more(stage: Stage, text: str) -> None:
    """The last one, an ISSN with a digit too few, is masked all the same: it looks like a pupil's."""
    camille = stage.person("camille")
    for before in ("déclarer", "livre"):
        await camille.says(before)
    assert TOLD not in await camille.says(text)


async def test_an_answer_to_a_person_of_the_team_is_masked_too(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("parler à quelqu'un")
    await camille.says("Un parent ne peut pas signer le plan.")
    operator.reads()
    assert TOLD in await operator.replies("Écrivez la fiche 1234567 dans Mozaïk.")
    assert f"la fiche {BLANK} dans Mozaïk" in camille.reads()


async def test_in_a_letter_the_subject_counts_and_what_it_quotes_does_not(stage: Stage) -> None:
    claude = stage.person("claude", "mail")
    assert TOLD in await claude.writes("Bonjour", draft=Draft(subject="Fiche 1234567"))
    assert TOLD not in await claude.writes("Merci beaucoup!")


async def test_in_english(stage: Stage) -> None:
    assert "I masked a number" in await stage.person("morgan").says("My pupil is 1234567")


async def test_a_button_tells_nothing(stage: Stage) -> None:
    camille = stage.person("camille")
    heard = replace(camille.heard(kind=Kind.PRESS, press="!entry:1234567"), text="1234567")
    camille.reads()
    await stage.hear(heard)
    assert TOLD not in camille.reads()


FIELDS: Mapping[str, Callable[[Heard, str], Heard]] = {
    "text": lambda heard, text: replace(heard, text=text),
    "all that was written": lambda heard, text: replace(heard, envelope=Envelope(written=text)),
    "the quote": lambda heard, text: replace(heard, envelope=Envelope(whole=text)),
    "the subject": lambda heard, text: replace(heard, envelope=Envelope(Thread(text))),
    "an attachment": lambda heard, text: replace(heard, envelope=Envelope(attachments=(text,))),
    "a file": lambda heard, text: replace(heard, files=(File(text, "text/csv", b""),)),
}
"""Wherever somebody may write."""
NUMBERS = st.from_regex(r"[1-9][0-9]{6}", fullmatch=True)
AROUND = st.sampled_from(("", " ", "\n", "fiche ", "fiche : ", "(", ") ", " et ", "élève "))
CHANNELS = st.sampled_from(("telegram", "terminal", "mail"))


@given(CHANNELS, st.sampled_from(sorted(FIELDS)), AROUND, NUMBERS, AROUND)
def test_no_field_of_any_channel_keeps_a_pupils_number(
    channel: str, field: str, before: str, number: str, after: str
) -> None:
    heard = FIELDS[field](replace(PLAIN, channel=channel), f"{before}{number}{after}")
    assert number in repr(heard)
    assert number not in repr(cleaned(heard))


@pytest.mark.parametrize("channel", ["telegram", "terminal", "mail"])
async def test_no_table_keeps_it_either(stage: Stage, channel: str) -> None:
    camille = stage.person("camille", channel)
    for text in ("La fiche 1234567?", "parler à quelqu'un", "La fiche 1234567 ne paraît pas du tout."):
        await (
            camille.writes(text, draft=Draft(subject="1234567")) if channel == "mail" else camille.says(text)
        )

    def rows(tx: Transaction) -> str:
        return repr([tx.execute(select(table)).all() for table in metadata.sorted_tables])

    kept = await stage.database.read(rows)
    assert BLANK in kept
    assert "1234567" not in kept


@pytest.mark.parametrize(
    ("heard", "masked"),
    [
        (replace(PLAIN, text="fiche 1234567"), True),
        (replace(PLAIN, text="Composé e\u0301 et \x00 sans numéro"), False),
        (replace(PLAIN, text=f"déjà {BLANK}"), False),
        (replace(PLAIN, envelope=Envelope(written="fiche 1234567")), True),
        (replace(PLAIN, envelope=Envelope(Thread("fiche 1234567"))), True),
        (replace(PLAIN, envelope=Envelope(whole="> fiche 1234567")), False),
        (replace(PLAIN, files=(File("fiche-1234567.pdf", "application/pdf", b""),)), False),
    ],
)
def test_what_counts_as_written(heard: Heard, masked: bool) -> None:
    assert cleaned(heard).masked is masked
