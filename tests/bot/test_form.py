"""The flat conversation: which steps are asked, what is known ahead, the recap."""

from __future__ import annotations

from typing import Any

import pytest

from bot.filling import Line
from bot.form import Form, Step, Values
from bot.question import Answer, Choice, Known, Question, Unreadable
from bot.reading import a_count, one_of_values, optional, some_text
from bot.talk import Progress, Talk
from tests.bot.answers import WEDNESDAY
from tests.bot.replays import answer, asks, ends, progress, waits

KIND = Question("kind", "f/kind", one_of_values("book", "song"))
TITLE = Question("title", "f/title", some_text())
AUTHOR = Question("author", "f/author", optional(some_text()))
TOTAL = Question("total", "f/total", a_count())
PAGES = Question("pages", "f/pages", a_count())
SURE = Question("sure", "f/sure", one_of_values("yes"), confirms=True)

KNOWN_AUTHORS = {"Dune": "Herbert", "Anonyme": None}


def fits(values: Values, pages: int) -> None:
    if pages > values["total"]:
        raise Unreadable("f/beyond", total=values["total"])


def author_of(values: Values) -> Known[str | None] | None:
    title = values.get("title")
    return Known(KNOWN_AUTHORS[title]) if title in KNOWN_AUTHORS else None


def titles(values: Values) -> list[Choice]:
    return [Choice("d1", f"a {values['kind']}")]


FORM = Form(
    (
        Step(KIND),
        Step(TITLE, suggest=titles),
        Step(AUTHOR, default=author_of),
        Step(TOTAL, lambda values: values.get("kind") == "book"),
        Step(PAGES, lambda values: values.get("kind") == "book", check=fits),
    )
)
BOOK = Answer("Un livre", WEDNESDAY, "book")
SONG = Answer("Une chanson", WEDNESDAY, "song")
FULL = progress(kind=BOOK, title="Momo", author="Ende", total="200", pages="12")


async def fill(talk: Talk) -> dict[str, Any]:
    return await FORM.fill(talk)


def test_the_steps_are_asked_in_order() -> None:
    answers, asked = progress(), []
    for given in (BOOK, "Momo", "Ende", "200", "12"):
        name = asks(fill, answers)
        asked.append(name)
        answers = answers.answered({name: answer(given)})
    assert asked == ["kind", "title", "author", "total", "pages"]
    assert ends(fill, answers) == {
        "kind": "book",
        "title": "Momo",
        "author": "Ende",
        "total": 200,
        "pages": 12,
    }


def test_a_step_that_does_not_apply_is_not_asked_and_its_answer_is_hidden() -> None:
    sung = FULL.answered({"kind": SONG})
    assert ends(fill, sung) == {"kind": "song", "title": "Momo", "author": "Ende"}
    assert ends(fill, sung.answered({"kind": BOOK}))["pages"] == 12


def test_an_answer_that_the_others_rule_out_is_asked_again_with_the_reason() -> None:
    waiting = waits(fill, FULL.answered({"total": answer("10")}))
    assert waiting.question.name == "pages"
    assert waiting.problem
    assert (waiting.problem.reason, waiting.problem.data) == ("f/beyond", {"total": 10})


@pytest.mark.parametrize(("title", "author"), [("Dune", "Herbert"), ("Anonyme", None)])
def test_what_is_known_is_not_asked(title: str, author: str | None) -> None:
    assert ends(fill, progress(kind=SONG, title=title)) == {"kind": "song", "title": title, "author": author}


def test_what_is_filled_in_and_what_is_still_to_be_said_are_known_ahead() -> None:
    filling = waits(fill, progress(title="Dune", total="beaucoup", pages="12")).filling()
    assert [(line.name, line.value) for line in filling.lines] == [("title", "Dune"), ("author", "Herbert")]
    assert [blank.question.name for blank in filling.blanks] == ["kind"]
    book = waits(fill, progress(kind=BOOK, total="beaucoup", pages="12", author="Ana")).filling()
    assert [line.name for line in book.lines] == ["kind", "author", "pages"]
    assert [(b.question.name, b.problem and b.problem.reason) for b in book.blanks] == [
        ("title", None),
        ("total", "read/no-count"),
    ]


def test_what_only_confirms_is_no_line_to_fill_in() -> None:
    confirmed = Form((Step(SURE), Step(TITLE)))
    assert [blank.question.name for blank in waits(confirmed.fill, progress()).filling().blanks] == ["title"]


