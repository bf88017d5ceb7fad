"""What a conversation must not do is refused loudly, and the stop at a question always gets through."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.talk import ConversationFault, Finished, Talk, run
from tests.bot.replays import AUTHOR, TITLE, asks, ends, progress


async def careful(talk: Talk) -> str:
    try:
        return await talk.ask(TITLE)
    except Exception:  # noqa: BLE001 - what is tested
        return "none"


def test_exception_handlers_do_not_swallow_the_stop() -> None:
    assert asks(careful, progress()) == "title"
    assert ends(careful, progress(title="Dune")) == "Dune"


async def bare(talk: Talk) -> str:
    try:
        return await talk.ask(TITLE)
    except BaseException:  # noqa: BLE001 - what is tested
        return "none"


async def finally_returns(talk: Talk) -> str:
    try:
        return await talk.ask(TITLE)
    finally:
        return "none"  # noqa: B012, SIM107 - what is tested


async def suppressed(talk: Talk) -> str:
    with contextlib.suppress(BaseException):
        return await talk.ask(TITLE)
    return "none"


async def asks_on(talk: Talk) -> str:
    await bare(talk)
    return await talk.ask(AUTHOR)


async def asks_on_and_swallows_that_too(talk: Talk) -> str:
    await bare(talk)
    with contextlib.suppress(Exception):
        await talk.ask(AUTHOR)
    return "none"


@pytest.mark.parametrize(
    "conversation", [bare, finally_returns, suppressed, asks_on, asks_on_and_swallows_that_too]
)
def test_a_swallowed_stop_is_a_fault(conversation: Callable[[Talk], Awaitable[str]]) -> None:
    with pytest.raises(ConversationFault, match=r"swallowed|let the stop pass"):
        run(conversation, progress())
    full = progress(title="Dune", author="Ana")
    assert isinstance(run(conversation, full), Finished)


async def twice(talk: Talk) -> tuple[str, str]:
    return await talk.ask(TITLE), await talk.ask(TITLE)


async def twice_and_swallowed(talk: Talk) -> str:
    title = await talk.ask(TITLE)
    with contextlib.suppress(Exception):
        await talk.ask(TITLE)
    return title


@pytest.mark.parametrize("conversation", [twice, twice_and_swallowed])
def test_the_same_name_asked_twice_in_a_run_is_a_fault(conversation: Callable[[Talk], Any]) -> None:
    with pytest.raises(ConversationFault, match="title: asked twice"):
        run(conversation, progress(title="Dune"))


async def test_ask_from_another_task_is_refused() -> None:
    tasks = []

    async def forks(talk: Talk) -> str:
        tasks.append(asyncio.create_task(talk.ask(AUTHOR)))
        return await talk.ask(TITLE)

    assert ends(forks, progress(title="Dune", author="Ana")) == "Dune"
    with pytest.raises(ConversationFault, match=r"author: .*another task"):
        await tasks[0]


@pytest.mark.parametrize("swallowed", [False, True])
def test_ask_from_another_thread_is_refused(swallowed: bool) -> None:
    async def forks(talk: Talk) -> str:
        with ThreadPoolExecutor(1) as other, contextlib.suppress(*([Exception] if swallowed else [])):
            other.submit(talk.ask(AUTHOR).send, None).result()
        return await talk.ask(TITLE)

    with pytest.raises(ConversationFault, match=r"author: .*another task"):
        run(forks, progress(title="Dune", author="Ana"))


def test_ask_after_the_run_is_refused() -> None:
    kept = []

    async def leaks(talk: Talk) -> str:
        kept.append(talk)
        return await talk.ask(TITLE)

    ends(leaks, progress(title="Dune"))
    with pytest.raises(ConversationFault, match="author: asked outside the run"):
        kept[0].ask(AUTHOR).send(None)


class Bare:
    """An awaitable that waits and cannot be closed."""

    def __await__(self) -> Iterator[None]:
        return iter([None])


async def sleeps(talk: Talk) -> str:
    await asyncio.sleep(0)
    return await talk.ask(TITLE)


@pytest.mark.parametrize("conversation", [sleeps, lambda _talk: Bare()])
def test_a_conversation_that_awaits_something_real_is_refused(
    conversation: Callable[[Talk], Awaitable[str]],
) -> None:
    with pytest.raises(ConversationFault, match="waits for the person alone"):
        run(conversation, progress(title="Dune"))


def test_finally_runs_at_each_wait() -> None:
    runs: list[int] = []

    async def holding(talk: Talk) -> str:
        try:
            return await talk.ask(TITLE) + await talk.ask(AUTHOR)
        finally:
            runs.append(len(runs))

    for answers in (progress(), progress(title="Dune"), progress(title="Dune", author="Ana")):
        run(holding, answers)
    assert runs == [0, 1, 2]


def test_a_mistake_in_a_conversation_comes_out_as_it_is() -> None:
    shelf: dict[str, str] = {}

    async def mistaken(talk: Talk) -> str:
        return shelf[await talk.ask(TITLE)]

    assert asks(mistaken, progress()) == "title"
    with pytest.raises(KeyError):
        run(mistaken, progress(title="Dune"))


async def test_a_run_inside_an_event_loop_is_the_same() -> None:
    assert asks(careful, progress()) == "title"
    assert ends(careful, progress(title="Dune")) == "Dune"


def test_a_conversation_may_replay_another_one_over_the_same_answers() -> None:
    async def outer(talk: Talk) -> str:
        assert asks(careful, progress()) == "title"
        return await talk.ask(AUTHOR)

    assert asks(outer, progress()) == "author"
    assert ends(outer, progress(author="Ana")) == "Ana"
