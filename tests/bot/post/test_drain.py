from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.messages import Letter
from bot.post import Habits
from bot.post.rounds import PAUSES, decide_retry
from bot.sending import ANSWER, AddressDead, LetterRefused, NotSent, TryLater
from storage import people
from storage.claims import TRIES
from storage.database import Transaction
from storage.verdicts import Skip, Verdict
from tests.bot.post.office import Office, campaign, to
from tests.fakes.clock import NOON


async def test_a_drain_sends_all_that_is_due_and_nothing_else(office: Office) -> None:
    await office.put(to("ana", "un"), to("bo", "deux"), campaign("ana", "rappel"), to("ana", "trois"))
    await office.put(to("ana", "demain", due=office.clock.now() + timedelta(days=1)))
    await office.post.drain()
    assert sorted(office.pigeon.texts) == ["deux", "rappel", "trois", "un"]
    assert [one.html for one in office.pigeon.sent if one.address == "ana"] == ["un", "trois", "rappel"]
    assert set((await office.states()).values()) == {"sent", "waiting"}


async def test_a_drain_waits_for_no_clock_even_where_there_is_a_rate(office: Office) -> None:
    office.pigeon.rate = 28.0
    office.post = office.hire("two")
    await office.put(*(to(f"a{number % 3}", str(number)) for number in range(12)))
    await office.post.drain()
    assert len(office.pigeon.sent) == 12


async def test_many_letters_leave_at_once_but_one_at_a_time_to_one_address(office: Office) -> None:
    await office.put(*(to("ana", f"a{number}") for number in range(4)))
    await office.put(*(to(f"b{number}", f"b{number}") for number in range(20)))
    await office.post.drain()
    assert [text for text in office.pigeon.texts if text < "b"] == ["a0", "a1", "a2", "a3"]
    assert len(office.pigeon.sent) == 24


async def test_a_letter_that_fails_is_tried_again_ever_later_and_then_is_dead(office: Office) -> None:
    office.pigeon.trouble["un"] = [ConnectionError("reset") for _ in range(6)]
    await office.put(to("ana", "un"), to("ana", "deux"), to("bo", "trois"))
    await office.post.drain()
    assert office.pigeon.texts == ["trois"]
    for seconds in (5, 30, 120, 600):
        assert await office.drain_after(seconds - 1) == []
        assert await office.drain_after(1) == []
        assert (await office.states())["un"] == "waiting"
    assert await office.drain_after(3600) == ["deux"]
    assert await office.states() == {"un": "dead", "deux": "sent", "trois": "sent"}
    assert (office.pigeon.begun, office.dead) == (8, ["un: ConnectionError: reset"])


@pytest.mark.parametrize(
    ("attempt", "error", "seconds"),
    [
        (1, OSError(), 5),
        (2, NotSent(), 30),
        (5, KeyError("name"), 3600),
        (6, OSError(), None),
        (1, LetterRefused(), None),
        (1, AddressDead(), None),
        (1, TryLater(timedelta(seconds=17)), 17),
        (99, TryLater(timedelta(seconds=17), whole_channel=True), 17),
        (1, TryLater(timedelta(seconds=-3)), 1),
    ],
)
def test_when_a_letter_is_tried_again(attempt: int, error: Exception, seconds: int | None) -> None:
    expected = None if seconds is None else NOON + timedelta(seconds=seconds)
    assert decide_retry(attempt, error, NOON) == expected


def test_the_outbox_and_the_post_count_the_same_tries() -> None:
    assert len(PAUSES) + 1 == TRIES


async def test_a_letter_that_works_the_second_time_delays_only_its_own_address(office: Office) -> None:
    office.pigeon.trouble["un"] = [KeyError("poison")]
    await office.put(to("ana", "un"), to("ana", "deux"), to("bo", "trois"))
    await office.post.drain()
    assert await office.drain_after(5) == ["un", "deux"]
    assert (office.pigeon.texts[0], office.dead) == ("trois", [])


async def test_a_letter_that_the_channel_refuses_is_dead_at_once_and_the_operator_told(
    office: Office,
) -> None:
    office.pigeon.trouble["un"] = [LetterRefused("unclosed tag")]
    await office.put(to("ana", "un"), to("ana", "deux"))
    await office.post.drain()
    assert await office.states() == {"un": "dead", "deux": "sent"}
    assert office.dead == ["un: LetterRefused: unclosed tag"]


async def test_a_dead_address_is_no_alarm_and_takes_its_letters_along(office: Office) -> None:
    office.pigeon.trouble["un"] = [AddressDead("bot was blocked by the user")]
    await office.put(to("ana", "un"), to("ana", "deux"), to("bo", "trois"))
    await office.post.drain()
    assert await office.states() == {"un": "dead", "deux": "dead", "trois": "sent"}
    assert office.dead == []


