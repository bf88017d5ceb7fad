"""What a person reads when an answer was not understood, word for word."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import reading
from bot.question import Answer, Reader, Unreadable
from bot.reading import (
    a_count,
    a_date,
    a_year,
    an_address,
    an_isbn,
    in_words,
    one_of_values,
    page_ranges,
    some_text,
    yes_or_no,
)
from bot.render import LANGUAGES, TEMPLATES, Wording
from tests.bot.answers import WEDNESDAY, ZONE

WORDING = Wording({}, ZONE)
SECONDS_OF_READING = 15
CHARACTERS_A_SECOND = 17
YEAR = timedelta(days=365)

REFUSED: list[tuple[Reader[object], str, str, str]] = [
    (
        one_of_values("a"),
        "b",
        "Je n’ai pas compris. Prenez un des choix ci-dessous",
        "I did not understand. Pick one of the choices below",
    ),
    (yes_or_no(), "bof", "Écrivez « oui » ou « non ».", "Write “yes” or “no”."),
    (some_text(), "...", "Écrivez au moins une lettre ou un chiffre.", "Write at least one letter or digit."),
    (some_text(), "passer", "Il me faut une réponse ici", "I need an answer here, even a rough one."),
    (some_text(min=3), "ab", "Il me faut au moins 3 caractères.", "I need at least 3 characters."),
    (
        some_text(),
        "a" * 1234,
        "300 caractères au plus, et votre texte en compte 1 234",
        "at most, and your text has 1,234",
    ),
    (a_count(), "<b>", "Un nombre approximatif suffit.", "A rough number is enough."),
    (a_count(), "31 février", "J’ai cru lire une date.", "I seem to read a date."),
    (a_count(), "30 à 28", "J’ai lu plusieurs nombres : 30, 28.", "I read several numbers: 30, 28."),
    (
        a_count(max=2000),
        "12345",
        "J’ai lu 12 345. Il me faut un nombre de 1 à 2 000.",
        "I read 12,345. I need a number from 1 to 2,000.",
    ),
    (a_year(), "x", "Écrivez-la en quatre chiffres.", "Write it in four digits."),
    (a_year(), "2019, 2018", "J’ai lu plusieurs années : 2019, 2018.", "I read several years: 2019, 2018."),
    (
        a_year(),
        "2050",
        "J’ai lu 2050. Il me faut une année de 1000 à 2027",
        "I read 2050. I need a year from 1000 to 2027",
    ),
    (
        a_date(YEAR),
        "x",
        "Il me faut un jour et un mois.",
        "I need a day and a month.",
    ),
    (a_date(YEAR), "lundi et mardi", "Donnez seulement la première.", "Give the first one alone."),
    (a_date(YEAR), "la semaine passée", "Il me faut un jour précis.", "I need the exact day."),
    (
        a_date(YEAR),
        "5/9",
        "le samedi 9 mai 2026 ou le samedi 5 septembre 2026.",
        "Saturday, May 9, 2026 or Saturday, September 5, 2026.",
    ),
    (
        a_date(YEAR),
        "31 avril",
        "Je n’ai pas trouvé ce jour au calendrier.",
        "I could not find that day in the calendar.",
    ),
    (
        a_date(YEAR),
        "mardi 12 octobre",
        "J’ai lu le lundi 12 octobre 2026, mais",
        "I read Monday, October 12, 2026, but",
    ),
    (
        a_date(YEAR),
        "demain",
        "J’ai lu le jeudi 15 octobre 2026, qui n’est pas encore passé.",
        "I read Thursday, October 15, 2026, which",
    ),
    (
        a_date(YEAR),
        "1 mai 2025",
        "C’est trop ancien : je remonte jusqu’au mardi 14 octobre 2025.",
        "I go back to Tuesday",
    ),
    (page_ranges(), "x y", "Écrivez leurs numéros", "I could not find any pages."),
    (page_ranges(), "12-15 pour 24 élèves", "Donnez les pages seules", "Give the pages alone"),
    (
        page_ranges(),
        "3 pages",
        "il me faut leurs numéros, par exemple",
        "I need their numbers, for example",
    ),
    (page_ranges(), "3 pages, 12-18", "Écrivez la première et la dernière", "Write the first and the last"),
    (in_words(some_text()), "oui", "« oui » ne semble pas répondre à la question.", "“oui” does not seem"),
    (
        page_ranges(),
        "0012-8",
        "J’ai lu 12-8, où la première page vient après la dernière.",
        "I read 12-8, where the first page",
    ),
    (page_ranges(), "90210", "J’ai lu la page 90 210. Les pages vont de 1 à 20 000", "I read page 90,210."),
    (
        page_ranges(40),
        "45",
        "J’ai lu la page 45, et l’œuvre a 40 pages.",
        "I read page 45, and the work has 40 pages.",
    ),
    (
        page_ranges(4),
        "i-v, 1-2",
        "J’ai compté 7 pages copiées, et l’œuvre en a 4.",
        "I counted 7 copied pages, and the work has 4.",
    ),
    (an_isbn(), "x", "Je n’ai pas reconnu d’ISBN ni d’ISSN.", "I could not find an ISBN or ISSN."),
    (an_isbn(), "0317-8471, 9783161484100", "J’ai lu plus d’un numéro.", "I read more than one number."),
    (
        an_isbn(),
        "978-3-16-148410-1",
        "J’ai lu <code>9783161484101</code>, mais les chiffres",
        "I read <code>9783161484101</code>, but",
    ),
    (
        an_isbn(),
        "97831614841",
        "<code>97831614841</code>, soit 11 chiffres.",
        "<code>97831614841</code>, which is 11 digits.",
    ),
    (
        an_isbn(),
        "1234567890128",
        "<code>1234567890128</code>. Un ISBN de 13 chiffres",
        "<code>1234567890128</code>. A 13-digit ISBN",
    ),
    (an_address(), "x", "Je n’ai pas reconnu d’adresse courriel.", "I could not find an e-mail address."),
    (an_address(), "a@b.ca c@d.ca", "J’ai lu plus d’une adresse.", "I read more than one address."),
]


def refusal(reader: Reader[object], text: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        reader.read(Answer(text, WEDNESDAY))
    return refused.value


@pytest.mark.parametrize(("reader", "text", "french", "english"), REFUSED)
def test_a_refusal_says_what_was_read_and_what_would_do(
    reader: Reader[object], text: str, french: str, english: str
) -> None:
    refused = refusal(reader, text)
    for language, part in (("fr", french), ("en", english)):
        said = WORDING.text(refused.reason, language, refused.data)
        assert part in said.replace("\u00a0", " ")
        assert len(said) <= SECONDS_OF_READING * CHARACTERS_A_SECOND


def test_each_refusal_has_its_wording_and_its_row_above() -> None:
    sources = Path(reading.__file__).parent.glob("*.py")
    reasons = {reason for file in sources for reason in re.findall(r'"(read/[a-z-]+)"', file.read_text())}
    assert reasons == {refusal(reader, text).reason for reader, text, _, _ in REFUSED}
    for language in LANGUAGES:
        written = {f"read/{file.stem}" for file in (TEMPLATES / language / "read").iterdir()}
        assert reasons <= written
