from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.messages import Lane, Letter
from bot.post import Habits
from bot.sending import TELEGRAM_RATE, LetterRefused, TryLater
from storage import marks
from storage.claims import TRIES, Claimant, claim
from storage.outbox import NewLetter
from tests.bot.post.office import Office, campaign, to
from tests.fakes.post import Pigeon, pass_time

SECOND = timedelta(seconds=1)
NEVER = Habits(poll=timedelta(days=1))
"""Looks only when it is woken."""


async def test_a_woken_post_sends_at_once_and_one_not_woken_soon_after(office: Office) -> None:
    begin = office.clock.now()
    async with office.open():
        await office.database.quiet()
        await office.put(to("ana", "un"))
        office.post.wake()
        await office.pigeon.delivered(1)
        await office.database.quiet()
        await office.put(to("ana", "deux"), campaign("bo", "rappel"))
        await pass_time(office.clock, office.database, lambda: len(office.pigeon.sent) == 3)
    assert [one.at - begin for one in office.pigeon.sent] == [timedelta(0), SECOND, SECOND]


async def test_a_wake_while_it_looks_is_not_lost(office: Office) -> None:
    office.post = office.hire("two", habits=NEVER)
    async with office.open():
        for number in range(50):
            await office.put(to(f"a{number}", str(number)))
            office.post.wake()
            await asyncio.sleep(0)
        await office.pigeon.delivered(50)


@pytest.mark.parametrize(("write", "at_once"), [(to, 8), (campaign, 32)])
async def test_so_many_letters_are_on_their_way_at_a_time_and_no_more(
    office: Office, write: Callable[[str, str], NewLetter], at_once: int
) -> None:
    await office.put(*(write(f"a{number}", str(number)) for number in range(50)))
    office.pigeon.open.clear()
    async with office.open():
        await office.pigeon.delivered(at_once)
        await office.database.quiet()
        assert office.pigeon.begun == at_once
        office.pigeon.open.set()
        await office.pigeon.delivered(50)


async def test_answers_find_room_while_a_campaign_is_stuck(office: Office) -> None:
    office.pigeon.open.clear()
    await office.put(*(campaign(f"a{number}", f"rappel {number}") for number in range(40)))
    async with office.open():
        await office.pigeon.delivered(32)
        await office.put(to("zoe", "réponse"))
        office.post.wake()
        await office.pigeon.delivered(33)
        office.pigeon.open.set()
    assert office.pigeon.texts[32] == "réponse"


async def test_no_second_sees_more_letters_than_the_channel_takes(office: Office) -> None:
    office.pigeon.rate = 28.0
    office.post = office.hire("two")
    await office.put(*(campaign(f"a{number}", f"rappel {number}") for number in range(60)))
    await office.put(*(to(f"b{number}", f"réponse {number}") for number in range(60)))
    async with office.open():
        await pass_time(office.clock, office.database, lambda: len(office.pigeon.sent) == 120)
    times = [one.at for one in office.pigeon.sent]
    assert max(sum(start <= at < start + SECOND for at in times) for start in times) == 28
    assert times[-1] - times[0] < timedelta(seconds=119 / 28 + 0.5)
    assert [one.html[:7] for one in office.pigeon.sent].index("réponse") < 4


class Distant(Pigeon):
    """A channel that takes a tenth of a second for each letter."""

    answered = 0

    async def send(self, letter: Letter) -> str:
        remote_id = await super().send(letter)
        await self.clock.sleep(0.1)
        self.answered += 1
        return remote_id


async def test_a_campaign_keeps_the_rate_of_a_channel_that_is_far_away(office: Office) -> None:
    office.pigeon = distant = Distant(office.clock, rate=TELEGRAM_RATE)
    office.post = office.hire("two")
    await office.put(*(campaign(f"a{number}", f"rappel {number}") for number in range(59)))
    async with office.open():
        await pass_time(office.clock, office.database, lambda: distant.answered == 59)
    times = [one.at for one in office.pigeon.sent]
    assert 28 <= 58 / (times[-1] - times[0]).total_seconds() <= TELEGRAM_RATE


async def test_the_second_letter_of_a_chat_leaves_a_second_later_without_any_polling(office: Office) -> None:
    office.pigeon.rate = 28.0
    office.post = office.hire("two", habits=NEVER)
    await office.put(to("ana", "un"), to("ana", "deux"))
    async with office.open():
        await pass_time(office.clock, office.database, lambda: len(office.pigeon.sent) == 2)
    first, second = office.pigeon.sent
    assert (second.at - first.at, second.html) == (SECOND, "deux")


async def test_after_the_channel_asked_to_wait_nothing_more_goes_out(office: Office) -> None:
    office.pigeon.rate = 28.0
    office.post = office.hire("two")
    office.pigeon.trouble["0"] = [TryLater(30 * SECOND, whole_channel=True)]
    begin = office.clock.now()
    await office.put(*(to(f"a{number}", str(number)) for number in range(20)))
    async with office.open():
        await pass_time(office.clock, office.database, lambda: len(office.pigeon.sent) == 20)
    assert all(one.at - begin >= 30 * SECOND for one in office.pigeon.sent)
    assert office.pigeon.begun == 21


async def test_a_reply_at_hand_leaves_with_one_transaction_after_its_turn(office: Office) -> None:
    office.post = office.hire("two", habits=NEVER)
    async with office.open():
        await office.database.quiet()
        for number in range(3):
            before = office.database.writes
            await office.write_turn(office.post, to("ana", str(number)))
            await office.pigeon.delivered(number + 1)
            await office.database.quiet()
            assert office.database.writes - before == 2
    assert set((await office.states()).values()) == {"sent"}


