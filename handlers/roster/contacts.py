"""« Contacts des directions »: in August a service centre says who runs each of its schools, in lines or as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.blanking import blank
from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import some_text
from bot.talk import Talk
from bot.turn import Conversation, Said, Turn
from handlers.roster.importing import CONTACTS, of_directions, propose
from handlers.roster.lines import Line, spaced
from storage.states import Role
from storage.talks import KeptTalk

CSS_ADMINS = frozenset({Role.CSS_ADMIN})
LONGEST = 20_000
"""Characters: some two hundred schools."""
ADDRESS = re.compile(r"<?(?:mailto:)?[^\s<>,;:@]+@[^\s<>,;:]+>?", re.IGNORECASE)
SCHOOL = re.compile(r"\s*[-•*–]?\s*(?P<school>[^:;\t]+?)\s*[:;\t]\s*(?P<rest>.*)")
AROUND_NAME = " \t,;:-–()"


def lines_of(text: str) -> Iterator[Line]:
    """« School : name, address », one a line; what a line lacks is missing from it."""
    for number, written in enumerate(text.splitlines(), start=1):
        mail = ADDRESS.search(written)
        parts = SCHOOL.fullmatch(written)
        if mail or parts:
            school, rest = (parts["school"], parts["rest"]) if parts else ("", written)
            name = ADDRESS.sub(" ", rest).strip(AROUND_NAME)
            address = mail[0] if mail else ""
            yield Line(number, school=blank(spaced(school)), name=blank(spaced(name)), mail=address)


def _contacts() -> Reader[str]:
    """Lines of which at least one holds an address; they are told apart when the roster is at hand."""
    text = some_text(max=LONGEST, paragraphs=True)

    def read(answer: Answer) -> str:
        found = text.read(answer)
        if not any(line.mail for line in lines_of(found)):
            raise Unreadable("read/no-contact")
        return found

    return replace(text, read=read, reads_anything=False)


LINES = Question("lines", "contacts/ask-lines", _contacts())


async def ask(talk: Talk, _turn: Turn) -> str:
    """The contacts as they were written."""
    return await talk.ask(LINES)


def hand_in(turn: Turn, _kept: KeptTalk, text: str) -> Said:
    """Shows what they would change, as for a file."""
    return propose(turn, of_directions(turn, tuple(lines_of(text))))


CONTACTS_OF_SCHOOLS = Conversation(CONTACTS, ask, hand_in, CSS_ADMINS)
