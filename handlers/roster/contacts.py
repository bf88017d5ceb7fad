"""« Contacts des directions »: in August a service centre says who runs each of its schools, in lines or as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bot.blanking import blank
from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import some_text
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn
from handlers.roster.importing import CONTACTS, of_directions, plan_of, propose
from handlers.roster.lines import Line, spaced
from handlers.roster.telling import FEW
from storage.states import Role
from storage.talks import KeptTalk

CSS_ADMINS = frozenset({Role.CSS_ADMIN})
LONGEST = 20_000
"""Characters: some two hundred schools."""
ADDRESS = re.compile(r"<?(?:mailto:)?[^\s<>,;:@]+@[^\s<>,;:]+>?", re.IGNORECASE)
SCHOOL = re.compile(r"\s*[-•*–]?\s*(?P<school>[^:;\t]+?)\s*[:;\t]\s*(?P<rest>.*)")
BY_COMMAS = re.compile(
    r"\s*[-•*–]?\s*(?P<school>[^,@]+?)\s*(?:,|\s[-–—])\s+(?P<rest>[^,@]*\w[^,@]*[,\s].*@.*)"
)
"""« School, name, address », which people write as well."""
AROUND_NAME = " \t,;:-–()"


def lines_of(text: str, above: int = 0) -> Iterator[Line]:
    """« School : name, address », one a line; what a line lacks is missing from it.

    A greeting above them and a signature below are none; whatever stands between two of them is meant for one.
    `above`: how many lines of the letter stand above the text.
    """
    written = list(enumerate(text.splitlines(), start=above + 1))
    meant = [number for number, line in written if _is_contact(line)]
    within = range(meant[0], meant[-1] + 1) if meant else ()
    return (_line(number, line) for number, line in written if number in within and line.strip())


def names_directions(_turn: Turn, text: str) -> bool:
    """Whether a text holds a line with a school and an address."""
    return any(line.school and line.mail for line in lines_of(text))


def _is_contact(written: str) -> bool:
    parts = SCHOOL.fullmatch(written)
    return "@" in written or (parts is not None and parts["rest"].strip() != "")


def _line(number: int, written: str) -> Line:
    mail = ADDRESS.search(written)
    parts = SCHOOL.fullmatch(written) or BY_COMMAS.fullmatch(written)
    school, rest = (parts["school"], parts["rest"]) if parts else ("", written)
    name = ADDRESS.sub(" ", rest).strip(AROUND_NAME)
    return Line(number, school=blank(spaced(school)), name=blank(spaced(name)), mail=mail[0] if mail else "")


def _contacts() -> Reader[str]:
    """Lines of which at least one holds an address; they are told apart when the roster is at hand."""
    text = some_text(max=LONGEST, paragraphs=True)

    def read(answer: Answer) -> str:
        found = text.read(answer)
        if "@" not in found:
            raise Unreadable("read/no-contact")
        return found

    return replace(text, read=read, reads_anything=False)


LINES = Question("lines", "contacts/ask-lines", _contacts())


async def ask(talk: Talk, turn: Turn) -> str:
    """The contacts as they were written; asked again where not one of them can be used."""
    return await talk.ask(LINES, check=partial(_refuse_useless, turn))


def _refuse_useless(turn: Turn, text: str) -> None:
    plan = plan_of(turn, of_directions(turn, tuple(lines_of(text, _above(turn, text)))))
    if plan.refused and not plan.changes and not plan.unchanged:
        raise Unreadable("contacts/not-understood", refused=plan.refused[:FEW], more=len(plan.refused[FEW:]))


def hand_in(turn: Turn, _kept: KeptTalk, text: str) -> Said:
    """Shows what they would change, as for a file."""
    return propose(turn, of_directions(turn, tuple(lines_of(text, _above(turn, text)))))


def _above(turn: Turn, text: str) -> int:
    """How many lines of what was written stand above the text: a greeting is none of it, but its writer counts it."""
    first, written = text.split("\n", 1)[0].strip(), [line.strip() for line in turn.heard.words.splitlines()]
    return written.index(first) if first in written else 0


CONTACTS_OF_SCHOOLS = Conversation(CONTACTS, ask, hand_in, CSS_ADMINS)
