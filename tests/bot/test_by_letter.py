"""The lines that a letter shows: short enough that no mail program folds them when it quotes."""

from __future__ import annotations

import pytest

from bot import markup
from bot.messages import Reply
from bot.reading.choices import SKIP
from bot.render import EXAMPLE, LANGUAGES
from handlers.declarations import questions
from tests.stage import furnished

LONGEST = 60
"""Characters of a line to fill in."""
FORM = (
    questions.KIND,
    questions.ORIGIN,
    questions.SOURCE,
    questions.ISBN,
    questions.TITLE,
    questions.AUTHOR,
    questions.PUBLISHER,
    questions.YEAR,
    questions.TOTAL,
    questions.TOTAL_IF_KNOWN,
    questions.COPIED,
    questions.MEDIUM,
    questions.PUPILS,
    questions.USED_ON,
    questions.LEVEL,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_to_fill_in_is_long_or_without_an_example(language: str) -> None:
    wording = furnished().wording
    blanks = []
    for question in FORM:
        field, example = (wording.label(question.template, key, language) for key in ("#", EXAMPLE))
        assert field, question.template
        assert example, question.template
        optional = SKIP in question.reader.choices
        blanks.append({"field": field.text, "example": example.text, "optional": optional})
    page = wording.page(
        [Reply("mail/form", {"first": False, "lines": (), "wrong": (), "blanks": blanks})], language
    )
    lines = [line for line in markup.to_plain(page.html).splitlines() if "(" in line]
    assert len(lines) == len(FORM)
    assert [line for line in lines if len(line) > LONGEST] == []
    assert [line for line in lines if line.count(":") != 1] == []
