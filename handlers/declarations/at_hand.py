"""What one run of the form has at hand: the talk so far, and the works already declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from bot.filling import Line
from bot.form import Values
from bot.question import Answer, Choice, Known, Reader, Unreadable
from bot.talk import Talk
from bot.turn import Turn
from handlers.declarations import excluded, library, works
from handlers.declarations.kinds import Kind, PlaySource
from handlers.declarations.openings import is_open_now
from handlers.declarations.periods import period_of
from handlers.declarations.questions import (
    A_TITLE,
    ANOTHER_WORK,
    ISBN,
    KIND,
    TITLE,
    TOTAL,
    TOTAL_IF_KNOWN,
)
from handlers.declarations.titled import Titled, titled
from handlers.declarations.told import certain_kind, certain_total, kind_words, lone_count
from storage import declarations
from storage.books import Book
from storage.declarations import Declaration
from storage.excluded import ExcludedWork
from storage.known_titles import Title

Default = Callable[[Values], Known[Any] | None]


class AtHand:
    """Looks up what is known, each thing once a run and only when it is needed."""

    def __init__(self, talk: Talk, turn: Turn, revised: Declaration | None = None) -> None:
        """`revised`: the sent declaration that is being edited, which stands until something else is said."""
        self._talk = talk
        self._turn = turn
        self.revised = revised
        self._chosen = cache(partial(works.chosen, turn))
        self._with_number = cache(partial(works.with_number, turn))

    @cached_property
    def works(self) -> works.Works:
        """The works that the person or the school has declared."""
        return works.known_works(self._turn)

    @cached_property
    def model(self) -> Declaration | None:
        """The declaration that this one was begun from: « une autre page », « comme la dernière fois »."""
        number = self._talk.seed.get("like")
        return declarations.by_id(self._turn.tx, int(number), self._turn.person.id) if number else None

    @cached_property
    def picked(self) -> Declaration | None:
        """The known work chosen in place of a title."""
        answer = self._talk.answer_to(TITLE.name)
        return self._chosen(answer.value) if answer and answer.value else None

    def alike(self, values: Values) -> list[Title]:
        """Known works whose title is close to the one typed, but for the work that is being put right."""
        typed = self._talk.answer_to(TITLE.name) if "title" in values and not self.picked else None
        near = self._turn.once(works.Like(values["title"], typed.at)) if typed else []
        own = self.revised.filing.work_key if self.revised else None
        return [work for work in near if works.suits(work, values) and work.work_key != own]

    def known(self, values: Values) -> Declaration | None:
        """The known work that this is about; a title typed anew drops one known otherwise."""
        if self._talk.answer_to(TITLE.name):
            same = values.get("same")
            return self.picked or (self._chosen(same) if same else None)
        number = self._talk.answer_to(ISBN.name)
        if values.get("isbn") and (number or ISBN.name in self._talk.seed):
            return self._with_number(values["isbn"], number.at if number else None)
        return self.model

    def told(self, values: Values) -> Book | None:
        """What a library told of the book; what the person or the school has declared is known better."""
        return None if self.known(values) or self.revised else library.told_of(self._turn, values)

    def told_lines(self, lines: Iterable[Line], values: Values) -> dict[str, Any] | None:
        """Which lines of a recap a library told, and which library."""
        return library.source_of(self._turn, self.told(values), lines, self._talk.progress.answers)

    def number(self, values: Values) -> Known[str | None] | None:
        """That of the known work, or the one that the talk was begun with."""
        begun_with = self._talk.seed.get(ISBN.name)
        return Known(begun_with) if begun_with else self._of_known(values, "isbn")

    def of_work(self, part: str) -> Default:
        """A default taken from the known work, also when it is known to have none."""
        return lambda values: self._of_known(values, part)

    def of_model(self, part: Callable[[Declaration], Any]) -> Default:
        """A default taken from the declaration that this one was begun from, or is the next version of."""
        return lambda _values: Known(part(begun)) if (begun := self.model or self.revised) else None

    def of_revised(self, part: Callable[[Declaration], Any]) -> Default:
        """A default taken from the declaration that is being edited."""
        return lambda _values: Known(part(self.revised)) if self.revised else None

    def note(self, _values: Values) -> Known[str | None]:
        """Nobody is asked for one."""
        return Known(self.revised.use.note if self.revised else None)

    def check_day(self, _values: Values, day: date) -> None:
        """What was sent moves to no period that is closed."""
        period = period_of(day)
        if self.revised and not is_open_now(self._turn, period):
            raise Unreadable("revise/period-closed", period=period)

    def total(self, values: Values) -> Known[int] | None:
        """The pages of the known work, where they were ever given."""
        known = self._of_known(values, "total_pages")
        return known if known and known.value else None

    def source(self, values: Values) -> Known[PlaySource] | None:
        """Where the known play came from, if it is one."""
        known = self._of_known(values, "source")
        return Known(PlaySource(known.value)) if known and known.value else None

    def completed(self, values: Values) -> Values:
        """With the title and the number of the known work: one work, however its title was typed this time."""
        known = self.known(values)
        if known is None:
            return values
        number = {"isbn": values["isbn"] or known.work.isbn} if "isbn" in values else {}
        return {**values, "title": known.work.title, **number}

    def recent(self, values: Values) -> list[Choice]:
        """The works declared last, to take one instead of typing."""
        return works.choices(work for work in self.works.values() if works.suits(work, values))

    def candidates(self, values: Values) -> list[Choice]:
        """The works that the title typed may mean."""
        return works.choices(self.alike(values))

    def read_title(self, answer: Answer) -> str:
        """The title typed, or that of the known work chosen."""
        return self.picked.work.title if self.picked else A_TITLE.read(answer)

    @property
    def kind_reader(self) -> Reader[Kind]:
        """The kind chosen; a sentence may name it too."""
        return replace(KIND.reader, find=certain_kind(kind_words(self._turn.house.wording, KIND)))

    def find_total(self, answer: Answer) -> str | None:
        """All the pages of the work; a bare count puts right the total that was told, if that was about as many."""
        told, count = self._talk.answer_to(TOTAL.name), lone_count(answer)
        before = TOTAL_IF_KNOWN.reader.read(told) if told and count else None
        return certain_total(answer) or (str(count) if before and count and count * 2 >= before else None)

    def find_title(self, answer: Answer) -> str | None:
        """The title of a known work that a sentence names word for word, or one told after its pages."""
        known, told = works.named_in(answer.text, self.works.values()), self._titled(answer)
        return known or (told.title if told else None)

    def find_author(self, answer: Answer) -> str | None:
        """The author told beside such a title."""
        told = self._titled(answer)
        return told.author if told else None

    def _titled(self, answer: Answer) -> Titled | None:
        """What is told of the work for the first time: what was answered is not put right so."""
        return None if self._talk.answer_to(TITLE.name) else titled(answer.text)

    def excluded(self, values: Values) -> tuple[ExcludedWork, ...]:
        """The works of the exclusion list that the title may mean."""
        return excluded.may_be(self._turn, values.get("title"), values.get("isbn"))

    def excluded_choices(self, values: Values) -> list[Choice]:
        """The same, as choices."""
        return excluded.choices(self.excluded(values))

    def read_excluded(self, answer: Answer) -> str:
        """The listed work chosen, or that it is another one."""
        return excluded.read_choice(self._turn, answer)

    def read_same(self, answer: Answer) -> str:
        """The known work chosen, or that it is another one."""
        value = answer.value or ""
        if value == ANOTHER_WORK or self._chosen(value):
            return value
        raise Unreadable("read/choose-one")

    def _of_known(self, values: Values, part: str) -> Known[Any] | None:
        known = self.known(values) or self.revised
        if known:
            return Known(getattr(known.work, part))
        told = library.part_of(self.told(values), part)
        return Known(told) if told is not None else None
