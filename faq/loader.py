"""Loads the entries: one TOML file each, every fault of every file reported at once.

A file is named for its entry (`school-changed.toml`) and reads, from top to bottom:

    id = "school-changed"              the file's name without .toml
    audience = ["staff"]               one or more of staff, school-admin, secretary, css-admin, parent, all
    source = "…, question 1"           where the facts come from
    flow = "declare"                   optional: the ability that the answer offers to start
    human = true                       optional: only a person can take it further
    labels = ["Mot de passe oublié"]   official labels, each quoted as it is in an answer
    guides = []                        titles of guides, each named in an answer by {{ guide("…") }}

    [fr]                               then the same again under [en]
    title = "J'ai changé d'école"      for a button: 40 characters at most
    answer = '''                       Jinja in mini-HTML (see `faq.entry.Answer` and `faq.entry.UNKNOWN`)
    …
    '''
    next = '''                         optional: what to say when it did not help
    …
    '''
    wordings = '''                     one wording a line, as people write; empty lines do not count
    …
    '''
    unlike = '''                       optional: near misses, one a line: like words, another question
    …
    '''
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from faq.answers import flaws, guides_named
from faq.entry import TITLE_LENGTH, Answer, Audience, Entry, Language, Wording
from faq.sheet import Fault, Sheet
from faq.text import normalise

ENDING: Final = ".toml"
ABILITY: Final = re.compile(r"[a-z]+(-[a-z]+)*")
HEAD: Final = ("id", "audience", "source", "flow", "human", "labels", "guides", *Language)
SIDE: Final = ("title", "answer", "next", "wordings", "unlike")


class EntriesFaulty(Exception):
    """Entry files do not follow the schema: correct each line named, then start again."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def load_entries(folder: Traversable | None = None) -> tuple[Entry, ...]:
    """The entries of a folder (ours, if none is given), by id. Raises EntriesFaulty with every fault."""
    found = (folder or files("faq") / "entries").iterdir()
    sheets = [Sheet(file.name, file.read_bytes()) for file in found if file.name.endswith(ENDING)]
    sheets.sort(key=lambda sheet: sheet.file)
    entries = tuple(_entry(sheet) for sheet in sheets if not sheet.faults)
    if faults := [fault for sheet in sheets for fault in sorted(sheet.faults)]:
        raise EntriesFaulty(faults)
    return entries


def _entry(sheet: Sheet) -> Entry:
    sheet.only(HEAD)
    entry = Entry(
        id=_id(sheet),
        audience=_audience(sheet),
        source=sheet.text("source"),
        flow=_flow(sheet),
        human=sheet.flag("human"),
        labels=sheet.names("labels"),
        guides=sheet.names("guides"),
        answers=tuple(_answer(sheet, language) for language in Language),
        wordings=tuple(_wordings(sheet, "wordings")),
        unlike=tuple(_wordings(sheet, "unlike", optional=True)),
    )
    for answer in entry.answers:
        _check_promises(sheet, entry, answer)
    _check_repeats(sheet)
    return entry


def _id(sheet: Sheet) -> str:
    name = sheet.text("id")
    if name and name != sheet.file.removesuffix(ENDING):
        sheet.fault(f"id: {name!r} is not the file's name", sheet.line("id"))
    return name


def _audience(sheet: Sheet) -> tuple[Audience, ...]:
    names = sheet.names("audience")
    if sheet.table.get("audience") == []:
        sheet.fault("audience: names nobody", sheet.line("audience"))
    for name in names:
        if name not in tuple(Audience):
            sheet.fault(f"audience: {name!r} is not one of {', '.join(Audience)}", sheet.line("audience"))
    return tuple(Audience(name) for name in names if name in tuple(Audience))


def _flow(sheet: Sheet) -> str | None:
    flow = sheet.text("flow", optional=True)
    if flow and not ABILITY.fullmatch(flow):
        sheet.fault(f"flow: {flow!r} is not the name of an ability, such as 'declare'", sheet.line("flow"))
    return flow or None


def _answer(sheet: Sheet, language: Language) -> Answer:
    sheet.only(SIDE, language)
    title = sheet.text("title", language)
    if len(title) > TITLE_LENGTH:
        too_long = f"title: {len(title)} characters do not fit on a button; {TITLE_LENGTH} do"
        sheet.fault(too_long, sheet.line("title", language))
    return Answer(
        language=language,
        title=title,
        text=_said(sheet, "answer", language),
        next=_said(sheet, "next", language, optional=True) or None,
    )


def _said(sheet: Sheet, key: str, language: Language, *, optional: bool = False) -> str:
    first = sheet.first_line(key, language)
    text = sheet.text(key, language, optional=optional)
    for flaw in flaws(text):
        sheet.fault(f"{key}: {flaw.what}", first + flaw.line)
    return text


def _wordings(sheet: Sheet, key: str, *, optional: bool = False) -> Iterable[Wording]:
    for language in Language:
        for line in sheet.lines(key, language, optional=optional):
            yield Wording(language, line.text)


def _check_promises(sheet: Sheet, entry: Entry, answer: Answer) -> None:
    """An answer quotes every label and names every guide of its entry, and no other guide."""
    if not answer.text:
        return
    said = answer.text + (answer.next or "")
    named = guides_named(answer.text) | guides_named(answer.next or "")
    line = sheet.line("answer", answer.language)
    for label in entry.labels:
        if label not in said:
            sheet.fault(f"answer: does not quote the label {label!r}", line)
    for title in sorted(named.difference(entry.guides)):
        sheet.fault(f"answer: names the guide {title!r}, which is not in guides", line)
    for title in sorted(set(entry.guides) - named):
        sheet.fault(f"answer: does not name the guide {title!r}", line)


def _check_repeats(sheet: Sheet) -> None:
    """A wording that says what another says adds nothing; as a near miss it would contradict itself."""
    seen: dict[str, int] = {}
    for language in Language:
        for key in ("wordings", "unlike"):
            for line in sheet.lines(key, language, optional=True):
                first = seen.setdefault(normalise(line.text), line.number)
                if first != line.number:
                    sheet.fault(f"{key}: {line.text!r} says the same as line {first}", line.number)
