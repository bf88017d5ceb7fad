"""Pages as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question import Unreadable
from bot.reading import Pages, check_pages, page_ranges
from tests.bot.answers import outcome, typed


def read(text: str, last: int | None = None) -> str:
    return str(outcome(page_ranges(last), text))


@pytest.mark.parametrize(
    ("pages", "texts"),
    [
        (
            "xii-xv, 12-30, 45",
            """
            12-30, 45, xii-xv | xii-xv, 12-30 et 45 | XII–XV; 12 à 30; 45
            pages xii à xv, 12 à 30 et 45
            """,
        ),
        (
            "12-30",
            """
            12-30 | 12 - 30 | 12–30 | 12—30 | 12\u00a0–\u00a030 | 12 -- 30 | p. 12 à 30 | p.12-30
            p12-30 | pp. 12-30 | pages 12 à 30 | Pages : 12-30 | pg 12-30 | 12 à 30 | 12 a 30
            de 12 à 30 | du 12 au 30 | 12 jusqu’à 30 | de la page 12 à la page 30 | p. 12 à p. 30
            p.12-p.30 | les pages 12 à 30 | 12 to 30 | from 12 to 30 | from page 12 to page 30
            pages 12 through 30 | 12 thru 30 | 12 -> 30 | 12→30 | 12...30 | 12…30 | entre 12 et 30
            entre les pages 12 et 30 | between pages 12 and 30 | j’ai copié les pages 12 à 30
            I copied 12-30 | « 12-30 » | (12-30) | 12-30. | 12-30, | pages 12 à 30 inclusivement
            12-30 seulement | l’article, p. 12-30 | douze à trente | de douze à trente
            twelve to thirty | 12-30, 15-20 | 12-20, 21-30 | 12-30 (19 pages) | 19 pages : 12-30
            """,
        ),
        (
            "12-13",
            """
            12 et 13 | 12 and 13 | 12, 13 | 12,13 | 12 & 13 | 12 + 13 | 12; 13 | 12 puis 13
            pages douze et treize | I copied pages 12 and 13
            """,
        ),
        ("3-5", "les pages 3-4-5 | 3-4-5 | p. 3 - 4 - 5"),
        ("3-6, 9", "3-4-5-6, 9 | 3-4-5-6 et 9"),
        ("4-6", "4, 5, 6 | pp. 4, 5, 6 | 4, 5 et 6 | 6, 5, 4 | 4-5, 5-6"),
        (
            "12-30, 45-50",
            """
            12-30 45-50 | p. 12-30, p. 45-50 | 12 à 30, puis de 45 à 50
            from 12 to 30 and from 45 to 50
            """,
        ),
        ("12-30, 45", "45, 12-30 | 12 à 30 et 45 | pages 12 à 30, page 45"),
        (
            "45",
            """
            45 | p. 45 | p45 | page 45 | la page 45 | page no 45 | page quarante-cinq | juste la page 45
            45-45 | 0045
            """,
        ),
        ("xii", "xii | XII | Xii | p. xii | page xii | la page xii"),
        ("10", "dix | page dix"),
        ("6", "six"),
        ("vi, 6", "vi, 6 | 6, VI"),
        ("i", "i | page i"),
        ("1-20000", "1-20000"),
        (
            "whole",
            """
            tout | Tout! | toutes les pages | tout le texte | le texte au complet | au complet
            texte entier | le poème en entier | la chanson complète | article complet | whole
            whole text | the whole thing | entire article | all | all pages | all of it | everything
            full text
            """,
        ),
    ],
)
def test_pages(pages: str, texts: str) -> None:
    assert {text: read(text) for text in typed(texts)} == dict.fromkeys(typed(texts), pages)


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        (
            "no-pages",
            """
            rien | couverture | 12-30-45 | 12/30 | 12 30 | 4 5 6
            12-30 45 | 1 200-210 | xii-15 | 12-xv | mix | ccc | iiii
            -5 | 12- | jusqu’à 30 | 2 x 12 | iv iv | c’est quoi les limites? | 12.5 | 5-4-3
            c’est un album pas paginé
            """,
        ),
        (
            "pages-alone",
            """
            12-15 pour 24 élèves hier | 12, treize et quelque | 12-15 for 24 students
            """,
        ),
        (
            "page-numbers",
            """
            3 pages | trois pages | une page | 2-3 pages | 12 à 30 pages
            """,
        ),
        (
            "which-pages",
            """
            chapitre 3 | chapter three
            12 et suivantes | 12 ff | 12+ | les premières pages | les 3 premières pages
            the first 3 pages | quelques pages | la moitié | 12-14 (4 pages) | tout le livre
            tout le chapitre | pas tout | the whole book | presque tout | toutes sauf 3
            dois-je tout mettre?
            """,
        ),
        (
            "pages-backwards",
            """
            12-8 | 112-15 | 30 à 12 | xv-xii | p. 45, 30-12
            """,
        ),
        (
            "page-number",
            """
            0 | 0-12 | 20001 | 12-90210
            """,
        ),
    ],
)
def test_pages_that_are_asked_again(reason: str, texts: str) -> None:
    expected = dict.fromkeys(typed(texts), f"read/{reason}")
    assert {text: read(text) for text in typed(texts)} == expected


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", "read/no-pages"),
        ("\n", "read/no-pages"),
        ("12\n13", "12-13"),
        ("12-30\n45-50\n", "12-30, 45-50"),
    ],
)
def test_each_line_is_one_of_the_list(text: str, pages: str) -> None:
    assert read(text) == pages


@pytest.mark.parametrize(
    ("text", "last", "outcome"),
    [
        ("12-30", 30, "12-30"),
        ("12-31", 30, "read/pages-beyond"),
        ("12-30, 200", 30, "read/pages-beyond"),
        ("xl", 30, "xl"),
        ("1-30", 30, "1-30"),
        ("i-ii, 1-30", 30, "read/pages-too-many"),
        ("tout", 1, "whole"),
    ],
)
def test_pages_keep_to_those_of_the_work(text: str, last: int, outcome: str) -> None:
    assert read(text, last) == outcome


def test_an_absurdly_long_number_is_no_page() -> None:
    assert read("9" * 5000) == "read/page-number"
    assert read("12-" + "9" * 5000) == "read/page-number"


def test_the_refusal_says_which_pages() -> None:
    with pytest.raises(Unreadable) as refused:
        check_pages(Pages.parse("12-30, 45"), 40)
    assert (refused.value.reason, refused.value.data) == ("read/pages-beyond", {"last": 40, "highest": 45})


def test_the_whole_text_is_a_choice() -> None:
    assert page_ranges().choices == ("whole",)
    assert not page_ranges().numbered
    assert outcome(page_ranges(), "Le texte court au complet", "whole") == Pages(whole=True)


@given(st.text())
def test_any_text_is_pages_or_refused(text: str) -> None:
    assert isinstance(outcome(page_ranges(), text), Pages) or read(text).startswith("read/")


@given(st.text(alphabet="0123456789ivxlc-, aptouge.", max_size=20))
def test_any_jumble_is_pages_or_refused(text: str) -> None:
    assert isinstance(outcome(page_ranges(500), text), Pages) or read(text, 500).startswith("read/")
