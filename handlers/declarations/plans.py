"""Plans: what somebody would copy, and what is known of the work that they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.form import Values
from bot.question import Answer, Choice, Known, Unreadable
from bot.reading import an_isbn, fold, some_text
from bot.reading.choices import is_nothing
from bot.turn import Turn
from handlers.declarations import excluded, library, works
from handlers.declarations.kinds import Kind, PlaySource
from handlers.declarations.numbers import NUMBER
from handlers.declarations.told import NONE_YET, Extent, asks_how_many
from storage.declarations import Declaration, Work
from storage.excluded import ExcludedWork, is_listed_at_all
from storage.known_titles import Title


@dataclass(frozen=True, slots=True)
class Named:
    """The work as it was named: by its title, by its ISBN, or as one that was declared already."""

    title: str | None = None
    isbn: str | None = None
    known: Title | None = None

    def __str__(self) -> str:
        return self.title or self.isbn or ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody would copy, as far as they told."""

    values: Values

    @property
    def kind(self) -> Kind:
        kind: Kind = self.values["kind"]
        return kind

    @property
    def named(self) -> Named | None:
        named: Named | None = self.values.get("title")
        return named

    @property
    def extent(self) -> Extent | None:
        """None where they only want to know the limit, or may copy all of it."""
        extent: Extent | None = self.values.get("copied")
        return extent

    @property
    def whole(self) -> bool:
        """Whether a short text would be copied whole."""
        return self.kind is Kind.LYRICS or (self.extent is not None and self.extent.whole)

    @property
    def play(self) -> PlaySource | None:
        """Where a play comes from."""
        source: PlaySource | None = self.values.get("source")
        return source

    @property
    def work(self) -> Work:
        """The work as far as it is known."""
        named = self.named or Named()
        return Work(
            kind=self.kind,
            title=str(named),
            source=self.play.value if self.play else None,
            isbn=named.known.isbn if named.known else named.isbn,
            author=named.known.author if named.known else None,
            total_pages=self.values.get("total"),
        )


class Shelf:
    """What is known of the work that would be copied: looked up once a run, and only when it is needed."""

    def __init__(self, turn: Turn, isbn: str | None = None, title: Answer | None = None) -> None:
        """`isbn`: of the book that the talk was begun with; `title`: what was answered to which work it is."""
        self._turn = turn
        self._isbn = isbn
        self._title = title

    @cached_property
    def declared(self) -> Declaration | None:
        """The work declared before that was named first of all."""
        named = self.read_title(self._title) if self._title and not is_nothing(self._title.text) else None
        return works.chosen(self._turn, works.value_of(named.known)) if named and named.known else None

    @cached_property
    def own(self) -> works.Works:
        """The works that the person has declared this school year; of somebody unknown nothing is looked up."""
        return works.of_this_year(self._turn) if self._turn.known else {}

    def may_be_named(self, values: Values) -> bool:
        """Whether a title would tell anything: what was declared before, or what is excluded."""
        begun = self._isbn is not None or self._title is not None
        return begun or bool(self.recent(values)) or self._turn.once(has_exclusions)

    def recent(self, values: Values) -> list[Choice]:
        """The person's own works of this kind, to take one instead of typing."""
        return works.choices(work for work in self.own.values() if works.suits(work, values))

    def begun_with(self, _values: Values) -> Known[Named] | None:
        """The work that the talk was begun with."""
        return Known(Named(isbn=self._isbn, known=self._known("", self._isbn))) if self._isbn else None

    def kind(self, _values: Values) -> Known[Kind] | None:
        """The kind that the work named was declared as."""
        return Known(Kind(self.declared.work.kind)) if self.declared else None

    def find_title(self, answer: Answer) -> str | None:
        """The title of a work declared before that a sentence names; none where it asks for a figure at once."""
        named = works.named_in(answer.text, self.own.values())
        at_once = self._title is None and asks_how_many(answer)
        return named or (NONE_YET if at_once else None)

    def total(self, values: Values) -> Known[int] | None:
        """The pages of the work named, or of the book that it was begun with where a library told them."""
        if self.declared and self.declared.work.total_pages:
            return Known(self.declared.work.total_pages)
        pages = library.part_of(library.told_of(self._turn, {**values, NUMBER: self._isbn}), "total_pages")
        return Known(pages) if pages else None

    def read_title(self, answer: Answer) -> Named:
        """A work declared before, an ISBN, or else a title."""
        picked = self.own.get(answer.value or "")
        if picked:
            return Named(picked.title, picked.isbn, picked)
        title = some_text(max=300).read(answer)
        isbn = _isbn_of(answer)
        return Named(None if isbn else title, isbn, self._known(title, isbn))

    def near(self, values: Values) -> tuple[ExcludedWork, ...]:
        """The works of the exclusion list that the title may mean."""
        named: Named | None = values.get("title")
        return excluded.may_be(self._turn, named.title, named.isbn) if named else ()

    def near_choices(self, values: Values) -> list[Choice]:
        """The same, as choices."""
        return excluded.choices(self.near(values))

    def read_same(self, answer: Answer) -> str:
        """The listed work chosen, or that it is another one."""
        return excluded.read_choice(self._turn, answer)

    def _known(self, title: str, isbn: str | None) -> Title | None:
        """The work declared before that has this number or this very title."""
        own = self.own.values()
        return next(
            (one for one in own if (one.isbn == isbn if isbn else fold(one.title) == fold(title))), None
        )


def has_exclusions(turn: Turn) -> bool:
    """Whether there is any exclusion list; for `Turn.once`."""
    return is_listed_at_all(turn.tx)


def _isbn_of(answer: Answer) -> str | None:
    """The number, where that is what was given."""
    try:
        return an_isbn().read(answer)
    except Unreadable:
        return None