async def test_a_letter_that_meets_a_dead_address_takes_another_of_the_person_with_those_that_wait(
    office: Office,
) -> None:
    def link(tx: Transaction) -> None:
        ana = people.add(tx, office.clock.now())
        for value in ("ana", "ana at home"):
            people.link(tx, ana, "chat", value, office.clock.now())

    await office.database.write(link)
    office.pigeon.trouble["un"] = [AddressDead("bot was blocked by the user")]
    await office.put(to("ana", "un", key=f"{ANSWER}12:x"), to("ana", "deux"))
    await office.post.drain()
    await office.drain_after(1)
    assert await office.states() == {"un": "sent", "deux": "sent"}
    assert {letter.address for letter in office.pigeon.sent} == {"ana at home"}
    assert office.dead == []


async def test_an_answer_to_a_ticket_that_meets_a_dead_address_is_told_all_the_same(office: Office) -> None:
    office.pigeon.trouble["un"] = [AddressDead("bot was blocked by the user")]
    await office.put(to("ana", "un", key=f"{ANSWER}12:x"))
    await office.post.drain()
    assert office.dead == ["un: AddressDead: bot was blocked by the user"]


async def test_a_channel_may_ask_to_wait_for_one_chat(office: Office) -> None:
    office.pigeon.trouble["un"] = [TryLater(timedelta(seconds=30)) for _ in range(10)]
    await office.put(to("ana", "un"), to("ana", "deux"), to("bo", "trois"))
    await office.post.drain()
    await office.put(to("bo", "quatre"))
    assert await office.drain_after(29) == ["quatre"]
    for _ in range(9):
        assert await office.drain_after(30) == []
    assert await office.drain_after(30) == ["un", "deux"]
    assert office.dead == []


async def test_a_channel_may_ask_to_wait_for_all_of_it(office: Office) -> None:
    office.pigeon.trouble["un"] = [TryLater(timedelta(seconds=30), whole_channel=True)]
    await office.put(to("ana", "un"))
    await office.post.drain()
    await office.put(to("bo", "deux"), campaign("cy", "trois"))
    assert await office.drain_after(29) == []
    assert sorted(await office.drain_after(1)) == ["deux", "trois", "un"]


@pytest.mark.parametrize(
    ("error", "state", "later"),
    [
        (TimeoutError(), "unknown", []),
        (KeyError("half way"), "unknown", []),
        (NotSent("no route"), "waiting", ["rappel"]),
        (TryLater(timedelta(seconds=5)), "waiting", ["rappel"]),
        (LetterRefused(), "dead", []),
        (AddressDead(), "dead", []),
    ],
)
async def test_a_strict_letter_is_tried_again_only_when_it_has_certainly_not_left(
    office: Office, error: Exception, state: str, later: list[str]
) -> None:
    office.pigeon.trouble["rappel"] = [error]
    await office.put(campaign("ana", "rappel"))
    await office.post.drain()
    assert await office.states() == {"rappel": state}
    assert await office.drain_after(7200) == later


async def test_a_channel_that_does_not_answer_is_not_waited_for_for_ever(office: Office) -> None:
    office.pigeon.open.clear()
    office.post = office.hire("two", habits=Habits(patience=timedelta(milliseconds=10)))
    await office.put(to("ana", "réponse"), campaign("bo", "rappel"))
    await office.post.drain()
    assert await office.states() == {"réponse": "waiting", "rappel": "unknown"}


async def test_the_audience_is_asked_again_before_a_letter_leaves(office: Office) -> None:
    def judge(_: Transaction, letters: Sequence[Letter]) -> list[Verdict]:
        return [Skip("declared") if one.address == "ana" else one for one in letters]

    office.post = office.hire("two", judge=judge)
    reminders = (campaign("ana", "un"), campaign("bo", "deux"))
    await office.put(*(replace(one, campaign_id=1, person_id=1) for one in reminders))
    await office.post.drain()
    assert await office.states() == {"un": "skipped", "deux": "sent"}


async def test_a_terminal_sends_only_to_who_sits_at_it(office: Office) -> None:
    office.post = office.hire("two", only={"chat": "bo"})
    await office.put(to("ana", "un"), to("bo", "deux"))
    await office.post.drain()
    assert office.pigeon.texts == ["deux"]


async def test_what_is_logged_names_letters_and_never_quotes_them(office: Office) -> None:
    office.pigeon.trouble["secret"] = [ValueError("cannot send secret")]
    await office.put(to("ana", "secret"), to("bo", "secret"))
    with capture_logs() as events:
        await office.post.drain()
        await office.drain_after(5)
    assert {one["event"] for one in events} == {"letter-sent", "letter-waiting"}
    assert not any("secret" in str(one) or "ana" in one.values() for one in events)


async def test_a_lease_that_patience_outlasts_is_refused() -> None:
    with pytest.raises(ValueError, match="must outlast"):
        Habits(lease=timedelta(seconds=20))
