"""Pupil numbers are blanked wherever they stand; the numbers of books, phones, days and pages are kept."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.blanking import BLANK, blank


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("1234567", BLANK),
        ("Sa fiche est 1234567.", f"Sa fiche est {BLANK}."),
        ("fiche:1234567", f"fiche:{BLANK}"),
        ("(1234567)", f"({BLANK})"),
        ("n°1234567,7654321", f"n°{BLANK},{BLANK}"),
        ("eleve_1234567.pdf", f"eleve_{BLANK}.pdf"),
        ("pages 12-30\n1234567\nmerci", f"pages 12-30\n{BLANK}\nmerci"),
        ("1234567 et 112 pages", f"{BLANK} et 112 pages"),
        ("1234567 112", f"{BLANK} 112"),
        ("groupe 301 1234567", f"groupe 301 {BLANK}"),
        ("123\u200b4567", BLANK),
        ("１２３４５６７", BLANK),
        ("fiche 123 4567", f"fiche {BLANK}"),
        ("Numéro de fiche : 12-34-567", f"Numéro de fiche : {BLANK}"),
        ("dossier no 123-4567", f"dossier no {BLANK}"),
        ("student file number is 123 4567", f"student file number is {BLANK}"),
        ("l’élève 123.4567 est absent", f"l’élève {BLANK} est absent"),
    ],
)
def test_a_file_number_is_blanked(text: str, blanked: str) -> None:
    assert blank(text) == blanked


@pytest.mark.parametrize(
    "code",
    """
    TREM12345678 | trem12345678 | TREM 12345678 | TREM-12345678 | TREM 1234 5678 | TREM 12 34 56 78 | ÉLÈV12345678
    TREM-1234-5678 | E\u0301LEV12345678 | TREM\u00a012\u00a034\u00a056\u00a078 | TREM1234\u200b5678 | PAGE 12041503
    PAGE12041503 | TREM20101203
    """.replace("\n    ", " | ")
    .strip(" |")
    .split(" | "),
)
def test_a_permanent_code_is_blanked(code: str) -> None:
    assert blank(f"Code : {code}, merci") == f"Code : {BLANK}, merci"
    assert blank(code) == BLANK


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("978-2-1234567-8-0", id="isbn with a seven-digit part, and a wrong check digit"),
        pytest.param("978-2-07-061275-8 ou 2070612759", id="isbn"),
        pytest.param("2-7654321-0-9", id="old isbn"),
        pytest.param("0-8044-2957-X", id="old isbn that ends in X"),
        pytest.param("ISBN 978 2 07 061275 8", id="isbn with spaces"),
        pytest.param("2434561X", id="issn without its hyphen"),
        pytest.param("ISSN 0317-8471", id="issn with its label of four letters"),
        pytest.param("ISSN : 03178471", id="issn with label and colon"),
        pytest.param("0317-8471", id="issn"),
        pytest.param("514 555-1234, 514-555-1234 et 5145551234", id="phones"),
        pytest.param("(514) 5551234", id="phone in two parts"),
        pytest.param("514 5551234", id="phone in two parts, bare"),
        pytest.param("+1 418 5551234", id="phone with its country"),
        pytest.param("tél. 5551234", id="local phone"),
        pytest.param("Mon téléphone\u00a0: 5551234", id="local phone after a colon"),
        pytest.param("my phone is 5551234", id="local phone in English"),
        pytest.param("cell 5551234, poste 1234567", id="local phone and extension"),
        pytest.param("le 12 octobre 2026", id="day"),
        pytest.param("date 2026-10-12", id="day after a word of four letters"),
        pytest.param("mars 12-03-2026", id="day first, after a word of four letters"),
        pytest.param("plan 2026-2027", id="school year after a word of four letters"),
        pytest.param("998-1003", id="pages"),
        pytest.param("pages 998-1003, 1010", id="pages with their label"),
        pytest.param("page 1998-2003", id="pages after a word of four letters"),
        pytest.param("dossier pédagogique, p. 998-1003", id="pages of something called a dossier"),
        pytest.param("123456 ou 12345678", id="six and eight digits"),
        pytest.param("12 345 67", id="digits apart, with no label"),
        pytest.param("20261012", id="day in one"),
        pytest.param("ABCDE12345678", id="five letters"),
        pytest.param("2 x 28", id="product"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert blank(text) == text


# Without l and o, or chance would one day write "tel" or "phone" before a number.
WORDS = st.text(st.sampled_from("abcdeéfghimnprstuv ,.;:!?()«»’'\n/#_\u00a0"), max_size=30)


@given(WORDS, st.from_regex(r"[0-9]{7}", fullmatch=True), WORDS)
def test_seven_digits_in_a_row_are_blanked_anywhere(before: str, number: str, after: str) -> None:
    assert number not in blank(before + number + after)


@given(
    WORDS,
    st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=4, max_size=4),
    st.sampled_from(["", " ", "-", "\u00a0"]),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    WORDS,
)
@example("", "ISSN", "", "00000000", "")
def test_four_letters_and_eight_digits_are_blanked_anywhere(
    before: str, letters: str, gap: str, digits: str, after: str
) -> None:
    if letters.casefold() == "issn":
        return
    text = f"{before} {letters}{gap}{digits} {after}"
    assert digits not in blank(text)


@given(st.text() | st.from_regex(r"([0-9A-Za-z .-]{1,12}){1,5}", fullmatch=True))
def test_blanking_twice_is_blanking_once(text: str) -> None:
    once = blank(text)
    assert blank(once) == once


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=12))
def test_lists_of_pages_stay(pages: list[int]) -> None:
    listed = ", ".join(f"{page}-{page + 7}" for page in pages)
    assert blank(f"p. {listed}") == f"p. {listed}"
