"""Conversations as text files: what is said, and below it the page that comes back.

> bonjour                    Camille says it; lines that follow each other are one message
> [Envoyer]                  presses that button of the last page
> [Envoyer] earlier          presses that button of a page before it
>> Merci!                    says it as a reply to the last page
| Titre : Le renard bleu     by mail: writes it into the quoted letter; with "::", on a line below the label
> {code}                     what a letter has brought that is another one each time: {code}, {token}
@ as operator                from now on somebody else of the cast; below it, what they have not read yet
@ as camille on terminal     on another of their channels
@ +1 day                     so much time passes
@ restart                    the process ends and starts again
@ chores                     what is due by the schedule is done
@ redeliver                  the channel brings the last message once more
@ subject Mes copies         the next mail begins a thread
@ answers 1                  the next mail answers the letter before the last (2: the one before that)
@ attaches plan.pdf, a.jpg   what comes along with the next mail
@ brings people.csv          the next message, on any channel, has this file of tests/files with it
@ sends-file people.csv      the file alone
@ unproven                   nothing proves who the next mail is from
@ sends unreadable           something that is no text (a `Kind`)
# a remark
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import takewhile
from typing import Any

from bot.messages import Kind
from tests.bringing import file_named
from tests.letters import Draft
from tests.stage import NEW, Player, Stage
from tests.unrepeatable import Unrepeatable

SAID = ("> ", "| ")
STARTS = ("# ", ">> ", "@ ", *SAID)
ALONE = "@ sends-file "
SILENCE = "(no answer)"
PRESS = re.compile(r"\[(.+)\]( earlier)?")
TIME = re.compile(r"\+(\d+) (minute|hour|day|week)s?")


@dataclass(frozen=True, slots=True)
class Step:
    """Something done, and the page expected."""

    before: tuple[str, ...]
    """Remarks."""
    action: tuple[str, ...]
    page: str

    def written(self, page: str) -> str:
        """As it stands in a file, with this page."""
        return "\n".join((*(line for line in self.before if line), *self.action, *filter(None, [page])))


def steps_of(source: str) -> Iterator[Step]:
    """The steps of a transcript."""
    lines = source.rstrip("\n").split("\n")
    while lines:
        before = _taken(lines, lambda line: line.startswith("#") or not line)
        action = _action(lines)
        page = _taken(lines, lambda line: not line.startswith(STARTS))
        yield Step(tuple(before), tuple(action), "\n".join(page).strip("\n"))


def _action(lines: list[str]) -> list[str]:
    if lines[0].startswith(SAID) and not PRESS.fullmatch(lines[0][2:]):
        return _taken(lines, lambda line: line.startswith(SAID))
    return [lines.pop(0)]


def _taken(lines: list[str], fits: Callable[[str], bool]) -> list[str]:
    """The lines at the beginning that fit, taken out."""
    taken = list(takewhile(fits, lines))
    del lines[: len(taken)]
    return taken


async def replay(source: str, stage: Stage) -> str:
    """Does everything in the transcript: the same transcript, with the pages that came."""
    actors = Actors(stage, stage.person("camille"))
    secrets = Unrepeatable()
    pages = [
        step.written(secrets.hidden(await actors.do(secrets.told(step.action)))) for step in steps_of(source)
    ]
    return "\n\n".join(pages) + "\n"


DRAFTED: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "subject": lambda words: {"subject": words},
    "answers": lambda words: {"back": int(words)},
    "attaches": lambda words: {"attachments": tuple(words.split(", "))},
    "brings": lambda words: {"files": tuple(map(file_named, words.split(", ")))},
    "unproven": lambda _words: {"proven": False},
}


@dataclass(slots=True)
class Actors:
    """Those who act, one at a time."""

    stage: Stage
    player: Player
    draft: Draft = NEW
    """The next mail."""

    async def do(self, action: tuple[str, ...]) -> str:
        """What is read in consequence."""
        first = action[0]
        if first.startswith(ALONE):
            self.draft = replace(self.draft, files=(file_named(first.removeprefix(ALONE)),))
            return await self.do(("> ",))
        if first.startswith("@ "):
            return await self._directed(first[2:])
        if self.player.channel == "mail":
            return await self._writes(action) or SILENCE
        if first.startswith(">> "):
            return await self.player.replies(first[3:]) or SILENCE
        if pressed := PRESS.fullmatch(first[2:]):
            press = self.player.presses_earlier if pressed[2] else self.player.presses
            return await press(pressed[1]) or SILENCE
        draft, self.draft = self.draft, NEW
        return await self.player.says("\n".join(line[2:] for line in action), *draft.files) or SILENCE

    async def _writes(self, action: tuple[str, ...]) -> str:
        draft, self.draft = self.draft, NEW
        text = "\n".join(line[2:] for line in action if line.startswith("> "))
        return await self.player.writes(text, [line[2:] for line in action if line.startswith("| ")], draft)

    async def _directed(self, words: str) -> str:
        verb, _, rest = words.partition(" ")
        if verb == "as":
            name, _, channel = rest.partition(" on ")
            self.player = self.stage.person(name, channel)
            return self.player.reads()
        if verb in DRAFTED:
            self.draft = replace(self.draft, **DRAFTED[verb](rest))
            return ""
        if verb == "redeliver":
            return await self.stage.redeliver_last() or SILENCE
        if verb == "sends":
            return await self.player.sends(Kind(rest)) or SILENCE
        if verb == "restart":
            await self.stage.restart()
        elif verb == "chores":
            await self.stage.do_chores()
        elif passed := TIME.fullmatch(words):
            self.stage.tick(timedelta(**{f"{passed[2]}s": int(passed[1])}))
        else:
            raise ValueError(f"no such direction: {words}")
        return ""
