"""Back, edit and answers off the path: what is forgotten, what is kept and what is hidden."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.question import Answer, Known
from bot.talk import Finished, Progress, Talk, run
from tests.bot.answers import WEDNESDAY
from tests.bot.replays import AUTHOR, PAGES, TITLE, TOTAL, answer, asks, ends, progress, waits


async def book(talk: Talk) -> tuple[str, str, int]:
    return await talk.ask(TITLE), await talk.ask(AUTHOR), await talk.ask(TOTAL)


async def branching(talk: Talk) -> str:
    """A long title asks for its author, a short one for its pages."""
    title = await talk.ask(TITLE)
    if len(title) > 4:
        return f"{title} {await talk.ask(AUTHOR)}"
    return f"{title} {await talk.ask(PAGES)}"


def back(conversation: Callable[[Talk], Awaitable[object]], answers: Progress) -> Progress:
    """The answers after "retour" at the question that waits."""
    return answers.back(waits(conversation, answers).path)


def test_back_forgets_the_last_answer_and_then_the_one_before() -> None:
    half_way = progress(title="Dune", author="Ana")
    once = back(book, half_way)
    assert asks(book, once) == "author"
    assert asks(book, back(book, once)) == "title"


def test_back_is_the_last_question_asked_on_the_path_whatever_was_answered_last() -> None:
    edited_last = progress(author="Ana").answered({"title": answer("Dune")})
    assert list(edited_last.answers) == ["author", "title"]
    assert asks(book, back(book, edited_last)) == "author"


def test_back_at_the_first_question_changes_nothing() -> None:
    off_path = progress(author="Ana")
    assert back(book, off_path) is off_path


def test_back_passes_over_what_was_known_without_asking() -> None:
    async def known(talk: Talk) -> int:
        await talk.ask(TITLE)
        await talk.ask(AUTHOR, default=Known("Herbert"))
        return await talk.ask(TOTAL)

    assert asks(known, back(known, progress(title="Dune"))) == "title"


def test_lines_of_one_message_are_undone_together() -> None:
    lines = {
        "author": Answer("Ana", WEDNESDAY, turn="m2"),
        "total": Answer("154", WEDNESDAY, turn="m2"),
        "pages": Answer("3", WEDNESDAY, turn="m2"),
    }
    full = progress(title="Dune").answered(lines)
    outcome = run(book, full)
    assert isinstance(outcome, Finished)
    assert list(full.back(outcome.path).answers) == ["title"]


def test_answers_of_no_known_message_are_undone_one_by_one() -> None:
    assert list(back(book, progress(title="Dune", author="Ana")).answers) == ["title"]


def test_an_edit_puts_the_question_again_and_keeps_the_rest() -> None:
    full = progress(title="Dune", author="Ana", total="154")
    editing = full.edit("title")
    waiting = waits(book, editing)
    assert (waiting.question.name, waiting.problem) == ("title", None)
    assert ends(book, editing.answered({"title": answer("Momo")})) == ("Momo", "Ana", 154)


def test_an_edit_lets_the_old_answer_stand_until_there_is_a_new_one() -> None:
    full = progress(title="Dune", author="Ana", total="154")
    stood = []

    async def looking(talk: Talk) -> str:
        stood.append(talk.answer_to("title"))
        return await talk.ask(TITLE)

    waits(looking, full.edit("title"))
    assert stood == [full.answers["title"]]
    assert full.edit("title").back(()) == full


def test_an_edit_goes_on_when_other_questions_are_answered_meanwhile() -> None:
    editing = progress(title="Dune").edit("title").answered({"total": answer("154")})
    assert asks(book, editing) == "title"


def test_answers_off_the_path_are_hidden_and_come_back_with_it() -> None:
    long = progress(title="Zazie", author="Queneau")
    assert ends(branching, long) == "Zazie Queneau"
    short = long.answered({"title": answer("Momo")})
    waiting = waits(branching, short)
    assert (waiting.question.name, waiting.path, list(waiting.known)) == ("pages", ("title",), ["title"])
    assert ends(branching, short.answered({"title": answer("Zazie")})) == "Zazie Queneau"


def test_back_forgets_no_answer_off_the_path() -> None:
    short = progress(title="Zazie", author="Queneau").answered({"title": answer("Momo")})
    assert list(back(branching, short).answers) == ["author"]
