"""A message that ends the process that hears it, brought again and again: `python -m tests.poisoning URL`.

Prints what each life came to, a line of JSON each: nothing for one that was ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.messages import Heard
from bot.turn import Command, House, Said, Turn
from tests.crashing import in_a_life
from tests.stage import Stage, furnished, library

WORD = "poison"
LIVES = 5


def house_with(answer: Callable[[Turn, str], Said]) -> House:
    """The house, and one more command in it."""
    house = furnished()
    abilities = {**house.abilities, WORD: Command(WORD, answer, listed=False)}
    return replace(house, abilities=abilities, words={**house.words, WORD: WORD})


def ends_the_process(_turn: Turn, _argument: str) -> Said:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives that")


async def live(url: str) -> None:
    """What becomes of the message, of the one that comes after it, and what people read."""
    async with Stage(url, house=house_with(ends_the_process)) as stage:
        camille, operator = stage.person("camille"), stage.person("operator")
        outcome = await stage.hear(Heard("telegram", camille.address, "deadly", stage.clock.now(), WORD))
        apology = camille.reads()
        sys.stdout.write(
            json.dumps([outcome.fate, apology, operator.reads(), await camille.says("bonjour")]) + "\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    library().edition().read(WORD)  # once for all the lives
    for _ in range(LIVES):
        if not in_a_life(partial(asyncio.run, live(sys.argv[1]))):
            sys.stdout.write("null\n")
            sys.stdout.flush()
