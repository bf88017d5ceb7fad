"""What a plain sentence answers beyond doubt, and above all what it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.question import Answer, Reader
from bot.reading import PUPIL_WORDS, a_count, a_date, an_isbn, is_doubtful, page_ranges
from tests.bot.answers import WEDNESDAY

READERS: dict[str, Reader[object]] = {
    "isbn": an_isbn(),
    "pages": page_ranges(),
    "pupils": a_count(of=PUPIL_WORDS),
    "day": a_date(timedelta(days=730)),
}
SENTENCES: dict[str, dict[str, str]] = {
    "J’ai copié les pages 12 à 30 de La cabane du lac pour 28 élèves lundi passé, ISBN 978-2-07-061275-8.": {
        "isbn": "9782070612758", "pages": "12-30", "pupils": "28", "day": "2026-10-12"},
    "I copied pages 5, 7 and 9 of The Lake Cabin for 25 students yesterday": {
        "pages": "5, 7, 9", "pupils": "25", "day": "2026-10-13"},
    "p.12-30, 28 élèves, hier": {"pages": "12-30", "pupils": "28", "day": "2026-10-13"},
    "p. 12 le 3 octobre pour ma classe de 24 élèves": {"pages": "12", "pupils": "24", "day": "2026-10-03"},
    "on October 12, pages 12 to 30 with 22 pupils": {"pages": "12-30", "pupils": "22", "day": "2026-10-12"},
    "les pages 12 à 30 de X, 28 élèves": {"pages": "12-30", "pupils": "28"},
    "isbn 2-07-061275-9, vendredi dernier": {"isbn": "9782070612758", "day": "2026-10-09"},
    "le lundi 5 octobre 2026, page 3": {"pages": "3", "day": "2026-10-05"},
    "3 élèves de 4e année sur 28": {},
    "28 élèves sur 30": {},
    "2 groupes de 28 élèves": {},
    "28 à 30 élèves": {},
    "24 élèves le matin et 22 élèves l’après-midi": {},
    "25 ou 26 élèves": {},
    "lundi passé et mardi passé": {},
    "le 12 ou le 13 octobre": {},
    "du 5 au 9 octobre": {},
    "depuis lundi passé": {},
    "chaque lundi": {},
    "le 10/12": {},
    "hier et aujourd’hui": {},
    "avant le 9 octobre": {},
    "pages 12 et 13 exercices": {},
    "pages 12, 15 et 18 élèves": {},
    "pages 12 à 30 et la page 45": {},
    "page 12 de 30": {},
    "la page 12 du chapitre 3": {},
    "30 pages": {},
    "9 pages (12 à 20) de Forum": {"pages": "12-20"},
    "9 pages (12 à 25) de Forum": {},
    "1984, et Fahrenheit 451": {},
    "Les 101 dalmatiens, 3e édition": {},
    "20 000 lieues sous les mers": {},
    "ISBN 978-2-07-061275-9": {},
    "978-2-07-061275-8 et 978-0-306-40615-7": {},
    "mon téléphone est le 2070612758": {},
    "le 28 élèves": {"pupils": "28"},
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "told"), SENTENCES.items(), ids=SENTENCES)
def test_only_what_is_certain_is_taken(sentence: str, told: dict[str, str]) -> None:
    found = {
        name: reader.find(Answer(sentence, WEDNESDAY)) for name, reader in READERS.items() if reader.find
    }
    read = {name: str(READERS[name].read(Answer(text, WEDNESDAY))) for name, text in found.items() if text}
    assert read == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Puis-je copier les pages 12 à 30 pour 28 élèves?",
        "Je n’ai pas copié les pages 12 à 30",
        "les pages 12 à 30 sauf la 15",
        "environ 28 élèves, page 3",
        "I should copy pages 12 to 30 for 28 students",
        "I didn't copy pages 12 to 30",
    ],
)
def test_a_doubt_about_the_whole_is_heard(sentence: str) -> None:
    assert is_doubtful(sentence)
