"""What is said while a list waits: a yes or a no in any words, a line of it asked about, or something else first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.heads import signed_heads_of
from bot.messages import Call, Kind, Reply, read_press
from bot.naming import button_meant
from bot.reading.choices import is_bare, says_yes
from bot.reading.words import fold
from bot.turn import Said, Turn, say
from handlers.roster.importing import APPLY, apply_file, drop_file, explain, plan_of
from handlers.roster.lines import Line
from handlers.support import IN_CHARGE
from storage import roster_files, staff
from storage.roster_files import RosterFile
from storage.talks import KeptTalk

LINE: Final = re.compile(r"\b(?:lignes?|lines?) ?(?:no\.? ?|numero |number |n° ?|#)?(\d{1,4})\b")
"""A line of the file that was sent; folded text."""
NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
OF_THE_LIST: Final = re.compile(
    r"\b(?:retire[rz]?|enleve[rz]?|ote[rz]?|ajoute[rz]?|remove|add|take)\b(?![ -](?:moi|me)\b)"
    r".+\b(?:liste|list|personnel|staff)\b"
)
"""Somebody to be put on the list, or taken off it; folded text."""
HAS_LEFT: Final = re.compile(
    r"\b(?:est|sont) (?:parties?|partis?|en conge)|\b(?:has|have) left\b|n'est plus|ne travaille plus"
)
FULL_NAME: Final = re.compile(r"\b[A-ZÀ-Ý][\w'’-]+ [A-ZÀ-Ý][\w'’-]+")
MOST_WORDS: Final = 12
SHORTEST_NAME: Final = 3
SMALL_TALK: Final = frozenset({"understood", "worked", "goodbye", "thanks"})


def about_list(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """What the words do with the list that waits; how a list is sent, for whoever speaks of one person of it."""
    if kept or turn.heard.kind is not Kind.TEXT or not turn.person.roles & IN_CHARGE:
        return None
    shown = _shown(turn)
    file = roster_files.waiting(turn.tx, turn.person.id) if shown or is_bare(turn.heard.text) else None
    if file:
        return _of_shown(turn, file, shown) if shown else Said((_still_waits(file),))
    return explain(turn, "") if _speaks_of_one(turn) else None


def put_again(turn: Turn, said: Said) -> Said:
    """The same with the list below it, where it was the last thing shown: « oui » then still means the list."""
    known = turn.person.roles & IN_CHARGE and said.talk is None and _shown(turn)
    file = roster_files.waiting(turn.tx, turn.person.id) if known else None
    return Said((*said.replies, _still_waits(file)), language=said.language) if file else said


def _shown(turn: Turn) -> Call | None:
    """What the button that says yes to a list does, where the page before the sender has one."""
    presses = (read_press(button["press"]) for button in turn.person.offered)
    return next((one for one in presses if isinstance(one, Call) and one.command == APPLY.name), None)


def _still_waits(file: RosterFile) -> Reply:
    return Reply("roster/waits", {"number": file.id, "mark": file.shown})


def _of_shown(turn: Turn, file: RosterFile, shown: Call) -> Said | None:
    text = fold(turn.heard.text)
    if button_meant(turn, None):
        return None
    asked = LINE.search(text)
    if asked:
        return _line_told(turn, file, int(asked[1]))
    heads = signed_heads_of(turn.heard.text) if turn.heard.envelope else ()
    said = (turn.heard.text, *heads)
    if any(_says(turn, "yes", one) or says_yes(one) for one in said):
        return apply_file(turn, shown.argument)
    if any(_says(turn, "no", one) for one in said):
        return drop_file(turn, str(file.id))
    match = turn.match
    chats = match and match.outcome == "small_talk" and match.candidates[0].id in SMALL_TALK
    return Said((_still_waits(file),)) if chats else None


def _says(turn: Turn, side: str, text: str) -> bool:
    """Whether the text is made of these phrases and courtesy, and of nothing else."""
    polite, meant = (_one_of(turn, key) for key in ("polite", side))
    return bool(
        re.fullmatch(rf"(?:{polite})*(?:{meant})(?:{meant}|{polite})*", NO_LETTER.sub("", fold(text)))
    )


def _one_of(turn: Turn, key: str) -> str:
    words = turn.house.wording.words("roster/yes-or-no", key)
    return "|".join(sorted((NO_LETTER.sub("", fold(word)) for word in words), key=len, reverse=True))


def _line_told(turn: Turn, file: RosterFile, number: int) -> Said:
    """The line as it was read, and what is wrong with it if anything is."""
    lines = [Line(**line) for line in file.lines]
    noted = {one.number: one for one in plan_of(turn, lines).refused}
    told = say(
        "roster/line-told",
        number=number,
        line=next((line for line in lines if line.number == number), None),
        refused=replace(noted[number], name="", mail="") if number in noted else None,
        first=min(line.number for line in lines),
        last=max(line.number for line in lines),
    )
    return Said((*told.replies, _still_waits(file)))


def _speaks_of_one(turn: Turn) -> bool:
    text = fold(turn.heard.text)
    if len(text.split()) > MOST_WORDS or "?" in turn.heard.text:
        return False
    speaks = OF_THE_LIST.search(text) or HAS_LEFT.search(text)
    return bool(speaks) and bool(FULL_NAME.search(turn.heard.text) or _names_one(turn, text))


def _names_one(turn: Turn, text: str) -> bool:
    """Whether the text holds a name of somebody at the sender's schools."""
    schools = [place.school_id for place in turn.person.places if place.school_id]
    said = set(NO_LETTER.sub(" ", text).split())
    names = (one.name or "" for one in staff.in_schools(turn.tx, schools) if one.id != turn.person.id)
    return any(said & set(_long(fold(name).split())) for name in names)


def _long(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if len(word) >= SHORTEST_NAME)
