"""Dates as people write them, read on Wednesday, October 14, 2026 unless said otherwise."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.question import Reader
from bot.reading import a_date
from tests.bot.answers import WEDNESDAY, ZONE, outcome, typed

TODAY = WEDNESDAY.date()
READER: Reader[date] = a_date(timedelta(days=365))


def read_on(today: date, text: str) -> str:
    return str(outcome(READER, text, at=datetime(today.year, today.month, today.day, 8, tzinfo=ZONE)))


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        (
            "2026-10-14",
            """
            aujourd’hui | Aujourd'hui! | aujourdhui | auj | today | ce matin | cet après-midi
            cet avant-midi | ce midi | tantôt | tout à l’heure | maintenant | this morning
            earlier today | just now | mercredi | Wednesday | ce mercredi | c’était aujourd’hui | 14
            le 14
            """,
        ),
        (
            "2026-10-13",
            """
            hier | Hier. | hier soir | hier matin | hier après-midi | yesterday | yesteday
            yesterday morning | last night | mardi | mardi le 13 | le mardi 13 octobre | Tuesday
            c’était hier, en classe | hier (13 octobre) | hier mardi
            """,
        ),
        (
            "2026-10-12",
            """
            avant-hier | avant hier | the day before yesterday | before yesterday | il y a 2 jours
            il y a deux jours | 2 days ago | lundi | Lundi | lun. | lundi passé | lundi dernier
            le lundi passé | ce lundi | last Monday | this Monday | monday | on Monday | lundi matin
            lundi à 10 h 30 | lundi en classe | c’était lundi | le dernier lundi | lundi, je pense
            j’ai copié lundi | 12 oct | 12 oct. | 12 octobre | le 12 octobre | lundi 12 octobre
            lundi le 12 octobre | 12 octobre 2026 | 12 oct. 26 | 12-oct-2026 | 12 d’octobre
            douze octobre | le 12 | 12 | 12e | October 12 | Oct. 12 | oct 12 | October 12th
            October 12th, 2026 | the 12th of October | 12th October 2026 | Monday, October 12
            October the 12th | 12 OCTOBRE | 12octobre | vers le 12 octobre | 12 octobbre | 12 ocotbre
            12 octobe | 12 octber | 12/10 | 10/12 | 12/10/2026 | 10/12/2026 | 12-10-2026 | 12.10.2026
            12 10 2026 | 2026-10-12 | 2026/10/12 | 2026.10.12 | 2026 10 12 | 20261012 | 12/10/26
            26-10-12 | 12 octobre à 13h30 | 12 octobre 13:30 | oct12 | 12oct | 12/oct/2026
            12 octobre passé
            """,
        ),
        (
            "2026-10-07",
            """
            mercredi passé | mercredi dernier | last Wednesday | il y a une semaine | il y a 7 jours
            a week ago | one week ago
            """,
        ),
        (
            "2026-10-09",
            """
            vendredi | vendedi | vendrdi | Friday | vendredi passé | vendredi de la semaine passée
            la semaine passée, vendredi | Friday last week | last week Friday
            l’autre semaine, vendredi | il y a 5 jours | ça fait cinq jours | five days ago
            """,
        ),
        (
            "2026-10-06",
            """
            mardi de la semaine passée | Tuesday of last week
            """,
        ),
        (
            "2026-10-01",
            """
            1er octobre | le 1er octobre | le premier octobre | 1 octobre | October 1st | October first
            first of October
            """,
        ),
        (
            "2026-09-30",
            """
            30 sept | 30 septembre | il y a deux semaines | 2 weeks ago | le 30
            """,
        ),
        (
            "2026-08-31",
            """
            31 août | 31 aout | le 31 | August 31 | Aug 31
            """,
        ),
        (
            "2026-09-09",
            """
            9 sept | 9 septembre | Sept 9 | sept. 9 | 9 setembre | 9 septembre dernier
            """,
        ),
        (
            "2026-02-03",
            """
            3 fév | 3 fév. | 3 févr. | 3 fevrier | 3 février | Feb 3 | 3 feb
            """,
        ),
        (
            "2026-07-02",
            """
            2 juil | 2 juil. | 2 juill. | 2 juillet | July 2
            """,
        ),
        (
            "2026-03-05",
            """
            5 mars | March 5
            """,
        ),
        (
            "2025-12-30",
            """
            30 déc | 30 décembre | 30/12 | 12/30 | Dec 30 | 30 décembre 2025
            """,
        ),
        (
            "2025-11-13",
            """
            13 nov | 13 novembre | novembre 13
            """,
        ),
        (
            "2026-01-01",
            """
            1/1 | 1er janvier | 1er janv.
            """,
        ),
    ],
)
def test_a_day(day: str, texts: str) -> None:
    assert {text: read_on(TODAY, text) for text in typed(texts)} == dict.fromkeys(typed(texts), day)


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        (
            "no-date",
            """
            un roman | 100 élèves | je ne sais pas | c’est quoi la date limite? | pas lundi
            avant le 12 | after October 12 | lundi avec ma 4e | 2019 | mar 12 | 12-30-45-50
            2026-10-12-13 | ? | lundi ou plus tard | 12 pages
            """,
        ),
        (
            "which-day",
            """
            la semaine passée | last week | cette semaine | this week | la semaine du 12 octobre
            en octobre | octobre | in October | l’autre jour | the other day | récemment | les lundis
            on Mondays | il y a 2 mois | le mois passé | tous les jours | une fin de semaine
            cet automne
            """,
        ),
        (
            "one-date",
            """
            12 et 13 octobre | 12 ou 13 octobre | du 12 au 16 octobre | 12 oct, 13 oct | 12 oct 13 oct
            lundi et mardi | hier et aujourd’hui | hier ou avant-hier | le 12 et le 13
            October 12 and 13 | from Monday to Wednesday | lundi, mardi et le 12 octobre
            """,
        ),
        (
            "date-two-ways",
            """
            5/9 | 9/5 | 05/09/2026 | 5-9-2026 | 5/9/26 | dimanche de la semaine passée
            """,
        ),
        (
            "no-such-day",
            """
            31 avril | 32 octobre | 29 février | 29 février 2026 | Feb 30 | 2026-13-45 | 2026-02-29
            20261345 | 99 | 0 | le 45 | 13/13 | 31/4/2026 | 45/45/45 | 0/0
            """,
        ),
        (
            "day-mismatch",
            """
            vendredi le 13 | mardi 12 octobre | lundi 13 octobre | hier, lundi | Friday, October 12
            2026-10-12, mardi
            """,
        ),
        (
            "date-ahead",
            """
            demain | après-demain | tomorrow | day after tomorrow | vendredi prochain | next Monday
            prochain lundi | ce vendredi | this Friday | 30 novembre 2026 | 2026-10-15 | 15/10/2026
            2027-01-01
            """,
        ),
        (
            "date-too-old",
            """
            12 octobre 2024 | 2025-10-13 | 29 février 2024 | 12 oct 13 | 12/10/2024
            """,
        ),
    ],
)
def test_a_text_that_is_asked_again(reason: str, texts: str) -> None:
    expected = dict.fromkeys(typed(texts), f"read/{reason}")
    assert {text: read_on(TODAY, text) for text in typed(texts)} == expected