async def test_a_reply_that_cannot_be_at_hand_follows_the_one_before(office: Office) -> None:
    office.post = office.hire("two", habits=NEVER)
    async with office.open():
        await office.database.quiet()
        office.pigeon.open.clear()
        for number in range(4):
            await office.write_turn(office.post, to("ana", str(number)))
        await office.pigeon.delivered(1)
        office.pigeon.open.set()
        await office.pigeon.delivered(4)
    assert office.pigeon.texts == ["0", "1", "2", "3"]


async def test_replies_at_hand_wait_for_room(office: Office) -> None:
    async with office.open():
        await office.database.quiet()
        office.pigeon.open.clear()
        for number in range(12):
            await office.write_turn(office.post, to(f"a{number}", str(number)))
        await office.pigeon.delivered(8)
        await office.database.quiet()
        assert office.pigeon.begun == 8
        office.pigeon.open.set()
        await office.pigeon.delivered(12)


async def test_a_post_that_does_not_send_has_nothing_at_hand(office: Office) -> None:
    await office.write_turn(office.post, to("ana", "un"))
    assert (office.post.claimant, await office.states()) == (None, {"un": "waiting"})
    async with office.open():
        await office.pigeon.delivered(1)
        await office.database.quiet()
        assert office.post.claimant is not None
    assert office.post.claimant is None


async def test_a_post_that_drains_has_replies_at_hand_too(office: Office) -> None:
    await office.post.drain()
    await office.write_turn(office.post, to("ana", "un"))
    assert await office.states() == {"un": "started"}
    await office.post.drain()
    assert (office.pigeon.texts, await office.states()) == (["un"], {"un": "sent"})


async def test_at_a_stop_what_is_being_sent_arrives_and_the_rest_is_given_back(office: Office) -> None:
    office.pigeon.rate = 2.0
    office.post = office.hire("two")
    office.pigeon.open.clear()
    await office.put(to("ana", "un"), to("bo", "deux"), campaign("cy", "rappel"))
    async with office.open():
        await office.pigeon.delivered(1)
        await office.database.quiet()
        stopping = asyncio.create_task(office.post.stop())
        await office.database.quiet()
        assert not stopping.done()
        office.pigeon.open.set()
        await stopping
    assert sorted((await office.states()).values()) == ["sent", "waiting", "waiting"]
    assert len(office.pigeon.sent) == 1


async def test_replies_at_hand_that_found_no_room_are_given_back_at_a_stop(office: Office) -> None:
    async with office.open():
        await office.database.quiet()
        office.pigeon.open.clear()
        for number in range(10):
            await office.write_turn(office.post, to(f"a{number}", str(number)))
        await office.pigeon.delivered(8)
        office.pigeon.open.set()
    states = list((await office.states()).values())
    assert (states.count("sent"), states.count("waiting")) == (
        len(office.pigeon.sent),
        10 - len(office.pigeon.sent),
    )


async def test_a_post_that_never_ran_stops_at_once(office: Office) -> None:
    await office.post.stop()


async def test_a_post_that_runs_does_not_drain_as_well(office: Office) -> None:
    async with office.open():
        await office.database.quiet()
        with pytest.raises(RuntimeError, match="runs already"):
            await office.post.drain()


async def test_an_operator_who_cannot_be_told_stops_nothing(office: Office) -> None:
    def fail(*_: object) -> None:
        raise KeyError("template")

    office.post = office.hire("two", on_dead=fail)
    office.pigeon.trouble["un"] = [LetterRefused()]
    await office.put(to("ana", "un"), to("ana", "deux"))
    await office.post.drain()
    assert office.pigeon.texts == ["deux"]


async def test_news_of_a_letter_that_another_worker_took_over_is_refused(office: Office) -> None:
    await office.put(to("ana", "un"))
    office.pigeon.open.clear()
    with capture_logs() as events:
        async with office.open():
            await office.pigeon.delivered(1)
            await office.database.quiet()
            later = office.clock.now() + 31 * SECOND
            other = Claimant("two", timedelta(seconds=60), {"chat": None})
            taken = await office.database.write(lambda tx: claim(tx, other, "chat", Lane.ANSWER, 1, later))
            office.pigeon.open.set()
    assert "letter-late-news" in [one["event"] for one in events]
    assert await office.states() == {"un": "started"}
    assert await office.database.write(lambda tx: marks.sent(tx, taken.letters[0], "1", later))


async def test_a_reply_that_no_worker_lived_to_send_is_dead_and_the_operator_told(office: Office) -> None:
    await office.put(to("ana", "poison"), to("ana", "suite"))
    doomed = Claimant("doomed", SECOND, {"chat": None})
    for _ in range(TRIES):
        await office.database.write(lambda tx: claim(tx, doomed, "chat", Lane.ANSWER, 1, office.clock.now()))
        await office.clock.tick(1)
    await office.post.drain()
    assert (office.pigeon.texts, office.dead) == (["suite"], ["poison: lease-ran-out"])


async def test_nobody_need_be_told_of_dead_letters(office: Office) -> None:
    office.post = office.hire("two", on_dead=None)
    office.pigeon.trouble["un"] = [LetterRefused()]
    await office.put(to("ana", "un"))
    await office.post.drain()
    assert await office.states() == {"un": "dead"}
