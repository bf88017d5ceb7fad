"""ISBN and ISSN as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean, isbn, issn

from bot.reading import an_isbn, kind_of
from tests.bot.answers import outcome, typed


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (
            "9783161484100",
            """
            9783161484100 | 978-3-16-148410-0 | 978 3 16 148410 0 | 978–3–16–148410–0
            ISBN : 978-3-16-148410-0 | ISBN-13: 9783161484100 | ISBN 13 978-3-16-148410-0
            ISBN13 9783161484100 | isbn9783161484100 | e-ISBN 9783161484100 | c’est le 978-3-16-148410-0
            978-3-16-148410-0 (2e éd. 2019) | 978-3-16-148410-0 (papier), 3-16-148410-X | 316148410X
            3-16-148410-x | ISBN-10 3-16-148410-X | ISBN 316148410X. | ９７８３１６１４８４１００
            """,
        ),
        (
            "03178471",
            """
            03178471 | 0317-8471 | ISSN 0317-8471 | ISSN : 0317–8471 | 9770317847001
            """,
        ),
        (
            "2434561X",
            """
            2434-561X | 2434-561x | ISSN 2434561X | issn: 2434-561x.
            """,
        ),
    ],
)
def test_a_number_is_read_however_it_is_written(number: str, texts: str) -> None:
    assert {text: outcome(an_isbn(), text) for text in typed(texts)} == dict.fromkeys(typed(texts), number)


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        (
            "no-isbn",
            """
            je ne l’ai pas | ? | 5 | ISBN | le petit prince
            """,
        ),
        (
            "one-isbn",
            """
            978-3-16-148410-0 et 978-0-306-40615-7 | 0317-8471, 978-3-16-148410-0
            """,
        ),
        (
            "isbn-check",
            """
            978-3-16-148410-1 | 3-16-148410-0 | 0317-8472 | 9770317847002 | 978-3-16-148401-0
            """,
        ),
        (
            "isbn-length",
            """
            12 | 978316148410 | 97831614841001 | 1 234 567 | 2019
            """,
        ),
        (
            "isbn-prefix",
            """
            1234567890128 | 0317847100000
            """,
        ),
    ],
)
def test_a_number_that_is_asked_again(reason: str, texts: str) -> None:
    expected = dict.fromkeys(typed(texts), f"read/{reason}")
    assert {text: outcome(an_isbn(), text) for text in typed(texts)} == expected


def test_no_text_is_no_number_and_each_line_is_one() -> None:
    assert outcome(an_isbn(), "") == "read/no-isbn"
    assert outcome(an_isbn(), "978-3-16-148410-0\n3-16-148410-X") == "9783161484100"


def test_which_kind_a_number_is() -> None:
    assert (kind_of("9783161484100"), kind_of("03178471"), kind_of("2434561X")) == ("isbn", "issn", "issn")


@given(st.sampled_from(["978", "979"]), st.integers(0, 10**9 - 1))
def test_a_true_isbn_is_read_and_one_wrong_digit_is_noticed(prefix: str, number: int) -> None:
    digits = f"{prefix}{number:09}"
    true = digits + ean.calc_check_digit(digits)
    assert outcome(an_isbn(), true) == true
    assert outcome(an_isbn(), digits + str((int(true[-1]) + 1) % 10)) == "read/isbn-check"


@given(st.integers(0, 10**9 - 1))
def test_the_shorter_form_is_the_same_book(number: int) -> None:
    body = f"{number:09}"
    short = next(
        body + check
        for check in "0123456789X"
        if isbn.is_valid(body + check) and isbn.isbn_type(body + check) == "ISBN10"
    )
    assert outcome(an_isbn(), short) == isbn.to_isbn13(short)


@given(st.integers(0, 10**7 - 1))
def test_a_periodicals_bar_code_is_its_issn(number: int) -> None:
    true = f"{number:07}" + issn.calc_check_digit(f"{number:07}")
    assert outcome(an_isbn(), true) == true
    assert outcome(an_isbn(), issn.to_ean(true)) == true


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    read = str(outcome(an_isbn(), text))
    assert len(read) in (8, 13) or read.startswith("read/")
