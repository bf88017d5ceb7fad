"""What a sentence tells of copies to come, beyond doubt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.question import Answer, Unreadable
from handlers.declarations.told import (
    an_extent,
    certain_kind,
    certain_total,
    kind_in,
    medium_in,
    total_in,
    wanted_in,
)

AT = datetime(2026, 11, 17, tzinfo=UTC)
WORDS = {
    "roman": "book",
    "livre": "book",
    "novel": "book",
    "manuel": "textbook",
    "cahier": "textbook",
    "image": "image",
}
KINDS, CERTAIN_KINDS = kind_in(WORDS), certain_kind(WORDS)


@pytest.mark.parametrize(
    ("text", "kind", "total", "wanted"),
    [
        ("puis-je copier les pages 12 à 40 d’un roman de 240 pages?", "roman", "240", "12-40"),
        ("may I copy pages 12-40 of a 240-page novel?", "novel", "240", "12-40"),
        ("Puis-je copier 30 pages d’un roman de 240 pages?", "roman", "240", "30 pages"),
        ("can I copy 60 pages out of 300 of a novel?", "novel", "300", "60 pages"),
        ("Puis-je copier les pages 3, 5 et 8 d’un livre de 40 pages?", "livre", "40", "3, 5, 8"),
        ("j’peux-tu copier p. 12-15 d’un manuel qui a 300 pages", "manuel", "300", "12-15"),
        ("Combien de pages d’un cahier de 200 pages puis-je copier?", "cahier", "200", None),
        ("un roman de 240 pages", "roman", "240", None),
        ("30 pages sur 240", None, "240", "30 pages"),
        ("240 pages, de 12 à 40", None, "240", "12-40"),
        ("240 pages au total, 12-40", None, "240", "12-40"),
        ("240, pages 12 à 40", None, "240", "12-40"),
        ("puis-je copier 10 % d’un roman de 240 pages", "roman", "240", None),
        ("une image d’un manuel", None, None, None),
        ("un poème de 2 pages d’un recueil de 120 pages", None, "120", "2 pages"),
        ("un roman de 240 pages et un roman de 300 pages", "roman", None, None),
        ("240 pages de 12 à 40", None, "240", "12-40"),
        ("actually 240", None, "240", None),
        ("c’est 240", None, None, None),
        ("novel, 250 pages, how many can I copy?", "novel", "250", None),
        ("un cahier d’exercices, 200 pages", "cahier", "200", None),
        ("je veux copier d’un roman, 30 pages", "roman", None, "30 pages"),
        ("puis je copier 5 autres pages de Forum?", None, None, "5 pages"),
        ("can I copy a whole short story", None, None, "whole"),
        ("puis-je copier un conte au complet?", None, None, "whole"),
        ("can I copy a whole novel", "novel", None, None),
        ("Combien coûte une photocopie?", None, None, None),
    ],
)
def test_a_sentence_tells(text: str, kind: str | None, total: str | None, wanted: str | None) -> None:
    answer = Answer(text, AT)
    found = wanted_in(answer)
    read = str(an_extent().read(Answer(found, AT))) if found else None
    assert (KINDS(answer), total_in(answer), read) == (kind, total, wanted)


@pytest.mark.parametrize(
    ("text", "count", "whole"),
    [
        ("12-40", 29, False),
        ("xii-xv, 1", 5, False),
        ("29 pages", 29, False),
        ("29 p.", 29, False),
        ("1 page", 1, False),
        ("page 30", 1, False),
        ("12, 15", 2, False),
        ("le texte au complet", None, True),
    ],
)
def test_pages_or_how_many(text: str, count: int | None, whole: bool) -> None:
    extent = an_extent().read(Answer(text, AT))
    assert (extent.count, extent.whole) == (count, whole)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30", "limits/page-or-pages"),
        ("0 pages", "read/page-numbers"),
        ("un chapitre", "read/which-pages"),
        ("bonjour", "read/no-pages"),
    ],
)
def test_what_is_no_extent(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        an_extent().read(Answer(text, AT))
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    ("text", "kind", "total", "medium"),
    [
        ("9 pages (12 à 20) de Forum 2, manuel, 240 pages au total, papier, hier", "manuel", "240", "papier"),
        ("pages 12 to 30 of The Giver (HarperCollins, 1993, 240 pages), on paper.", None, "240", "on paper"),
        ("les pages 3 à 5 du roman La cabane du lac", "roman", None, None),
        ("pages 3 to 5 of a 240-page novel, on screen", None, "240", "on screen"),
        ("les pages 3 à 5 du livre de lecture", None, None, None),
        ("les pages 3 à 5 du Roman de Renart", None, None, None),
        ("les pages 3 à 5 du cahier rouge pour hier", None, None, None),
        ("les pages 3 à 5 de La princesse de papier", None, None, None),
        ("un extrait de 9 pages", None, None, None),
        ("un roman de 240 pages et un cahier de 96 pages", None, None, None),
        ("sur papier et en numérique", None, None, None),
    ],
)
def test_what_is_certain_of_copies_made(
    text: str, kind: str | None, total: str | None, medium: str | None
) -> None:
    answer = Answer(text, AT)
    assert (CERTAIN_KINDS(answer), certain_total(answer), medium_in(answer)) == (kind, total, medium)
