"""Conversations replayed over their answers: the rules that make them safe, and the traps on the way."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pytest

from bot.question import Answer, Choice, Known, Question, Reader, Unreadable
from bot.reading import a_date, one_of_values, optional, some_text
from bot.talk import Finished, Progress, Talk, fingerprint, run
from tests.bot.answers import WEDNESDAY
from tests.bot.replays import AUTHOR, PAGES, SEND, TITLE, TOTAL, answer, asks, ends, progress, waits


async def book(talk: Talk) -> tuple[str, str, int]:
    return await talk.ask(TITLE), await talk.ask(AUTHOR), await talk.ask(TOTAL)


async def copied(talk: Talk) -> int:
    total = await talk.ask(TOTAL)
    return await talk.ask(PAGES, check=lambda pages: refuse_more_than(total, pages))


def refuse_more_than(total: int, pages: int) -> None:
    if pages > total:
        raise Unreadable("t/beyond", total=total)


def test_it_asks_the_first_question_without_an_answer_until_there_is_none() -> None:
    assert asks(book, progress()) == "title"
    assert asks(book, progress(title="Dune")) == "author"
    assert asks(book, progress(title="Dune", total="154")) == "author"
    assert ends(book, progress(title="Dune", author="Ana", total="154")) == ("Dune", "Ana", 154)


def test_the_path_is_what_was_answered_in_the_order_of_the_questions() -> None:
    outcome = run(book, progress(total="154", author="Ana", title="Dune"))
    assert isinstance(outcome, Finished)
    assert outcome.path == ("title", "author", "total")
    waiting = waits(book, progress(author="Ana", title="Dune"))
    assert (waiting.path, list(waiting.known)) == (("title", "author"), ["title", "author"])


def test_the_wording_is_given_its_data_and_what_is_only_worked_out_when_it_is_put() -> None:
    async def numbered(talk: Talk) -> str:
        return await talk.ask(TITLE, {"kind": "book"}, also=lambda: {"step": 1})

    assert waits(numbered, progress()).data == {"kind": "book", "step": 1}
    assert waits(book, progress()).data == {}


def test_a_talk_knows_what_it_was_begun_with() -> None:
    async def like(talk: Talk) -> str:
        return talk.seed["like"]

    assert run(like, progress(), {"like": "12"}) == Finished("12", ())


# Rule 2: answers are kept unread.


def test_an_answer_that_no_longer_reads_is_asked_again_with_the_reason() -> None:
    assert ends(copied, progress(total="154", pages="30")) == 30
    waiting = waits(copied, progress(total="20", pages="30"))
    assert (waiting.question.name, waiting.path) == ("pages", ("total",))
    assert waiting.problem
    assert (waiting.problem.reason, waiting.problem.data) == ("t/beyond", {"total": 20})
    assert waits(copied, progress(total="beaucoup")).problem


def test_the_same_answer_is_taken_again_once_it_reads() -> None:
    shrunk = progress(total="20", pages="30")
    assert asks(copied, shrunk) == "pages"
    assert ends(copied, shrunk.answered({"total": answer("40")})) == 30


def test_a_relative_date_is_read_against_the_answers_own_time() -> None:
    used = Question("used", "t/used", a_date(timedelta(days=60)))

    async def when(talk: Talk) -> date:
        return await talk.ask(used)

    yesterday = WEDNESDAY.date() - timedelta(days=1)
    assert ends(when, Progress({"used": answer("hier", WEDNESDAY)})) == yesterday
    later = Progress({"used": answer("hier", WEDNESDAY + timedelta(days=3))})
    assert ends(when, later) == yesterday + timedelta(days=3)


# Rule 3: answers are kept by question name.


def test_a_release_may_add_drop_and_reorder_questions_under_people_who_are_half_way() -> None:
    async def released(talk: Talk) -> tuple[int, int, str]:
        return await talk.ask(TOTAL), await talk.ask(PAGES), await talk.ask(TITLE)

    half_way = progress(title="Dune", author="Ana", total="154")
    assert asks(released, half_way) == "pages"
    assert ends(released, half_way.answered({"pages": answer("3")})) == (154, 3, "Dune")


# Rule 4: a confirmation holds for what was shown.


async def recap(talk: Talk) -> str:
    title = await talk.ask(TITLE)
    await talk.ask(SEND, {"title": title}, also=lambda: {"advice": "any wording"})
    return title


def confirmed(answers: Progress) -> Progress:
    """With a yes to the recap as it stands."""
    return answers.answered({"send": Answer("Envoyer", WEDNESDAY, "send", waits(recap, answers).asked)})


def test_a_confirmation_counts_for_the_very_data_it_was_given_to() -> None:
    said_yes = confirmed(progress(title="Dune"))
    assert ends(recap, said_yes) == "Dune"
    edited = said_yes.answered({"title": answer("Dune 2")})
    assert asks(recap, edited) == "send"
    assert waits(recap, edited).problem is None
    assert ends(recap, edited.answered({"title": answer("Dune")})) == "Dune"
    assert ends(recap, confirmed(edited)) == "Dune 2"


def test_a_confirmation_is_bound_to_the_data_and_not_to_the_wording() -> None:
    async def reworded(talk: Talk) -> str:
        title = await talk.ask(TITLE)
        again = Question("send", "t/recap-reworded", one_of_values("send"), confirms=True)
        await talk.ask(again, {"title": title}, also=lambda: {"advice": "other words"})
        return title

    assert ends(reworded, confirmed(progress(title="Dune"))) == "Dune"


def test_a_yes_that_was_shown_nothing_confirms_nothing() -> None:
    bare = progress(title="Dune", send=Answer("Envoyer", WEDNESDAY, "send"))
    assert asks(recap, bare) == "send"


class Kind(StrEnum):
    BOOK = "book"


@dataclass(frozen=True)
class Line:
    name: str
    value: object


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"day": date(2026, 10, 14)}, {"day": date(2026, 10, 14)}, True),
        ({"lines": (Line("kind", Kind.BOOK),)}, {"lines": (Line("kind", Kind.BOOK),)}, True),
        ({"title": "Été"}, {"title": "Ete"}, False),
        ({"day": date(2026, 10, 14)}, {"day": date(2026, 10, 13)}, False),
        ({"lines": (Line("total", 12),)}, {"lines": (Line("total", 21),)}, False),
        ({"a": None}, {}, False),
    ],
)
def test_a_fingerprint_names_the_data(one: dict[str, object], other: dict[str, object], same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is same


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    code = "from bot.talk import fingerprint as f; print(f({'title': 'Été', 'pages': (1, 2)}), end='')"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout == fingerprint({"title": "Été", "pages": (1, 2)})


# What is known without asking, and what is chosen from a list.


async def known_work(talk: Talk) -> tuple[str, str]:
    """A work taken from a list fills in its author, until another title is given."""
    title = await talk.ask(TITLE)
    return title, await talk.ask(AUTHOR, default=Known("Herbert") if title == "Dune" else None)


def test_derived_defaults_drop_when_what_they_came_from_is_edited() -> None:
    known = progress(title="Dune")
    assert ends(known_work, known) == ("Dune", "Herbert")
    assert asks(known_work, known.answered({"title": answer("Autre")})) == "author"


def test_an_answer_beats_what_is_known_and_an_edit_asks_for_it() -> None:
    assert ends(known_work, progress(title="Dune", author="Ana")) == ("Dune", "Ana")
    assert asks(known_work, progress(title="Dune").edit("author")) == "author"


def test_a_default_may_be_that_there_is_nothing() -> None:
    note: Question[str | None] = Question("note", "t/note", optional(some_text()))

    async def noted(talk: Talk) -> str | None:
        return await talk.ask(note, default=Known(None))

    assert run(noted, progress()) == Finished(None, ())


def test_dynamic_choices_are_worked_out_only_for_the_question_being_put() -> None:
    worked_out = []

    def suggest(name: str) -> list[Choice]:
        worked_out.append(name)
        return [Choice("1", f"some {name}")]

    async def suggested(talk: Talk) -> str:
        title = await talk.ask(TITLE, suggest=lambda: suggest("title"))
        return title + await talk.ask(AUTHOR, suggest=lambda: suggest("author"))

    assert waits(suggested, progress()).choices == (Choice("1", "some title"),)
    assert waits(suggested, progress(title="Dune")).choices == (Choice("1", "some author"),)
    ends(suggested, progress(title="Dune", author="Ana"))
    assert worked_out == ["title", "author"]


def test_the_chosen_value_keeps_its_meaning_when_the_list_changes() -> None:
    shown = [Choice("d1", "Dune"), Choice("d2", "Momo")]
    works = {"d1": "Dune", "d2": "Momo", "d3": "Zazie"}
    pick = Question("work", "t/work", Reader(lambda answer: works[answer.value or ""]))

    async def picking(talk: Talk) -> str:
        return await talk.ask(pick, suggest=lambda: shown)

    second = progress(work=Answer("2", WEDNESDAY, waits(picking, progress()).choices[1].value))
    shown[:] = [Choice("d3", "Zazie"), Choice("d1", "Dune")]
    assert ends(picking, second) == "Momo"