def test_derived_defaults_drop_when_the_title_is_edited() -> None:
    known = progress(kind=SONG, title="Dune")
    assert asks(fill, known.answered({"title": answer("Momo")})) == "author"


def test_a_default_can_be_edited_and_shows_no_answer_of_the_persons() -> None:
    editing = progress(kind=SONG, title="Dune").edit("author")
    assert asks(fill, editing) == "author"
    assert ends(fill, editing.answered({"author": answer("Ana")}))["author"] == "Ana"


def test_choices_are_worked_out_of_the_answers_so_far_and_only_when_they_are_put() -> None:
    assert waits(fill, progress(kind=SONG)).choices == (Choice("d1", "a song"),)
    assert waits(fill, progress()).choices == waits(fill, progress(kind=SONG, title="Momo")).choices == ()


def test_one_message_may_answer_any_field_known_ahead() -> None:
    assert dict(waits(fill, progress()).fields) == {step.name: step.question for step in FORM.steps}


def test_the_wording_sees_the_values_so_far() -> None:
    assert waits(fill, progress(kind=BOOK, title="Momo")).data["values"] == {"kind": "book", "title": "Momo"}


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        pytest.param(progress(), (1, 3), id="the rest of a book's is not known yet"),
        pytest.param(progress(kind=SONG), (2, 3), id="a song has no pages"),
        pytest.param(progress(kind=BOOK), (2, 5), id="a book has"),
        pytest.param(progress(kind=BOOK, title="Dune"), (3, 4), id="its author is known"),
        pytest.param(progress(kind=BOOK, title="Dune", total="9"), (4, 4), id="the last"),
        pytest.param(
            progress(kind=BOOK, title="Dune", author="Ana"), (4, 5), id="known, and answered all the same"
        ),
    ],
)
def test_each_step_says_where_it_stands(answers: Progress, place: tuple[int, int]) -> None:
    data = waits(fill, answers).data
    assert (data["step"], data["steps"]) == place


def test_an_edit_is_no_step_on_the_way() -> None:
    assert "step" not in waits(fill, FULL.edit("title")).data


def test_a_step_that_confirms_is_bound_to_the_answers_before_it() -> None:
    form = Form((Step(TITLE), Step(SURE)))

    async def sure(talk: Talk) -> dict[str, Any]:
        return await form.fill(talk)

    shown = waits(sure, progress(title="Dune"))
    said = progress(title="Dune", sure=Answer("oui", WEDNESDAY, "yes", shown.asked))
    assert ends(sure, said)["sure"] == "yes"
    assert asks(sure, said.answered({"title": answer("Momo")})) == "sure"
    assert form.lines(ends(sure, said)) == (Line("f/title", "title", "Dune"),)


def test_the_recap_has_a_line_for_every_value_that_is_not_empty() -> None:
    assert FORM.lines(ends(fill, FULL)) == (
        Line("f/kind", "kind", "book"),
        Line("f/title", "title", "Momo"),
        Line("f/author", "author", "Ende"),
        Line("f/total", "total", 200),
        Line("f/pages", "pages", 12),
    )
    nameless = ends(fill, progress(kind=SONG, title="Anonyme"))
    assert [line.name for line in FORM.lines(nameless)] == ["kind", "title"]


def test_the_recap_hides_what_no_longer_applies() -> None:
    stray = {**ends(fill, FULL), "kind": "song"}
    assert [line.name for line in FORM.lines(stray)] == ["kind", "title", "author"]


async def confirm(talk: Talk) -> tuple[Line, ...]:
    values = await FORM.fill(talk)
    return await FORM.confirm(talk, SURE, values, late=False)


async def confirm_by_hand(talk: Talk) -> tuple[Line, ...]:
    lines = FORM.lines(await FORM.fill(talk))
    await talk.ask(SURE, {"lines": lines, "late": False})
    return lines


def test_a_form_has_its_recap_confirmed_and_gives_the_lines() -> None:
    shown = waits(confirm, FULL)
    lines = FORM.lines(ends(fill, FULL))
    assert (shown.question, shown.data) == (SURE, {"lines": lines, "late": False})
    said = FULL.answered({"sure": Answer("oui", WEDNESDAY, "yes", shown.asked)})
    assert ends(confirm, said) == lines
    assert asks(confirm, said.answered({"pages": answer("13")})) == "sure"


def test_a_recap_is_bound_to_the_same_data_whoever_asks_it() -> None:
    assert waits(confirm, FULL).asked == waits(confirm_by_hand, FULL).asked
